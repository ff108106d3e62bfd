/** An answer file that leads Windows setup to its end, to be spoilt by tests. */
const component = (name: string, content: string) =>
  `<component name="${name}" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">${content}</component>`

const partition = (order: number, type: string, size: string) =>
  `<CreatePartition><Order>${order}</Order><Type>${type}</Type>${size}</CreatePartition>`

const setup = component(
  'Microsoft-Windows-Setup',
  `<DiskConfiguration><Disk><DiskID>0</DiskID><WillWipeDisk>true</WillWipeDisk><CreatePartitions>
    ${partition(1, 'EFI', '<Size>260</Size>')}
    ${partition(2, 'MSR', '<Size>16</Size>')}
    ${partition(3, 'Primary', '<Extend>true</Extend>')}
  </CreatePartitions></Disk></DiskConfiguration>
  <ImageInstall><OSImage>
    <InstallFrom><MetaData><Key>/IMAGE/NAME</Key><Value>Windows 11 Pro</Value></MetaData></InstallFrom>
    <InstallTo><DiskID>0</DiskID><PartitionID>3</PartitionID></InstallTo>
  </OSImage></ImageInstall>
  <UserData><AcceptEula>true</AcceptEula></UserData>`,
)

const drivers = component(
  'Microsoft-Windows-PnpCustomizationsWinPE',
  `<DriverPaths>
    <PathAndCredentials><Path>D:\\vioscsi\\w11\\amd64</Path></PathAndCredentials>
    <PathAndCredentials><Path>D:\\NetKVM\\w11\\amd64</Path></PathAndCredentials>
  </DriverPaths>`,
)

const languages = component(
  'Microsoft-Windows-International-Core-WinPE',
  '<UILanguage>en-US</UILanguage><UserLocale>en-US</UserLocale>',
)

const specialize = [
  component(
    'Microsoft-Windows-Shell-Setup',
    '<ComputerName>DESK-01</ComputerName><TimeZone>UTC</TimeZone>',
  ),
  component(
    'Microsoft-Windows-TerminalServices-LocalSessionManager',
    '<fDenyTSConnections>false</fDenyTSConnections>',
  ),
  component(
    'Networking-MPSSVC-Svc',
    '<FirewallGroups><FirewallGroup><Active>true</Active><Group>@FirewallAPI.dll,-28752</Group></FirewallGroup></FirewallGroups>',
  ),
  component(
    'Microsoft-Windows-TCPIP',
    `<Interfaces><Interface><Identifier>Ethernet</Identifier>
      <Ipv4Settings><DhcpEnabled>false</DhcpEnabled></Ipv4Settings>
      <UnicastIpAddresses><IpAddress>10.10.0.50/24</IpAddress></UnicastIpAddresses>
    </Interface></Interfaces>`,
  ),
].join('\n')

const oobe = component(
  'Microsoft-Windows-Shell-Setup',
  `<AutoLogon><Enabled>true</Enabled><Username>Administrator</Username><Password><Value>secret</Value></Password></AutoLogon>
  <FirstLogonCommands>
    <SynchronousCommand><Order>1</Order><CommandLine>D:\\virtio-win-guest-tools.exe /quiet /norestart</CommandLine></SynchronousCommand>
  </FirstLogonCommands>
  <OOBE><HideEULAPage>true</HideEULAPage></OOBE>
  <UserAccounts><AdministratorPassword><Value>secret</Value></AdministratorPassword></UserAccounts>`,
)

export const windowsAnswers = `<?xml version="1.0" encoding="utf-8"?>
<!-- made for a test -->
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <settings pass="windowsPE">${languages}${drivers}${setup}</settings>
  <settings pass="specialize">${specialize}</settings>
  <settings pass="oobeSystem">${oobe}</settings>
</unattend>
`
