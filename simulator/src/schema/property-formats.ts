import type { Schema } from './schema.ts'

const text: Schema = { type: 'string', optional: 1 }
const flag: Schema = { type: 'boolean', optional: 1 }
const volume: Schema = { type: 'string', optional: 1, format: 'pve-volume-id' }
const base64: Schema = { type: 'string', optional: 1, pattern: '[A-Za-z0-9+\\/]+={0,2}' }
const cpuFlags =
  'md-clear|pcid|spec-ctrl|ssbd|ibpb|virt-ssbd|amd-ssbd|amd-no-ssb|pdpe1gb|hv-tlbflush|hv-evmcs|aes|nested-virt'

/** Property strings that the API schema names instead of spelling out (qemu-server src/PVE/QemuServer.pm and its modules). */
export const propertyFormats: Record<string, Record<string, Schema>> = {
  'pve-qm-boot': {
    legacy: { type: 'string', optional: 1, default_key: 1, pattern: '[acdn]{1,4}' },
    order: { type: 'string', optional: 1, format: 'pve-qm-bootdev-list' },
  },
  'pve-qm-ipconfig': {
    ip: { type: 'string', optional: 1, format: 'pve-ipv4-config' },
    gw: { type: 'string', optional: 1, format: 'ipv4', requires: 'ip' },
    ip6: { type: 'string', optional: 1, format: 'pve-ipv6-config' },
    gw6: { type: 'string', optional: 1, format: 'ipv6', requires: 'ip6' },
  },
  'pve-qm-cicustom': { meta: volume, network: volume, user: volume, vendor: volume },
  'pve-qm-smbios1': {
    uuid: {
      type: 'string',
      optional: 1,
      pattern: '[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}',
    },
    version: base64,
    serial: base64,
    manufacturer: base64,
    product: base64,
    sku: base64,
    family: base64,
    base64: flag,
  },
  'pve-qm-watchdog': {
    model: { type: 'string', optional: 1, default_key: 1, enum: ['i6300esb', 'ib700'] },
    action: {
      type: 'string',
      optional: 1,
      enum: ['reset', 'shutdown', 'poweroff', 'pause', 'debug', 'none'],
    },
  },
  'pve-qm-rng': {
    source: {
      type: 'string',
      default_key: 1,
      enum: ['/dev/urandom', '/dev/random', '/dev/hwrng'],
    },
    max_bytes: { type: 'integer', optional: 1 },
    period: { type: 'integer', optional: 1 },
  },
  'pve-vm-cpu-conf': {
    cputype: { type: 'string', optional: 1, default_key: 1 },
    flags: {
      type: 'string',
      optional: 1,
      pattern: `[+-](${cpuFlags})(;[+-](${cpuFlags}))*`,
    },
    hidden: flag,
    'hv-vendor-id': text,
    'phys-bits': text,
    'guest-phys-bits': text,
    'reported-model': text,
    level: { type: 'integer', optional: 1 },
  },
}
