/**
 * What Windows setup knows of the components that we use: passes in which a component is read, and the elements in it.
 * Source: Microsoft's unattended Windows setup reference, learn.microsoft.com/windows-hardware/customize/desktop/unattend,
 * "Valid configuration passes" and "Parent hierarchy" of each setting. Deprecated settings are left out on purpose, among
 * them SkipMachineOOBE, SkipUserOOBE and NetworkLocation.
 */

const locales = ['InputLocale', 'SystemLocale', 'UILanguage', 'UILanguageFallback', 'UserLocale']

const autoLogon = [
  'AutoLogon/Domain',
  'AutoLogon/Enabled',
  'AutoLogon/LogonCount',
  'AutoLogon/Password/Value',
  'AutoLogon/Password/PlainText',
  'AutoLogon/Username',
]

const reference: { passes: string[]; component: string; elements: string[] }[] = [
  {
    passes: ['windowsPE'],
    component: 'Microsoft-Windows-International-Core-WinPE',
    elements: [
      'LayeredDriver',
      'SetupUILanguage/UILanguage',
      'SetupUILanguage/WillShowUI',
      ...locales,
    ],
  },
  {
    passes: ['windowsPE'],
    component: 'Microsoft-Windows-PnpCustomizationsWinPE',
    elements: [
      'DriverPaths/PathAndCredentials/Path',
      'DriverPaths/PathAndCredentials/Credentials/Domain',
      'DriverPaths/PathAndCredentials/Credentials/Password',
      'DriverPaths/PathAndCredentials/Credentials/Username',
    ],
  },
  {
    passes: ['windowsPE'],
    component: 'Microsoft-Windows-Setup',
    elements: [
      'DiskConfiguration/DisableEncryptedDiskProvisioning',
      'DiskConfiguration/WillShowUI',
      'DiskConfiguration/Disk/DiskID',
      'DiskConfiguration/Disk/WillWipeDisk',
      ...['Extend', 'Order', 'Size', 'Type'].map(
        (name) => `DiskConfiguration/Disk/CreatePartitions/CreatePartition/${name}`,
      ),
      ...['Active', 'Extend', 'Format', 'Label', 'Letter', 'Order', 'PartitionID', 'TypeID'].map(
        (name) => `DiskConfiguration/Disk/ModifyPartitions/ModifyPartition/${name}`,
      ),
      'EnableFirewall',
      'EnableNetwork',
      'ImageInstall/OSImage/Compact',
      'ImageInstall/OSImage/InstallFrom/Path',
      'ImageInstall/OSImage/InstallFrom/MetaData/Key',
      'ImageInstall/OSImage/InstallFrom/MetaData/Value',
      'ImageInstall/OSImage/InstallTo/DiskID',
      'ImageInstall/OSImage/InstallTo/PartitionID',
      'ImageInstall/OSImage/InstallToAvailablePartition',
      'ImageInstall/OSImage/WillShowUI',
      'UserData/AcceptEula',
      'UserData/FullName',
      'UserData/Organization',
      'UserData/ProductKey/Key',
      'UserData/ProductKey/WillShowUI',
    ],
  },
  {
    passes: ['specialize'],
    component: 'Microsoft-Windows-Shell-Setup',
    elements: [
      'ComputerName',
      'CopyProfile',
      'ProductKey',
      'RegisteredOrganization',
      'RegisteredOwner',
      'TimeZone',
      ...autoLogon,
    ],
  },
  {
    passes: ['oobeSystem', 'specialize'],
    component: 'Microsoft-Windows-International-Core',
    elements: locales,
  },
  {
    passes: ['specialize'],
    component: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
    elements: ['fDenyTSConnections'],
  },
  {
    passes: ['specialize'],
    component: 'Microsoft-Windows-TerminalServices-RDP-WinStationExtensions',
    elements: ['SecurityLayer', 'UserAuthentication'],
  },
  {
    passes: ['specialize'],
    component: 'Networking-MPSSVC-Svc',
    elements: ['Active', 'Group', 'Profile'].map((name) => `FirewallGroups/FirewallGroup/${name}`),
  },
  {
    passes: ['oobeSystem'],
    component: 'Microsoft-Windows-Shell-Setup',
    elements: [
      ...autoLogon,
      ...['CommandLine', 'Description', 'Order', 'RequiresUserInput'].map(
        (name) => `FirstLogonCommands/SynchronousCommand/${name}`,
      ),
      'OOBE/HideEULAPage',
      'OOBE/HideLocalAccountScreen',
      'OOBE/HideOEMRegistrationScreen',
      'OOBE/HideOnlineAccountScreens',
      'OOBE/HideWirelessSetupInOOBE',
      'OOBE/ProtectYourPC',
      'TimeZone',
      'UserAccounts/AdministratorPassword/Value',
      'UserAccounts/AdministratorPassword/PlainText',
      ...[
        'Description',
        'DisplayName',
        'Group',
        'Name',
        'Password/Value',
        'Password/PlainText',
      ].map((name) => `UserAccounts/LocalAccounts/LocalAccount/${name}`),
    ],
  },
]

/** As `oobeSystem/Microsoft-Windows-Shell-Setup/OOBE/HideEULAPage`. */
export const known: ReadonlySet<string> = new Set(
  reference.flatMap(({ passes, component, elements }) =>
    passes.flatMap((pass) => elements.map((element) => `${pass}/${component}/${element}`)),
  ),
)
