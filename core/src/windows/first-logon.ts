/**
 * What runs once in the installed Windows, at the automatic sign-in of Administrator: a script that is always the same, and
 * a file with what it needs to know. It reads both before it installs the agent, whose answer makes the image go away.
 */
import type { Answers } from './answers.ts'
import { driverFolders, GUEST_TOOLS, type WindowsOsType } from './drivers.ts'

type FirstLogonAnswers = Pick<Answers, 'diskBus' | 'networks' | 'unattended'> & {
  osType: WindowsOsType
}

/**
 * The script's input. NICs are known by their MAC, as `Get-NetAdapter` writes it; their names differ by language and driver.
 * A NIC without a fixed address is left alone: Windows asks by DHCP and listens to router advertisements by itself.
 */
export function firstLogonJson({
  osType,
  diskBus,
  networks,
  unattended,
}: FirstLogonAnswers): string {
  const nics = networks.map(({ mac, ip, gateway, ip6, gateway6, nameservers }) => ({
    mac: mac.toUpperCase().replaceAll(':', '-'),
    addresses: [...addressOf(ip, gateway), ...addressOf(ip6, gateway6)],
    dns: nameservers,
  }))
  const told = {
    drivers: driverFolders(osType, diskBus).map(({ path }) => path),
    networks: nics.filter(({ addresses, dns }) => addresses.length > 0 || dns.length > 0),
    searchDomains: [...new Set(networks.flatMap(({ searchDomains }) => searchDomains))],
    commands: unattended.commands ?? [],
  }
  return JSON.stringify(told, null, 2)
}

function addressOf(cidr: string | null, gateway: string | null) {
  if (cidr === null) return []
  const [address, prefix] = cidr.split('/')
  return [{ address, prefixLength: Number(prefix), gateway }]
}

/** For Windows PowerShell 5.1, which every version has. ASCII only: without a byte order mark it would read anything else wrong. */
export const FIRST_LOGON_SCRIPT = `# Runs once, as Administrator, at the first sign-in after setup.
# What it did is in C:\\Windows\\Temp\\first-logon.log.
$ErrorActionPreference = 'Stop'
$log = Join-Path $env:SystemRoot 'Temp\\first-logon.log'

function Write-Log([string]$text) {
  Add-Content -LiteralPath $log -Value ('{0:u} {1}' -f (Get-Date).ToUniversalTime(), $text)
}

# One that fails does not keep the next from running.
function Invoke-Task([string]$name, [scriptblock]$task) {
  Write-Log $name
  try { & $task } catch { Write-Log "  failed: $_" }
}

$file = Join-Path $PSScriptRoot 'first-logon.json'
$answers = Get-Content -LiteralPath $file -Raw -Encoding UTF8 | ConvertFrom-Json
$drives = @([IO.DriveInfo]::GetDrives() |
  Where-Object { $_.DriveType -eq 'CDRom' -and $_.IsReady } |
  ForEach-Object { $_.RootDirectory.FullName })

Invoke-Task 'Switch automatic sign-in off' {
  $key = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon'
  Set-ItemProperty -Path $key -Name AutoAdminLogon -Value '0'
  foreach ($name in 'DefaultPassword', 'AutoLogonCount') {
    Remove-ItemProperty -Path $key -Name $name -ErrorAction SilentlyContinue
  }
}

foreach ($drive in $drives) {
  foreach ($folder in $answers.drivers) {
    $path = Join-Path $drive $folder
    if (-not (Test-Path -LiteralPath $path)) { continue }
    Invoke-Task "Add the drivers of $path" {
      pnputil.exe /add-driver (Join-Path $path '*.inf') /install | Out-Null
      Write-Log "  exit code $LASTEXITCODE"
    }
  }
}

foreach ($network in $answers.networks) {
  Invoke-Task "Set the addresses of $($network.mac)" {
    for ($try = 0; $try -lt 60; $try++) {
      $adapter = Get-NetAdapter -ErrorAction SilentlyContinue |
        Where-Object { $_.MacAddress -eq $network.mac } | Select-Object -First 1
      if ($adapter) { break }
      Start-Sleep -Seconds 1
    }
    if (-not $adapter) { throw 'no network adapter has this MAC address' }
    foreach ($each in $network.addresses) {
      $address = @{
        InterfaceIndex = $adapter.ifIndex
        IPAddress = $each.address
        PrefixLength = $each.prefixLength
      }
      if ($each.gateway) { $address.DefaultGateway = $each.gateway }
      New-NetIPAddress @address | Out-Null
      Write-Log "  $($each.address)/$($each.prefixLength)"
    }
    if ($network.dns) {
      Set-DnsClientServerAddress -InterfaceIndex $adapter.ifIndex -ServerAddresses $network.dns
    }
  }
}

if ($answers.searchDomains) {
  Invoke-Task 'Set the search domains' {
    Set-DnsClientGlobalSetting -SuffixSearchList $answers.searchDomains
  }
}

Invoke-Task 'Install ${GUEST_TOOLS}' {
  $setup = $drives | ForEach-Object { Join-Path $_ '${GUEST_TOOLS}' } |
    Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
  if (-not $setup) { throw 'it is on none of the CDs: the agent is not installed' }
  $run = Start-Process -FilePath $setup -ArgumentList '/quiet', '/norestart' -Wait -PassThru
  Write-Log "  exit code $($run.ExitCode)"
}

$number = 0
foreach ($command in $answers.commands) {
  $number++
  Invoke-Task "Run command $number" {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = Join-Path $env:SystemRoot 'System32\\cmd.exe'
    # /s: cmd takes off the first and the last quote and leaves what is between them as it is.
    $start.Arguments = '/d /s /c "' + $command + '"'
    $start.WorkingDirectory = $env:SystemRoot
    $start.UseShellExecute = $false
    $run = [Diagnostics.Process]::Start($start)
    $run.WaitForExit()
    Write-Log "  exit code $($run.ExitCode)"
  }
}
Write-Log 'Done'
`
