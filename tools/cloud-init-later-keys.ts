/** Keys of cloud-config that the schema of Debian 12's cloud-init (22.4) does not list. Written after its documentation. */
import type { JsonType, KeyShape } from '../core/src/cloud-init/key-shape.ts'

const text: KeyShape = { types: ['string'] }
const flag: KeyShape = { types: ['boolean'] }
const anything: KeyShape = {}
const texts: KeyShape = { types: ['array'], items: text }

const of = (...types: JsonType[]): KeyShape => ({ types })

const all = (shape: KeyShape, ...keys: string[]): Record<string, KeyShape> =>
  Object.fromEntries(keys.map((key) => [key, shape]))

/** Keys of cloud-init itself, which belong to no module and are not in that schema. */
export const baseKeys: KeyShape = {
  types: ['object'],
  keys: {
    ...all(
      anything,
      'cloud_config_modules',
      'cloud_final_modules',
      'cloud_init_modules',
      'datasource',
      'datasource_list',
      'def_log_file',
      'launch-index',
      'log_cfgs',
      'logcfg',
      'merge_how',
      'merge_type',
      'network',
      'output',
      'reporting',
      'syslog_fix_perms',
      'system_info',
      'unverified_modules',
      'updates',
      'vendor_data',
      'vendor_data2',
    ),
    ...all(flag, 'allow_userdata', 'manual_cache_clean', 'no_ssh_fingerprints'),
  },
}

/** Added or spelled anew by releases up to 25. */
export const laterKeys: KeyShape = {
  types: ['object'],
  keys: {
    ubuntu_pro: anything,
    autoinstall: anything,
    rpi: anything,
    create_hostname_file: flag,
    packages: {
      types: ['array'],
      items: {
        types: ['array', 'object', 'string'],
        keys: all({ types: ['array'], items: of('array', 'string') }, 'apt', 'snap'),
      },
    },
    users: { items: { types: ['object'], keys: laterUserKeys() } },
    user: { keys: laterUserKeys() },
    write_files: {
      types: ['array'],
      items: {
        types: ['object'],
        keys: {
          source: {
            types: ['object'],
            keys: { uri: text, headers: { types: ['object'], others: text } },
          },
        },
      },
    },
    apt: { keys: { conf: text, sources: { others: { keys: { append: flag } } } } },
    ssh: { keys: { emit_keys_to_console: flag } },
    growpart: { keys: { ignore_growroot_disabled: flag } },
    grub_dpkg: { keys: all(text, 'grub-efi/install_devices') },
    phone_home: { keys: { tries: of('integer', 'string') } },
    landscape: { keys: { client: { others: anything } } },
    zypper: { keys: { config: { others: anything } } },
  },
}

function laterUserKeys(): Record<string, KeyShape> {
  return {
    ...all(texts, 'doas', 'ssh-authorized-keys', 'ssh-import-id', 'sudo'),
    ...all(text, 'hashed-passwd', 'plain-text-passwd', 'primary-group', 'selinux-user'),
    ...all(
      flag,
      'create-groups',
      'no-create-home',
      'no-log-init',
      'no-user-group',
      'ssh-redirect-user',
    ),
  }
}
