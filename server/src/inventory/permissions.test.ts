import { describe, expect, it } from 'vitest'
import { createRights } from './permissions.ts'

/** As Proxmox lists the rights of somebody who may see all, deploy into one pool, and clone one template. */
const operator = {
  '/': { 'VM.Audit': 1 },
  '/access': { 'VM.Audit': 1 },
  '/nodes': { 'VM.Audit': 1 },
  '/pool': { 'VM.Audit': 1 },
  '/pool/lab': { 'VM.Allocate': 1, 'Pool.Audit': 1 },
  '/storage': { 'VM.Audit': 1 },
  '/vms': { 'VM.Audit': 1 },
  '/vms/9000': { 'VM.Audit': 1, 'VM.Clone': 0 },
}

describe('createRights', () => {
  it.each([
    ['on a listed path', '/pool/lab', 'VM.Allocate', true],
    ['on a listed path, not propagating: it counts there', '/vms/9000', 'VM.Clone', true],
    ['inherited from the nearest listed path', '/vms/100', 'VM.Audit', true],
    ['inherited over several levels', '/sdn/zones/localnetwork/vmbr0', 'VM.Audit', false],
    ['an entry replaces what is above it', '/pool/lab', 'VM.Audit', false],
    ['not at all', '/vms/100', 'VM.Clone', false],
    ['a sister with a similar name', '/pool/lab2', 'VM.Allocate', false],
  ])('%s', (_name, path, privilege, held) => {
    const rights = createRights(operator)
    expect(rights.holds(path, privilege)).toBe(held)
    expect(rights.unsure()).toEqual([])
  })

  it('takes a missing top-level path as no rights there, whatever is above', () => {
    const rights = createRights({ '/': { 'VM.Audit': 1 } })
    expect(rights.holds('/vms/100', 'VM.Audit')).toBe(false)
    expect(rights.holds('/mapping/pci/gpu', 'VM.Audit')).toBe(true)
  })

  it('has nothing for somebody without any rights', () => {
    expect(createRights({}).holds('/vms/100', 'VM.Audit')).toBe(false)
  })

  it('is unsure below an entry that does not propagate, until it is told exactly', () => {
    const listed = { '/': { 'VM.Clone': 1 }, '/vms': { 'VM.Audit': 0 } }
    const rights = createRights(listed)
    expect(rights.holds('/vms/9000', 'VM.Clone')).toBe(false)
    expect(rights.unsure()).toEqual(['/vms/9000'])
    // One question is enough for all that inherit from the same place.
    expect(rights.holds('/vms/9001', 'VM.Clone')).toBe(false)
    expect(rights.holds('/vms/9001/deeper', 'VM.Clone')).toBe(false)
    expect(rights.unsure()).toEqual(['/vms/9000'])
    const sure = createRights(listed, { '/vms/9000': { 'VM.Clone': 1 } })
    expect(sure.holds('/vms/9001', 'VM.Clone')).toBe(true)
    expect(sure.holds('/vms/9000', 'VM.Clone')).toBe(true)
    expect(sure.holds('/vms/9000', 'VM.Audit')).toBe(false)
    expect(sure.unsure()).toEqual([])
  })
})
