/**
 * Components of answer files: the passes that each works in, and the settings at its top (Microsoft's unattend reference,
 * learn.microsoft.com/windows-hardware/customize/desktop/unattend). Setup stops at whatever it does not know.
 */
export type Pass = 'windowsPE' | 'offlineServicing' | 'generalize' | 'specialize' | 'oobeSystem'

type Component = { passes: Pass[]; settings: string }

const locales = 'InputLocale SystemLocale UILanguage UILanguageFallback UserLocale'

export const components: Record<string, Component> = {
  'Microsoft-Windows-International-Core-WinPE': {
    passes: ['windowsPE'],
    settings: `SetupUILanguage LayeredDriver ${locales}`,
  },
  'Microsoft-Windows-PnpCustomizationsWinPE': { passes: ['windowsPE'], settings: 'DriverPaths' },
  'Microsoft-Windows-PnpCustomizationsNonWinPE': {
    passes: ['offlineServicing'],
    settings: 'DriverPaths',
  },
  'Microsoft-Windows-Setup': {
    passes: ['windowsPE'],
    settings:
      'ComplianceCheck Diagnostics DiskConfiguration Display DynamicUpdate EnableFirewall EnableNetwork ImageInstall LogPath PageFile ' +
      'Restart RunAsynchronous RunSynchronous UpgradeData Upgrade UseConfigurationSet UserData WindowsDeploymentServices',
  },
  'Microsoft-Windows-Shell-Setup': {
    passes: ['generalize', 'specialize', 'oobeSystem'],
    settings:
      'AutoLogon BluetoothTaskbarIconEnabled ComputerName ConfigureChatAutoInstall CopyProfile DesktopOptimization DisableAutoDaylightTimeSet Display ' +
      'DoNotCleanTaskBar FirstLogonCommands FolderLocations LogonCommands NotificationArea OEMInformation OEMName OfflineUserAccounts ' +
      'OOBE ProductKey RegisteredOrganization RegisteredOwner ShowPowerButtonOnStartScreen ShowWindowsLive StartPanelOff StartTiles ' +
      'TaskbarLinks Themes TimeZone UserAccounts VisualEffects WindowsFeatures',
  },
  'Microsoft-Windows-International-Core': {
    passes: ['specialize', 'oobeSystem'],
    settings: locales,
  },
  'Microsoft-Windows-Deployment': {
    passes: ['generalize', 'specialize', 'oobeSystem'],
    settings: 'ExtendOSPartition Generalize Reseal RunAsynchronous RunSynchronous',
  },
  'Microsoft-Windows-TCPIP': {
    passes: ['windowsPE', 'specialize'],
    settings: 'IcmpRedirectsEnabled Interfaces',
  },
  'Microsoft-Windows-DNS-Client': {
    passes: ['windowsPE', 'specialize'],
    settings: 'DNSDomain DNSSuffixSearchOrder Interfaces UseDomainNameDevolution',
  },
  'Microsoft-Windows-TerminalServices-LocalSessionManager': {
    passes: ['specialize'],
    settings: 'fDenyTSConnections',
  },
  'Microsoft-Windows-TerminalServices-RDP-WinStationExtensions': {
    passes: ['specialize'],
    settings: 'SecurityLayer UserAuthentication',
  },
  'Networking-MPSSVC-Svc': {
    passes: ['specialize'],
    settings:
      'DisableStatefulFTP DisableStatefulPPTP DomainProfile_EnableFirewall FirewallGroups PrivateProfile_EnableFirewall PublicProfile_EnableFirewall',
  },
  'Microsoft-Windows-UnattendedJoin': { passes: ['specialize'], settings: 'Identification' },
  'Microsoft-Windows-ServerManager-SvrMgrNc': {
    passes: ['specialize'],
    settings: 'DoNotOpenServerManagerAtLogon',
  },
  'Microsoft-Windows-Security-SPP-UX': { passes: ['specialize'], settings: 'SkipAutoActivation' },
  'Microsoft-Windows-SQMApi': { passes: ['specialize'], settings: 'CEIPEnabled' },
  'Microsoft-Windows-IE-ESC': {
    passes: ['specialize'],
    settings: 'IEHardenAdmin IEHardenUser',
  },
  'Microsoft-Windows-PowerCPL': { passes: ['specialize'], settings: 'PreferredPlan' },
  'Microsoft-Windows-SecureStartup-FilterDriver': {
    passes: ['oobeSystem', 'specialize'],
    settings: 'PreventDeviceEncryption',
  },
}
