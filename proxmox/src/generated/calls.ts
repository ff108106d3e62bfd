/** Written by tools/generate-proxmox.ts from the API schema of Proxmox VE 7.4, 8.4, 9.2; do not edit. */

/** A boolean in an answer: Perl has none. */
export type Flag = 0 | 1 | boolean | '0' | '1' | ''

/** A command that the guest refuses comes with HTTP 200 and this in place of its result. */
export type AgentError = { error: { class?: string; desc?: string } }

export type AgentInterface = {
  name: string
  'hardware-address'?: string
  'ip-addresses'?: { 'ip-address': string; 'ip-address-type': string; prefix?: number }[]
}

export type AgentOsInfo = {
  id?: string
  name?: string
  'pretty-name'?: string
  version?: string
  'version-id'?: string
  'kernel-release'?: string
  'kernel-version'?: string
  machine?: string
}

/** Each call with its parameters, those of the path included, and `data` of its answer: everything that any of the versions knows. */
export type Calls = {
  'GET /version': {
    params: {}
    returns: {
      console?: string
      release: string
      repoid: string
      version: string
    }
  }
  'POST /access/ticket': {
    params: {
      'new-format'?: boolean
      'tfa-challenge'?: string
      otp?: string
      password: string
      path?: string
      privs?: string
      realm?: string
      username: string
    }
    returns: {
      CSRFPreventionToken?: string
      NeedTFA?: Flag
      cap?: { [section: string]: { [privilege: string]: number } }
      clustername?: string
      ticket?: string
      username: string
    }
  }
  'GET /access/domains': {
    params: {}
    returns: {
      comment?: string
      default?: Flag
      realm: string
      tfa?: string
      type: string
    }[]
  }
  'GET /access/permissions': {
    params: {
      path?: string
      userid?: string
    }
    returns: { [path: string]: { [privilege: string]: number } }
  }
  'GET /access/roles': {
    params: {}
    returns: {
      privs?: string
      roleid: string
      special?: Flag
    }[]
  }
  'GET /access/users': {
    params: {
      enabled?: boolean
      full?: boolean
    }
    returns: {
      'realm-type'?: string
      'tfa-locked-until'?: number
      'totp-locked'?: Flag
      comment?: string
      email?: string
      enable?: Flag
      expire?: number
      firstname?: string
      groups?: string
      keys?: string
      lastname?: string
      tokens?: {
        comment?: string
        expire?: number
        privsep?: Flag
        tokenid: string
      }[]
      userid: string
    }[]
  }
  'GET /access/users/{userid}/token': {
    params: {
      userid: string
    }
    returns: {
      comment?: string
      expire?: number
      privsep?: Flag
      tokenid: string
    }[]
  }
  'GET /access/users/{userid}/token/{tokenid}': {
    params: {
      tokenid: string
      userid: string
    }
    returns: {
      comment?: string
      expire?: number
      privsep?: Flag
    }
  }
  'POST /access/users/{userid}/token/{tokenid}': {
    params: {
      comment?: string
      expire?: number
      privsep?: boolean
      tokenid: string
      userid: string
    }
    returns: {
      'full-tokenid': string
      info: {
        comment?: string
        expire?: number
        privsep?: Flag
      }
      value: string
    }
  }
  'PUT /access/users/{userid}/token/{tokenid}': {
    params: {
      comment?: string
      delete?: string
      expire?: number
      privsep?: boolean
      regenerate?: boolean
      tokenid: string
      userid: string
    }
    returns: {
      'full-tokenid'?: string
      comment?: string
      expire?: number
      privsep?: Flag
      value?: string
    }
  }
  'DELETE /access/users/{userid}/token/{tokenid}': {
    params: {
      tokenid: string
      userid: string
    }
    returns: null
  }
  'GET /access/acl': {
    params: {}
    returns: {
      path: string
      propagate?: Flag
      roleid: string
      type: string
      ugid: string
    }[]
  }
  'PUT /access/acl': {
    params: {
      delete?: boolean
      groups?: string
      path: string
      propagate?: boolean
      roles: string
      tokens?: string
      users?: string
    }
    returns: null
  }
  'GET /cluster/resources': {
    params: {
      type?: 'vm' | 'storage' | 'node' | 'sdn'
    }
    returns: {
      'cgroup-mode'?: number
      'host-arch'?: string
      'network-type'?: string
      'zone-type'?: string
      content?: string
      cpu?: number
      disk?: number
      diskread?: number
      diskwrite?: number
      hastate?: string
      id: string
      level?: string
      lock?: string
      maxcpu?: number
      maxdisk?: number
      maxmem?: number
      mem?: number
      memhost?: number
      name?: string
      netin?: number
      netout?: number
      network?: string
      node?: string
      plugintype?: string
      pool?: string
      protocol?: string
      sdn?: string
      shared?: Flag
      status?: string
      storage?: string
      tags?: string
      template?: Flag
      type: string
      uptime?: number
      vmid?: number
    }[]
  }
  'GET /cluster/status': {
    params: {}
    returns: {
      id: string
      ip?: string
      level?: string
      local?: Flag
      name: string
      nodeid?: number
      nodes?: number
      online?: Flag
      quorate?: Flag
      type: string
      version?: number
    }[]
  }
  'GET /cluster/nextid': {
    params: {
      vmid?: number
    }
    returns: string | number
  }
  'GET /cluster/options': {
    params: {}
    returns: {
      'allowed-tags'?: string[]
      'next-id'?: unknown
      'registered-tags'?: string[]
      'tag-style'?: { [key: string]: unknown }
      'user-tag-access'?: { [key: string]: unknown }
      description?: string
      mac_prefix?: string
    }
  }
  'GET /cluster/tasks': {
    params: {}
    returns: {
      endtime?: number
      id: string
      node: string
      pid: number
      saved?: string | number
      starttime: number
      status?: string
      tokenid?: string
      type: string
      upid: string
      user: string
    }[]
  }
  'GET /cluster/sdn/vnets': {
    params: {
      pending?: boolean
      running?: boolean
    }
    returns: { vnet: string; zone?: string }[]
  }
  'GET /pools': {
    params: {
      poolid?: string
      type?: 'qemu' | 'lxc' | 'storage'
    }
    returns: {
      comment?: string
      members?: {
        id: string
        node: string
        storage?: string
        type: string
        vmid?: number
      }[]
      poolid: string
    }[]
  }
  'GET /pools/{poolid}': {
    params: {
      poolid: string
      type?: 'qemu' | 'lxc' | 'storage'
    }
    returns: {
      comment?: string
      members: {
        id: string
        node: string
        storage?: string
        type: string
        vmid?: number
      }[]
      poolid?: string
    }
  }
  'GET /storage': {
    params: {
      type?: 'btrfs' | 'cephfs' | 'cifs' | 'dir' | 'glusterfs' | 'iscsi' | 'iscsidirect' | 'lvm' | 'lvmthin' | 'nfs' | 'pbs' | 'rbd' | 'zfs' | 'zfspool' | 'esxi'
    }
    returns: {
      'content-dirs'?: string
      content?: string
      digest?: string
      disable?: Flag
      nodes?: string
      path?: string
      shared?: Flag
      storage: string
      type?: string
    }[]
  }
  'GET /nodes': {
    params: {}
    returns: {
      cpu?: number
      disk?: number
      id?: string
      level?: string
      maxcpu?: number
      maxdisk?: number
      maxmem?: number
      mem?: number
      node: string
      ssl_fingerprint?: string
      status: string
      type?: string
      uptime?: number
    }[]
  }
  'GET /nodes/{node}/status': {
    params: {
      node: string
    }
    returns: {
      'boot-info'?: {
        mode: string
        secureboot?: Flag
      }
      'current-kernel'?: {
        machine: string
        release: string
        sysname: string
        version: string
      }
      cpu?: number
      cpuinfo?: {
        cores: number
        cpus: number
        model: string
        sockets: number
      }
      loadavg?: string[]
      memory?: {
        available?: number
        free: number
        total: number
        used: number
      }
      pveversion?: string
      rootfs?: {
        avail: number
        free: number
        total: number
        used: number
      }
    }
  }
  'GET /nodes/{node}/network': {
    params: {
      node: string
      type?: 'bridge' | 'bond' | 'eth' | 'alias' | 'vlan' | 'OVSBridge' | 'OVSBond' | 'OVSPort' | 'OVSIntPort' | 'any_bridge' | 'vnet' | 'any_local_bridge' | 'fabric' | 'include_sdn'
    }
    returns: {
      'bond-primary'?: string
      'bridge-access'?: number
      'bridge-arp-nd-suppress'?: Flag
      'bridge-learning'?: Flag
      'bridge-multicast-flood'?: Flag
      'bridge-unicast-flood'?: Flag
      'link-type'?: string
      'uplink-id'?: string
      'vlan-id'?: number
      'vlan-protocol'?: string
      'vlan-raw-device'?: string
      'vxlan-id'?: number
      'vxlan-local-tunnelip'?: string
      'vxlan-physdev'?: string
      'vxlan-svcnodeip'?: string
      active?: Flag
      address6?: string
      address?: string
      autostart?: Flag
      bond_mode?: string
      bond_xmit_hash_policy?: string
      bridge_ports?: string
      bridge_vids?: string
      bridge_vlan_aware?: Flag
      cidr6?: string
      cidr?: string
      comments6?: string
      comments?: string
      exists?: Flag
      families?: string[]
      gateway6?: string
      gateway?: string
      iface: string
      method6?: string
      method?: string
      mtu?: number
      netmask6?: number
      netmask?: string
      options6?: string[]
      options?: string[]
      ovs_bonds?: string
      ovs_bridge?: string
      ovs_options?: string
      ovs_ports?: string
      ovs_tag?: number
      priority?: number
      slaves?: string
      type: string
    }[]
  }
  'GET /nodes/{node}/query-url-metadata': {
    params: {
      'verify-certificates'?: boolean
      node: string
      url: string
    }
    returns: {
      filename?: string
      mimetype?: string
      size?: number
    }
  }
  'GET /nodes/{node}/capabilities/qemu/cpu': {
    params: {
      arch?: 'x86_64' | 'aarch64'
      node: string
    }
    returns: {
      abstract?: Flag
      custom: Flag
      name: string
      vendor: string
    }[]
  }
  'GET /nodes/{node}/capabilities/qemu/machines': {
    params: {
      arch?: 'x86_64' | 'aarch64'
      node: string
    }
    returns: {
      changes?: string
      id: string
      type: string
      version: string
    }[]
  }
  'GET /nodes/{node}/storage': {
    params: {
      content?: string
      enabled?: boolean
      format?: boolean
      node: string
      storage?: string
      target?: string
    }
    returns: {
      active?: Flag
      avail?: number
      content: string
      enabled?: Flag
      formats?: {
        default: string
        supported: string[]
      }
      select_existing?: Flag
      shared?: Flag
      storage: string
      total?: number
      type: string
      used?: number
      used_fraction?: number
    }[]
  }
  'GET /nodes/{node}/storage/{storage}/status': {
    params: {
      node: string
      storage: string
    }
    returns: {
      active?: Flag
      avail?: number
      content?: string
      enabled?: Flag
      shared?: Flag
      total?: number
      type?: string
      used?: number
    }
  }
  'GET /nodes/{node}/storage/{storage}/content': {
    params: {
      content?: string
      node: string
      storage: string
      vmid?: number
    }
    returns: {
      'approximate-size'?: number
      content?: string
      ctime?: number
      encrypted?: string
      format: string
      notes?: string
      parent?: string | null
      protected?: Flag
      size?: number
      used?: number
      verification?: {
        state: string
        upid: string
      }
      vmid?: number
      volid: string
    }[]
  }
  'GET /nodes/{node}/storage/{storage}/content/{volume}': {
    params: {
      node: string
      storage: string
      volume: string
    }
    returns: {
      format: string
      notes?: string
      path: string
      protected?: Flag
      size: number
      used: number
    }
  }
  'DELETE /nodes/{node}/storage/{storage}/content/{volume}': {
    params: {
      delay?: number
      node: string
      storage: string
      volume: string
    }
    returns: string | null
  }
  'POST /nodes/{node}/storage/{storage}/upload': {
    params: {
      'checksum-algorithm'?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
      checksum?: string
      content: 'iso' | 'vztmpl' | 'import'
      filename: string
      node: string
      storage: string
      tmpfilename?: string
    }
    returns: string
  }
  'POST /nodes/{node}/storage/{storage}/download-url': {
    params: {
      'checksum-algorithm'?: 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
      'verify-certificates'?: boolean
      checksum?: string
      compression?: string
      content: 'iso' | 'vztmpl' | 'import'
      filename: string
      node: string
      storage: string
      url: string
    }
    returns: string
  }
  'GET /nodes/{node}/tasks': {
    params: {
      errors?: boolean
      limit?: number
      node: string
      since?: number
      source?: 'archive' | 'active' | 'all'
      start?: number
      statusfilter?: string
      typefilter?: string
      until?: number
      userfilter?: string
      vmid?: number
    }
    returns: {
      endtime?: number
      id: string
      node: string
      pid: number
      pstart: number
      saved?: string | number
      starttime: number
      status?: string
      tokenid?: string
      type: string
      upid: string
      user: string
    }[]
  }
  'GET /nodes/{node}/tasks/{upid}/status': {
    params: {
      node: string
      upid: string
    }
    returns: {
      exitstatus?: string
      id: string
      node: string
      pid: number
      pstart?: number
      saved?: string | number
      starttime: number
      status: string
      tokenid?: string
      type: string
      upid: string
      user: string
    }
  }
  'GET /nodes/{node}/tasks/{upid}/log': {
    params: {
      download?: boolean
      limit?: number
      node: string
      start?: number
      upid: string
    }
    returns: { n: number; t: string }[] | { n: number; t: string }
  }
  'DELETE /nodes/{node}/tasks/{upid}': {
    params: {
      node: string
      upid: string
    }
    returns: null
  }
  'GET /nodes/{node}/qemu': {
    params: {
      full?: boolean
      node: string
    }
    returns: {
      'running-machine'?: string
      'running-qemu'?: string
      cpu?: number
      cpus?: number
      diskread?: number
      diskwrite?: number
      lock?: string
      maxdisk?: number
      maxmem?: number
      mem?: number
      memhost?: number
      name?: string
      netin?: number
      netout?: number
      pid?: number
      pressurecpufull?: number
      pressurecpusome?: number
      pressureiofull?: number
      pressureiosome?: number
      pressurememoryfull?: number
      pressurememorysome?: number
      qmpstatus?: string
      serial?: Flag
      status: string
      tags?: string
      template?: Flag
      uptime?: number
      vmid: number
    }[]
  }
  'POST /nodes/{node}/qemu': {
    params: {
      'allow-ksm'?: boolean
      'amd-sev'?: string
      'ha-managed'?: boolean
      'import-working-storage'?: string
      'intel-tdx'?: string
      'live-restore'?: boolean
      [key: `hostpci${number}`]: string
      [key: `ide${number}`]: string
      [key: `ipconfig${number}`]: string
      [key: `net${number}`]: string
      [key: `numa${number}`]: string
      [key: `parallel${number}`]: string
      [key: `sata${number}`]: string
      [key: `scsi${number}`]: string
      [key: `serial${number}`]: string
      [key: `unused${number}`]: string
      [key: `usb${number}`]: string
      [key: `virtio${number}`]: string
      [key: `virtiofs${number}`]: string
      acpi?: boolean
      affinity?: string
      agent?: string
      arch?: 'x86_64' | 'aarch64'
      archive?: string
      args?: string
      audio0?: string
      autostart?: boolean
      balloon?: number
      bios?: 'seabios' | 'ovmf'
      boot?: string
      bootdisk?: string
      bwlimit?: number
      cdrom?: string
      cicustom?: string
      cipassword?: string
      citype?: 'configdrive2' | 'nocloud' | 'opennebula'
      ciupgrade?: boolean
      ciuser?: string
      cores?: number
      cpu?: string
      cpulimit?: number
      cpuunits?: number
      description?: string
      efidisk0?: string
      force?: boolean
      freeze?: boolean
      hookscript?: string
      hotplug?: string
      hugepages?: 'any' | '2' | '1024'
      ivshmem?: string
      keephugepages?: boolean
      keyboard?: 'de' | 'de-ch' | 'da' | 'en-gb' | 'en-us' | 'es' | 'fi' | 'fr' | 'fr-be' | 'fr-ca' | 'fr-ch' | 'hu' | 'is' | 'it' | 'ja' | 'lt' | 'mk' | 'nl' | 'no' | 'pl' | 'pt' | 'pt-br' | 'sv' | 'sl' | 'tr'
      kvm?: boolean
      localtime?: boolean
      lock?: 'backup' | 'clone' | 'create' | 'migrate' | 'rollback' | 'snapshot' | 'snapshot-delete' | 'suspending' | 'suspended'
      machine?: string
      memory?: number | string
      migrate_downtime?: number
      migrate_speed?: number
      name?: string
      nameserver?: string
      node: string
      numa?: boolean
      onboot?: boolean
      ostype?: 'other' | 'wxp' | 'w2k' | 'w2k3' | 'w2k8' | 'wvista' | 'win7' | 'win8' | 'win10' | 'win11' | 'l24' | 'l26' | 'solaris'
      pool?: string
      protection?: boolean
      reboot?: boolean
      rng0?: string
      scsihw?: 'lsi' | 'lsi53c810' | 'virtio-scsi-pci' | 'virtio-scsi-single' | 'megasas' | 'pvscsi'
      searchdomain?: string
      shares?: number
      smbios1?: string
      smp?: number
      sockets?: number
      spice_enhancements?: string
      sshkeys?: string
      start?: boolean
      startdate?: string
      startup?: string
      storage?: string
      tablet?: boolean
      tags?: string
      tdf?: boolean
      template?: boolean
      tpmstate0?: string
      unique?: boolean
      vcpus?: number
      vga?: string
      vmgenid?: string
      vmid: number
      vmstatestorage?: string
      watchdog?: string
    }
    returns: string
  }
  'DELETE /nodes/{node}/qemu/{vmid}': {
    params: {
      'destroy-unreferenced-disks'?: boolean
      node: string
      purge?: boolean
      skiplock?: boolean
      vmid: number
    }
    returns: string
  }
  'GET /nodes/{node}/qemu/{vmid}/config': {
    params: {
      current?: boolean
      node: string
      snapshot?: string
      vmid: number
    }
    returns: {
      'allow-ksm'?: Flag
      'amd-sev'?: string
      'intel-tdx'?: string
      'running-nets-host-mtu'?: string
      [key: `hostpci${number}`]: string
      [key: `ide${number}`]: string
      [key: `ipconfig${number}`]: string
      [key: `net${number}`]: string
      [key: `numa${number}`]: string
      [key: `parallel${number}`]: string
      [key: `sata${number}`]: string
      [key: `scsi${number}`]: string
      [key: `serial${number}`]: string
      [key: `unused${number}`]: string
      [key: `usb${number}`]: string
      [key: `virtio${number}`]: string
      [key: `virtiofs${number}`]: string
      acpi?: Flag
      affinity?: string
      agent?: string
      arch?: string
      args?: string
      audio0?: string
      autostart?: Flag
      balloon?: number | string
      bios?: string
      boot?: string
      bootdisk?: string
      cdrom?: string
      cicustom?: string
      cipassword?: string
      citype?: string
      ciupgrade?: Flag
      ciuser?: string
      cores?: number | string
      cpu?: string
      cpulimit?: number | string
      cpuunits?: number | string
      description?: string
      digest: string
      efidisk0?: string
      freeze?: Flag
      hookscript?: string
      hotplug?: string
      hugepages?: string
      ivshmem?: string
      keephugepages?: Flag
      keyboard?: string
      kvm?: Flag
      localtime?: Flag
      lock?: string
      machine?: string
      memory?: number | string
      meta?: string
      migrate_downtime?: number | string
      migrate_speed?: number | string
      name?: string
      nameserver?: string
      numa?: Flag
      onboot?: Flag
      ostype?: string
      parent?: string
      protection?: Flag
      reboot?: Flag
      rng0?: string
      runningcpu?: string
      runningmachine?: string
      scsihw?: string
      searchdomain?: string
      shares?: number | string
      smbios1?: string
      smp?: number | string
      snaptime?: number | string
      sockets?: number | string
      spice_enhancements?: string
      sshkeys?: string
      startdate?: string
      startup?: string
      tablet?: Flag
      tags?: string
      tdf?: Flag
      template?: Flag
      tpmstate0?: string
      vcpus?: number | string
      vga?: string
      vmgenid?: string
      vmstate?: string
      vmstatestorage?: string
      watchdog?: string
    }
  }
  'PUT /nodes/{node}/qemu/{vmid}/config': {
    params: {
      'allow-ksm'?: boolean
      'amd-sev'?: string
      'intel-tdx'?: string
      [key: `hostpci${number}`]: string
      [key: `ide${number}`]: string
      [key: `ipconfig${number}`]: string
      [key: `net${number}`]: string
      [key: `numa${number}`]: string
      [key: `parallel${number}`]: string
      [key: `sata${number}`]: string
      [key: `scsi${number}`]: string
      [key: `serial${number}`]: string
      [key: `unused${number}`]: string
      [key: `usb${number}`]: string
      [key: `virtio${number}`]: string
      [key: `virtiofs${number}`]: string
      acpi?: boolean
      affinity?: string
      agent?: string
      arch?: 'x86_64' | 'aarch64'
      args?: string
      audio0?: string
      autostart?: boolean
      balloon?: number
      bios?: 'seabios' | 'ovmf'
      boot?: string
      bootdisk?: string
      cdrom?: string
      cicustom?: string
      cipassword?: string
      citype?: 'configdrive2' | 'nocloud' | 'opennebula'
      ciupgrade?: boolean
      ciuser?: string
      cores?: number
      cpu?: string
      cpulimit?: number
      cpuunits?: number
      delete?: string
      description?: string
      digest?: string
      efidisk0?: string
      force?: boolean
      freeze?: boolean
      hookscript?: string
      hotplug?: string
      hugepages?: 'any' | '2' | '1024'
      ivshmem?: string
      keephugepages?: boolean
      keyboard?: 'de' | 'de-ch' | 'da' | 'en-gb' | 'en-us' | 'es' | 'fi' | 'fr' | 'fr-be' | 'fr-ca' | 'fr-ch' | 'hu' | 'is' | 'it' | 'ja' | 'lt' | 'mk' | 'nl' | 'no' | 'pl' | 'pt' | 'pt-br' | 'sv' | 'sl' | 'tr'
      kvm?: boolean
      localtime?: boolean
      lock?: 'backup' | 'clone' | 'create' | 'migrate' | 'rollback' | 'snapshot' | 'snapshot-delete' | 'suspending' | 'suspended'
      machine?: string
      memory?: number | string
      migrate_downtime?: number
      migrate_speed?: number
      name?: string
      nameserver?: string
      node: string
      numa?: boolean
      onboot?: boolean
      ostype?: 'other' | 'wxp' | 'w2k' | 'w2k3' | 'w2k8' | 'wvista' | 'win7' | 'win8' | 'win10' | 'win11' | 'l24' | 'l26' | 'solaris'
      protection?: boolean
      reboot?: boolean
      revert?: string
      rng0?: string
      scsihw?: 'lsi' | 'lsi53c810' | 'virtio-scsi-pci' | 'virtio-scsi-single' | 'megasas' | 'pvscsi'
      searchdomain?: string
      shares?: number
      skiplock?: boolean
      smbios1?: string
      smp?: number
      sockets?: number
      spice_enhancements?: string
      sshkeys?: string
      startdate?: string
      startup?: string
      tablet?: boolean
      tags?: string
      tdf?: boolean
      template?: boolean
      tpmstate0?: string
      vcpus?: number
      vga?: string
      vmgenid?: string
      vmid: number
      vmstatestorage?: string
      watchdog?: string
    }
    returns: null
  }
  'POST /nodes/{node}/qemu/{vmid}/config': {
    params: {
      'allow-ksm'?: boolean
      'amd-sev'?: string
      'import-working-storage'?: string
      'intel-tdx'?: string
      [key: `hostpci${number}`]: string
      [key: `ide${number}`]: string
      [key: `ipconfig${number}`]: string
      [key: `net${number}`]: string
      [key: `numa${number}`]: string
      [key: `parallel${number}`]: string
      [key: `sata${number}`]: string
      [key: `scsi${number}`]: string
      [key: `serial${number}`]: string
      [key: `unused${number}`]: string
      [key: `usb${number}`]: string
      [key: `virtio${number}`]: string
      [key: `virtiofs${number}`]: string
      acpi?: boolean
      affinity?: string
      agent?: string
      arch?: 'x86_64' | 'aarch64'
      args?: string
      audio0?: string
      autostart?: boolean
      background_delay?: number
      balloon?: number
      bios?: 'seabios' | 'ovmf'
      boot?: string
      bootdisk?: string
      cdrom?: string
      cicustom?: string
      cipassword?: string
      citype?: 'configdrive2' | 'nocloud' | 'opennebula'
      ciupgrade?: boolean
      ciuser?: string
      cores?: number
      cpu?: string
      cpulimit?: number
      cpuunits?: number
      delete?: string
      description?: string
      digest?: string
      efidisk0?: string
      force?: boolean
      freeze?: boolean
      hookscript?: string
      hotplug?: string
      hugepages?: 'any' | '2' | '1024'
      ivshmem?: string
      keephugepages?: boolean
      keyboard?: 'de' | 'de-ch' | 'da' | 'en-gb' | 'en-us' | 'es' | 'fi' | 'fr' | 'fr-be' | 'fr-ca' | 'fr-ch' | 'hu' | 'is' | 'it' | 'ja' | 'lt' | 'mk' | 'nl' | 'no' | 'pl' | 'pt' | 'pt-br' | 'sv' | 'sl' | 'tr'
      kvm?: boolean
      localtime?: boolean
      lock?: 'backup' | 'clone' | 'create' | 'migrate' | 'rollback' | 'snapshot' | 'snapshot-delete' | 'suspending' | 'suspended'
      machine?: string
      memory?: number | string
      migrate_downtime?: number
      migrate_speed?: number
      name?: string
      nameserver?: string
      node: string
      numa?: boolean
      onboot?: boolean
      ostype?: 'other' | 'wxp' | 'w2k' | 'w2k3' | 'w2k8' | 'wvista' | 'win7' | 'win8' | 'win10' | 'win11' | 'l24' | 'l26' | 'solaris'
      protection?: boolean
      reboot?: boolean
      revert?: string
      rng0?: string
      scsihw?: 'lsi' | 'lsi53c810' | 'virtio-scsi-pci' | 'virtio-scsi-single' | 'megasas' | 'pvscsi'
      searchdomain?: string
      shares?: number
      skiplock?: boolean
      smbios1?: string
      smp?: number
      sockets?: number
      spice_enhancements?: string
      sshkeys?: string
      startdate?: string
      startup?: string
      tablet?: boolean
      tags?: string
      tdf?: boolean
      template?: boolean
      tpmstate0?: string
      vcpus?: number
      vga?: string
      vmgenid?: string
      vmid: number
      vmstatestorage?: string
      watchdog?: string
    }
    returns: string | null
  }
  'GET /nodes/{node}/qemu/{vmid}/pending': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      delete?: number
      key: string
      pending?: string | number
      value?: string | number
    }[]
  }
  'GET /nodes/{node}/qemu/{vmid}/feature': {
    params: {
      feature: 'snapshot' | 'clone' | 'copy'
      node: string
      snapname?: string
      vmid: number
    }
    returns: {
      hasFeature: Flag
      nodes: string[]
    }
  }
  'POST /nodes/{node}/qemu/{vmid}/clone': {
    params: {
      bwlimit?: number
      description?: string
      format?: 'raw' | 'qcow2' | 'vmdk'
      full?: boolean
      name?: string
      newid: number
      node: string
      pool?: string
      snapname?: string
      storage?: string
      target?: string
      vmid: number
    }
    returns: string
  }
  'PUT /nodes/{node}/qemu/{vmid}/resize': {
    params: {
      digest?: string
      disk: 'ide0' | 'ide1' | 'ide2' | 'ide3' | 'scsi0' | 'scsi1' | 'scsi2' | 'scsi3' | 'scsi4' | 'scsi5' | 'scsi6' | 'scsi7' | 'scsi8' | 'scsi9' | 'scsi10' | 'scsi11' | 'scsi12' | 'scsi13' | 'scsi14' | 'scsi15' | 'scsi16' | 'scsi17' | 'scsi18' | 'scsi19' | 'scsi20' | 'scsi21' | 'scsi22' | 'scsi23' | 'scsi24' | 'scsi25' | 'scsi26' | 'scsi27' | 'scsi28' | 'scsi29' | 'scsi30' | 'virtio0' | 'virtio1' | 'virtio2' | 'virtio3' | 'virtio4' | 'virtio5' | 'virtio6' | 'virtio7' | 'virtio8' | 'virtio9' | 'virtio10' | 'virtio11' | 'virtio12' | 'virtio13' | 'virtio14' | 'virtio15' | 'sata0' | 'sata1' | 'sata2' | 'sata3' | 'sata4' | 'sata5' | 'efidisk0' | 'tpmstate0'
      node: string
      size: string
      skiplock?: boolean
      vmid: number
    }
    returns: null | string
  }
  'PUT /nodes/{node}/qemu/{vmid}/sendkey': {
    params: {
      key: string
      node: string
      skiplock?: boolean
      vmid: number
    }
    returns: null
  }
  'POST /nodes/{node}/qemu/{vmid}/template': {
    params: {
      disk?: 'ide0' | 'ide1' | 'ide2' | 'ide3' | 'scsi0' | 'scsi1' | 'scsi2' | 'scsi3' | 'scsi4' | 'scsi5' | 'scsi6' | 'scsi7' | 'scsi8' | 'scsi9' | 'scsi10' | 'scsi11' | 'scsi12' | 'scsi13' | 'scsi14' | 'scsi15' | 'scsi16' | 'scsi17' | 'scsi18' | 'scsi19' | 'scsi20' | 'scsi21' | 'scsi22' | 'scsi23' | 'scsi24' | 'scsi25' | 'scsi26' | 'scsi27' | 'scsi28' | 'scsi29' | 'scsi30' | 'virtio0' | 'virtio1' | 'virtio2' | 'virtio3' | 'virtio4' | 'virtio5' | 'virtio6' | 'virtio7' | 'virtio8' | 'virtio9' | 'virtio10' | 'virtio11' | 'virtio12' | 'virtio13' | 'virtio14' | 'virtio15' | 'sata0' | 'sata1' | 'sata2' | 'sata3' | 'sata4' | 'sata5' | 'efidisk0' | 'tpmstate0'
      node: string
      vmid: number
    }
    returns: string
  }
  'GET /nodes/{node}/qemu/{vmid}/status/current': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      'running-machine'?: string
      'running-qemu'?: string
      agent?: Flag
      clipboard?: string
      cpu?: number
      cpus?: number
      disk?: number
      diskread?: number
      diskwrite?: number
      ha?: { managed?: Flag }
      lock?: string
      maxdisk?: number
      maxmem?: number
      mem?: number
      memhost?: number
      name?: string
      netin?: number
      netout?: number
      pid?: number
      pressurecpufull?: number
      pressurecpusome?: number
      pressureiofull?: number
      pressureiosome?: number
      pressurememoryfull?: number
      pressurememorysome?: number
      qmpstatus?: string
      serial?: Flag
      spice?: Flag
      status: string
      tags?: string
      template?: Flag
      uptime?: number
      vmid: number
    }
  }
  'GET /nodes/{node}/qemu/{vmid}/rrddata': {
    params: {
      cf?: 'AVERAGE' | 'MAX'
      node: string
      timeframe: 'hour' | 'day' | 'week' | 'month' | 'year'
      vmid: number
    }
    returns: {
    time: number
    cpu?: number | null
    maxcpu?: number | null
    mem?: number | null
    maxmem?: number | null
    netin?: number | null
    netout?: number | null
    diskread?: number | null
    diskwrite?: number | null
  }[]
  }
  'POST /nodes/{node}/qemu/{vmid}/status/start': {
    params: {
      'force-cpu'?: string
      'nets-host-mtu'?: string
      'with-conntrack-state'?: boolean
      machine?: string
      migratedfrom?: string
      migration_network?: string
      migration_type?: 'secure' | 'insecure'
      node: string
      skiplock?: boolean
      stateuri?: string
      targetstorage?: string
      timeout?: number
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/stop': {
    params: {
      'overrule-shutdown'?: boolean
      keepActive?: boolean
      migratedfrom?: string
      node: string
      skiplock?: boolean
      timeout?: number
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/shutdown': {
    params: {
      forceStop?: boolean
      keepActive?: boolean
      node: string
      skiplock?: boolean
      timeout?: number
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/reboot': {
    params: {
      node: string
      timeout?: number
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/reset': {
    params: {
      node: string
      skiplock?: boolean
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/suspend': {
    params: {
      node: string
      skiplock?: boolean
      statestorage?: string
      todisk?: boolean
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/status/resume': {
    params: {
      nocheck?: boolean
      node: string
      skiplock?: boolean
      vmid: number
    }
    returns: string
  }
  'GET /nodes/{node}/qemu/{vmid}/cloudinit': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      delete?: number
      key: string
      new?: string
      old?: string
      pending?: string
      value?: string
    }[]
  }
  'PUT /nodes/{node}/qemu/{vmid}/cloudinit': {
    params: {
      node: string
      vmid: number
    }
    returns: null
  }
  'GET /nodes/{node}/qemu/{vmid}/cloudinit/dump': {
    params: {
      node: string
      type: 'user' | 'network' | 'meta'
      vmid: number
    }
    returns: string
  }
  'GET /nodes/{node}/qemu/{vmid}/snapshot': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      description: string
      digest?: string
      name: string
      parent?: string
      running?: Flag
      snaptime?: number
      vmstate?: Flag
    }[]
  }
  'POST /nodes/{node}/qemu/{vmid}/snapshot': {
    params: {
      description?: string
      node: string
      snapname: string
      vmid: number
      vmstate?: boolean
    }
    returns: string
  }
  'DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}': {
    params: {
      force?: boolean
      node: string
      snapname: string
      vmid: number
    }
    returns: string
  }
  'GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config': {
    params: {
      node: string
      snapname: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback': {
    params: {
      node: string
      snapname: string
      start?: boolean
      vmid: number
    }
    returns: string
  }
  'POST /nodes/{node}/qemu/{vmid}/agent/ping': {
    params: {
      node: string
      vmid: number
    }
    returns: { result: { [key: string]: unknown } | AgentError }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces': {
    params: {
      node: string
      vmid: number
    }
    returns: { result: AgentInterface[] | AgentError }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-osinfo': {
    params: {
      node: string
      vmid: number
    }
    returns: { result: AgentOsInfo | AgentError }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-host-name': {
    params: {
      node: string
      vmid: number
    }
    returns: { result: { 'host-name': string } | AgentError }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/file-read': {
    params: {
      count?: number
      decode?: boolean
      file: string
      node: string
      offset?: number
      vmid: number
    }
    returns: {
      'bytes-read'?: number
      content: string
      truncated?: Flag
    }
  }
  'POST /nodes/{node}/qemu/{vmid}/vncproxy': {
    params: {
      'generate-password'?: boolean
      node: string
      vmid: number
      websocket?: boolean
    }
    returns: { port: string | number; ticket: string; user: string; upid: string; cert?: string; password?: string }
  }
  'POST /nodes/{node}/qemu/{vmid}/termproxy': {
    params: {
      node: string
      serial?: 'serial0' | 'serial1' | 'serial2' | 'serial3'
      vmid: number
    }
    returns: { port: string | number; ticket: string; user: string; upid: string }
  }
  'GET /nodes/{node}/qemu/{vmid}/vncwebsocket': {
    params: {
      node: string
      port: number
      vmid: number
      vncticket: string
    }
    returns: {
      port: string
    }
  }
  'POST /nodes/{node}/qemu/{vmid}/agent/exec': {
    params: {
      'input-data'?: string
      command?: string | string[]
      node: string
      vmid: number
    }
    returns: {
      pid: number
    }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/exec-status': {
    params: {
      node: string
      pid: number
      vmid: number
    }
    returns: {
      'err-data'?: string
      'err-truncated'?: Flag
      'out-data'?: string
      'out-truncated'?: Flag
      exitcode?: number
      exited: Flag
      signal?: number
    }
  }
  'GET /access': {
    params: {}
    returns: {
      subdir: string
    }[]
  }
  'GET /access/ticket': {
    params: {}
    returns: null
  }
  'GET /access/domains/{realm}': {
    params: {
      realm: string
    }
    returns: unknown
  }
  'GET /access/tfa': {
    params: {}
    returns: {
      'tfa-locked-until'?: number
      'totp-locked'?: Flag
      entries: {
        created: number
        description: string
        enable?: Flag
        id: string
        type: string
      }[]
      userid: string
    }[]
  }
  'PUT /access/password': {
    params: {
      'confirmation-password'?: string
      password: string
      userid: string
    }
    returns: null
  }
  'POST /access/users': {
    params: {
      comment?: string
      email?: string
      enable?: boolean
      expire?: number
      firstname?: string
      groups?: string
      keys?: string
      lastname?: string
      password?: string
      userid: string
    }
    returns: null
  }
  'DELETE /access/users/{userid}': {
    params: {
      userid: string
    }
    returns: null
  }
  'POST /access/roles': {
    params: {
      privs?: string
      roleid: string
    }
    returns: null
  }
  'GET /access/roles/{roleid}': {
    params: {
      roleid: string
    }
    returns: {
      'Datastore.Allocate'?: Flag
      'Datastore.AllocateSpace'?: Flag
      'Datastore.AllocateTemplate'?: Flag
      'Datastore.Audit'?: Flag
      'Group.Allocate'?: Flag
      'Mapping.Audit'?: Flag
      'Mapping.Modify'?: Flag
      'Mapping.Use'?: Flag
      'Permissions.Modify'?: Flag
      'Pool.Allocate'?: Flag
      'Pool.Audit'?: Flag
      'Realm.Allocate'?: Flag
      'Realm.AllocateUser'?: Flag
      'SDN.Allocate'?: Flag
      'SDN.Audit'?: Flag
      'SDN.Use'?: Flag
      'Sys.AccessNetwork'?: Flag
      'Sys.Audit'?: Flag
      'Sys.Console'?: Flag
      'Sys.Incoming'?: Flag
      'Sys.Modify'?: Flag
      'Sys.PowerMgmt'?: Flag
      'Sys.Syslog'?: Flag
      'User.Modify'?: Flag
      'VM.Allocate'?: Flag
      'VM.Audit'?: Flag
      'VM.Backup'?: Flag
      'VM.Clone'?: Flag
      'VM.Config.CDROM'?: Flag
      'VM.Config.CPU'?: Flag
      'VM.Config.Cloudinit'?: Flag
      'VM.Config.Disk'?: Flag
      'VM.Config.HWType'?: Flag
      'VM.Config.Memory'?: Flag
      'VM.Config.Network'?: Flag
      'VM.Config.Options'?: Flag
      'VM.Console'?: Flag
      'VM.GuestAgent.Audit'?: Flag
      'VM.GuestAgent.FileRead'?: Flag
      'VM.GuestAgent.FileSystemMgmt'?: Flag
      'VM.GuestAgent.FileWrite'?: Flag
      'VM.GuestAgent.Unrestricted'?: Flag
      'VM.Migrate'?: Flag
      'VM.Monitor'?: Flag
      'VM.PowerMgmt'?: Flag
      'VM.Replicate'?: Flag
      'VM.Snapshot'?: Flag
      'VM.Snapshot.Rollback'?: Flag
    }
  }
  'PUT /access/roles/{roleid}': {
    params: {
      append?: boolean
      privs?: string
      roleid: string
    }
    returns: null
  }
  'DELETE /access/roles/{roleid}': {
    params: {
      roleid: string
    }
    returns: null
  }
  'PUT /cluster/options': {
    params: {
      'consent-text'?: string
      'next-id'?: string
      'registered-tags'?: string
      'tag-style'?: string
      'user-tag-access'?: string
      bwlimit?: string
      console?: 'applet' | 'vv' | 'html5' | 'xtermjs'
      crs?: string
      delete?: string
      description?: string
      email_from?: string
      fencing?: 'watchdog' | 'hardware' | 'both'
      ha?: string
      http_proxy?: string
      keyboard?: 'de' | 'de-ch' | 'da' | 'en-gb' | 'en-us' | 'es' | 'fi' | 'fr' | 'fr-be' | 'fr-ca' | 'fr-ch' | 'hu' | 'is' | 'it' | 'ja' | 'lt' | 'mk' | 'nl' | 'no' | 'pl' | 'pt' | 'pt-br' | 'sv' | 'sl' | 'tr'
      language?: 'ca' | 'da' | 'de' | 'en' | 'es' | 'eu' | 'fa' | 'fr' | 'he' | 'it' | 'ja' | 'nb' | 'nn' | 'pl' | 'pt_BR' | 'ru' | 'sl' | 'sv' | 'tr' | 'zh_CN' | 'zh_TW' | 'ar' | 'hr' | 'ka' | 'kr' | 'nl' | 'ukr'
      location?: string
      mac_prefix?: string
      max_workers?: number
      migration?: string
      migration_unsecure?: boolean
      notify?: string
      replication?: string
      u2f?: string
      webauthn?: string
    }
    returns: null
  }
  'POST /pools': {
    params: {
      comment?: string
      poolid: string
    }
    returns: null
  }
  'PUT /pools': {
    params: {
      'allow-move'?: boolean
      comment?: string
      delete?: boolean
      poolid: string
      storage?: string
      vms?: string
    }
    returns: null
  }
  'DELETE /pools': {
    params: {
      poolid: string
    }
    returns: null
  }
  'PUT /pools/{poolid}': {
    params: {
      'allow-move'?: boolean
      comment?: string
      delete?: boolean
      poolid: string
      storage?: string
      vms?: string
    }
    returns: null
  }
  'DELETE /pools/{poolid}': {
    params: {
      poolid: string
    }
    returns: null
  }
  'POST /storage': {
    params: {
      'content-dirs'?: string
      'create-base-path'?: boolean
      'create-subdirs'?: boolean
      'data-pool'?: string
      'encryption-key'?: string
      'fs-name'?: string
      'master-pubkey'?: string
      'max-protected-backups'?: number
      'prune-backups'?: string
      'saferemove-stepsize'?: '1' | '2' | '4' | '8' | '16' | '32'
      'skip-cert-verification'?: boolean
      'snapshot-as-volume-chain'?: boolean
      'zfs-base-path'?: string
      authsupported?: string
      base?: string
      blocksize?: string
      bwlimit?: string
      comstar_hg?: string
      comstar_tg?: string
      content?: string
      datastore?: string
      disable?: boolean
      domain?: string
      export?: string
      fingerprint?: string
      format?: string
      fuse?: boolean
      is_mountpoint?: string
      iscsiprovider?: string
      keyring?: string
      krbd?: boolean
      lio_tpg?: string
      maxfiles?: number
      mkdir?: boolean
      monhost?: string
      mountpoint?: string
      namespace?: string
      nocow?: boolean
      nodes?: string
      nowritecache?: boolean
      options?: string
      password?: string
      path?: string
      pool?: string
      port?: number
      portal?: string
      preallocation?: 'off' | 'metadata' | 'falloc' | 'full'
      saferemove?: boolean
      saferemove_throughput?: string
      server2?: string
      server?: string
      share?: string
      shared?: boolean
      smbversion?: 'default' | '2.0' | '2.1' | '3' | '3.0' | '3.11'
      sparse?: boolean
      storage: string
      subdir?: string
      tagged_only?: boolean
      target?: string
      thinpool?: string
      transport?: 'tcp' | 'rdma' | 'unix'
      type: 'btrfs' | 'cephfs' | 'cifs' | 'dir' | 'glusterfs' | 'iscsi' | 'iscsidirect' | 'lvm' | 'lvmthin' | 'nfs' | 'pbs' | 'rbd' | 'zfs' | 'zfspool' | 'esxi'
      username?: string
      vgname?: string
      volume?: string
    }
    returns: {
      config?: {
        'encryption-key'?: string
      }
      storage: string
      type: string
    }
  }
  'POST /nodes/{node}/storage/{storage}/content': {
    params: {
      filename: string
      format?: 'raw' | 'qcow2' | 'subvol' | 'vmdk'
      node: string
      size: string
      storage: string
      vmid: number
    }
    returns: string
  }
  'GET /storage/{storage}': {
    params: {
      storage: string
    }
    returns: { [key: string]: unknown }
  }
  'DELETE /storage/{storage}': {
    params: {
      storage: string
    }
    returns: null
  }
  'GET /nodes/{node}': {
    params: {
      node: string
    }
    returns: { [key: string]: unknown }[]
  }
  'GET /nodes/{node}/version': {
    params: {
      node: string
    }
    returns: {
      release: string
      repoid: string
      version: string
    }
  }
  'GET /nodes/{node}/lxc': {
    params: {
      node: string
    }
    returns: {
      cpu?: number
      cpus?: number
      disk?: number
      diskread?: number
      diskwrite?: number
      lock?: string
      maxdisk?: number
      maxmem?: number
      maxswap?: number
      mem?: number
      name?: string
      netin?: number
      netout?: number
      pressurecpusome?: number
      pressureiofull?: number
      pressureiosome?: number
      pressurememoryfull?: number
      pressurememorysome?: number
      status: string
      tags?: string
      template?: Flag
      uptime?: number
      vmid: number
    }[]
  }
  'GET /nodes/{node}/tasks/{upid}': {
    params: {
      node: string
      upid: string
    }
    returns: { [key: string]: unknown }[]
  }
  'GET /nodes/{node}/qemu/{vmid}': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      subdir: string
    }[]
  }
  'GET /nodes/{node}/qemu/{vmid}/status': {
    params: {
      node: string
      vmid: number
    }
    returns: {
      subdir: string
    }[]
  }
  'PUT /nodes/{node}/qemu/{vmid}/unlink': {
    params: {
      force?: boolean
      idlist: string
      node: string
      vmid: number
    }
    returns: null
  }
  'GET /nodes/{node}/qemu/{vmid}/agent': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }[]
  }
  'POST /nodes/{node}/qemu/{vmid}/agent': {
    params: {
      command: 'fsfreeze-freeze' | 'fsfreeze-status' | 'fsfreeze-thaw' | 'fstrim' | 'get-fsinfo' | 'get-host-name' | 'get-memory-block-info' | 'get-memory-blocks' | 'get-osinfo' | 'get-time' | 'get-timezone' | 'get-users' | 'get-vcpus' | 'info' | 'network-get-interfaces' | 'ping' | 'shutdown' | 'suspend-disk' | 'suspend-hybrid' | 'suspend-ram'
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/info': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-fsinfo': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-memory-block-info': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-memory-blocks': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-time': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-timezone': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-users': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'GET /nodes/{node}/qemu/{vmid}/agent/get-vcpus': {
    params: {
      node: string
      vmid: number
    }
    returns: { [key: string]: unknown }
  }
  'POST /nodes/{node}/qemu/{vmid}/agent/file-write': {
    params: {
      content: string
      encode?: boolean
      file: string
      node: string
      vmid: number
    }
    returns: null
  }
}
