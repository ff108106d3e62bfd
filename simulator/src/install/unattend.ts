/** What an answer file says, as Windows setup reads it. */
import { components, type Pass } from './reference.ts'
import { childOf, childrenOf, readXml, textAt, type XmlElement } from './xml.ts'

export type Partition = { type: string; sizeMiB: number | undefined; extend: boolean }

export type Account = { name: string; password: string | undefined }

export type Interface = {
  /** A MAC address with dashes, or a name. */
  identifier: string
  dhcp4: boolean
  addresses: string[]
}

export type Unattend = {
  hasLanguages: boolean
  driverPaths: string[]
  diskId: number | undefined
  partitions: Partition[]
  activePartition: boolean
  installTo: { disk: number; partition: number } | undefined
  image: { index: number } | { name: string } | undefined
  acceptsEula: boolean
  /** Run in Windows PE. */
  setupCommands: string[]
  computerName: string | undefined
  timeZone: string | undefined
  interfaces: Interface[]
  remoteDesktop: boolean
  remoteDesktopInFirewall: boolean
  administratorPassword: string | undefined
  accounts: Account[]
  autoLogon: Account | undefined
  /** Run at the first sign-in, in their order. */
  commands: string[]
  hidesEula: boolean
}

/** Why setup does not go on, and where. */
export type Refusal = { pass: Pass | undefined; component: string | undefined }

const isPass = (text: string | undefined): text is Pass =>
  ['windowsPE', 'offlineServicing', 'generalize', 'specialize', 'oobeSystem'].includes(text ?? '')

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true'

const settingsOf = (root: XmlElement, pass: Pass) =>
  childrenOf(root, 'settings').filter(({ attributes }) => attributes['pass'] === pass)

const componentOf = (root: XmlElement, pass: Pass, name: string): XmlElement | undefined =>
  settingsOf(root, pass)
    .flatMap((settings) => childrenOf(settings, 'component'))
    .find(({ attributes }) => attributes['name'] === name)

const neededAttributes = ['processorArchitecture', 'publicKeyToken', 'versionScope']

const isKnown = (component: XmlElement, pass: Pass): boolean => {
  const known = components[component.attributes['name'] ?? '']
  if (!known || !known.passes.includes(pass)) return false
  if (neededAttributes.some((name) => component.attributes[name] === undefined)) return false
  const names = new Set(known.settings.split(' '))
  return component.children.every((child) => names.has(child.name))
}

/** What setup finds before it acts on anything. A component for another processor is passed over. */
const refusalOf = (root: XmlElement): Refusal | undefined => {
  if (root.name !== 'unattend') return { pass: undefined, component: undefined }
  if (root.attributes['xmlns'] !== 'urn:schemas-microsoft-com:unattend')
    return { pass: undefined, component: undefined }
  for (const settings of childrenOf(root, 'settings')) {
    const pass = settings.attributes['pass']
    if (!isPass(pass)) return { pass: undefined, component: undefined }
    const wrong = settings.children.find((component) => !isKnown(component, pass))
    if (wrong) return { pass, component: wrong.attributes['name'] }
  }
  return undefined
}

/** Base64 of UTF-16 with the element's name behind the password, where it is not plain. */
const passwordOf = (element: XmlElement | undefined): string | undefined => {
  const value = textAt(element, 'Value')
  if (value === undefined || element === undefined) return undefined
  if (textAt(element, 'PlainText') !== 'false') return value
  const text = Buffer.from(value, 'base64').toString('utf16le')
  return text.endsWith(element.name) ? text.slice(0, -element.name.length) : undefined
}

const numberAt = (element: XmlElement | undefined, ...path: string[]) => {
  const text = textAt(element, ...path)
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text)
}

const inOrder = (elements: XmlElement[]) =>
  elements.toSorted((a, b) => (numberAt(a, 'Order') ?? 0) - (numberAt(b, 'Order') ?? 0))

const partitionsOf = (disk: XmlElement | undefined): Partition[] =>
  inOrder(childrenOf(childOf(disk, 'CreatePartitions'), 'CreatePartition')).map((partition) => ({
    type: textAt(partition, 'Type') ?? '',
    sizeMiB: numberAt(partition, 'Size'),
    extend: isTrue(textAt(partition, 'Extend')),
  }))

const hasActive = (disk: XmlElement | undefined) =>
  childrenOf(childOf(disk, 'ModifyPartitions'), 'ModifyPartition').some((partition) =>
    isTrue(textAt(partition, 'Active')),
  )

const imageOf = (install: XmlElement | undefined): Unattend['image'] => {
  const metaData = childrenOf(childOf(install, 'InstallFrom'), 'MetaData')
  const valueOf = (key: string) => {
    const found = metaData.find((each) => textAt(each, 'Key')?.toUpperCase() === key)
    return textAt(found, 'Value')
  }
  const index = valueOf('/IMAGE/INDEX')
  if (index !== undefined) return { index: Number(index) }
  const name = valueOf('/IMAGE/NAME')
  return name === undefined ? undefined : { name }
}

const installToOf = (install: XmlElement | undefined): Unattend['installTo'] => {
  const disk = numberAt(install, 'InstallTo', 'DiskID')
  const partition = numberAt(install, 'InstallTo', 'PartitionID')
  return disk === undefined || partition === undefined ? undefined : { disk, partition }
}

const interfacesOf = (tcpip: XmlElement | undefined): Interface[] =>
  childrenOf(childOf(tcpip, 'Interfaces'), 'Interface').map((each) => ({
    identifier: textAt(each, 'Identifier') ?? '',
    dhcp4: textAt(each, 'Ipv4Settings', 'DhcpEnabled') !== 'false',
    addresses: childrenOf(childOf(each, 'UnicastIpAddresses'), 'IpAddress').map(({ text }) => text),
  }))

const driversOf = (root: XmlElement): string[] => {
  const inSetup = componentOf(root, 'windowsPE', 'Microsoft-Windows-PnpCustomizationsWinPE')
  return childrenOf(childOf(inSetup, 'DriverPaths'), 'PathAndCredentials').map(
    (each) => textAt(each, 'Path') ?? '',
  )
}

const commandsIn = (list: XmlElement | undefined, name: string, line: string): string[] =>
  inOrder(childrenOf(list, name)).map((command) => textAt(command, line) ?? '')

const firewallOpens = (firewall: XmlElement | undefined): boolean =>
  childrenOf(childOf(firewall, 'FirewallGroups'), 'FirewallGroup').some(
    (group) =>
      isTrue(textAt(group, 'Active')) &&
      /^(@FirewallAPI\.dll,-28752|Remote Desktop)$/i.test(textAt(group, 'Group') ?? ''),
  )

const autoLogonOf = (shell: XmlElement | undefined): Account | undefined => {
  const element = childOf(shell, 'AutoLogon')
  return isTrue(textAt(element, 'Enabled'))
    ? {
        name: textAt(element, 'Username') ?? '',
        password: passwordOf(childOf(element, 'Password')),
      }
    : undefined
}

const inSetup = (root: XmlElement) => {
  const setup = componentOf(root, 'windowsPE', 'Microsoft-Windows-Setup')
  const languages = componentOf(root, 'windowsPE', 'Microsoft-Windows-International-Core-WinPE')
  const disk = childOf(setup, 'DiskConfiguration', 'Disk')
  const install = childOf(setup, 'ImageInstall', 'OSImage')
  return {
    hasLanguages: textAt(languages, 'UILanguage') !== undefined,
    driverPaths: driversOf(root),
    diskId: numberAt(disk, 'DiskID'),
    partitions: partitionsOf(disk),
    activePartition: hasActive(disk),
    installTo: installToOf(install),
    image: imageOf(install),
    acceptsEula: isTrue(textAt(setup, 'UserData', 'AcceptEula')),
    setupCommands: commandsIn(childOf(setup, 'RunSynchronous'), 'RunSynchronousCommand', 'Path'),
  }
}

const inSpecialize = (root: XmlElement) => {
  const find = (name: string) => componentOf(root, 'specialize', name)
  const shell = find('Microsoft-Windows-Shell-Setup')
  const sessions = find('Microsoft-Windows-TerminalServices-LocalSessionManager')
  return {
    computerName: textAt(shell, 'ComputerName'),
    timeZone: textAt(shell, 'TimeZone'),
    interfaces: interfacesOf(find('Microsoft-Windows-TCPIP')),
    remoteDesktop: textAt(sessions, 'fDenyTSConnections') === 'false',
    remoteDesktopInFirewall: firewallOpens(find('Networking-MPSSVC-Svc')),
  }
}

const inOobe = (root: XmlElement) => {
  const shell = componentOf(root, 'oobeSystem', 'Microsoft-Windows-Shell-Setup')
  const accounts = childOf(shell, 'UserAccounts')
  return {
    administratorPassword: passwordOf(childOf(accounts, 'AdministratorPassword')),
    accounts: childrenOf(childOf(accounts, 'LocalAccounts'), 'LocalAccount').map((account) => ({
      name: textAt(account, 'Name') ?? '',
      password: passwordOf(childOf(account, 'Password')),
    })),
    autoLogon: autoLogonOf(shell),
    commands: commandsIn(childOf(shell, 'FirstLogonCommands'), 'SynchronousCommand', 'CommandLine'),
    hidesEula: isTrue(textAt(shell, 'OOBE', 'HideEULAPage')),
  }
}

/** Of `autounattend.xml`. */
export const readUnattend = (text: string): { answers: Unattend } | { refusal: Refusal } => {
  const root = readXml(text)
  if (!root) return { refusal: { pass: undefined, component: undefined } }
  const refusal = refusalOf(root)
  if (refusal) return { refusal }
  return { answers: { ...inSetup(root), ...inSpecialize(root), ...inOobe(root) } }
}
