import { describe, expect, it } from 'vitest'
import { createTokenCheck, parseToken } from './tokens.ts'

describe('parseToken', () => {
  it.each([
    ['PVEAPIToken=root@pam!ci=1234-abcd', 'root@pam!ci', '1234-abcd'],
    ['PVEAPIToken root@pam!ci=1234', 'root@pam!ci', '1234'],
    ['PVEAPIToken=mira@lab.example@ad!ci-1.x=a=b', 'mira@lab.example@ad!ci-1.x', 'a=b'],
  ])('reads %s', (header, tokenId, secret) => {
    expect(parseToken(header)).toEqual({ kind: 'token', tokenId, secret })
  })

  it.each([
    '',
    'Bearer abc',
    'PVEAPIToken=root@pam=1234',
    'PVEAPIToken=root!ci=12',
    'PVEAPIToken=root@pam!ci=',
    'pveapitoken=root@pam!ci=1',
  ])('refuses %j', (header) => {
    expect(parseToken(header)).toBeNull()
  })
})

describe('createTokenCheck', () => {
  const token = { kind: 'token', tokenId: 'root@pam!ci', secret: 'right' } as const

  it('asks Proxmox once for a good token', async () => {
    let asked = 0
    const check = createTokenCheck(async () => {
      asked += 1
    })
    await check(token)
    await check(token)
    expect(asked).toBe(1)
  })

  it('asks again for a refused token, and for the same token with another secret', async () => {
    const asked: string[] = []
    const check = createTokenCheck(async ({ secret }) => {
      asked.push(secret)
      if (secret !== 'right') throw new Error('401')
    })
    await check(token)
    for (let turn = 0; turn < 2; turn += 1)
      await expect(check({ ...token, secret: 'wrong' })).rejects.toThrow('401')
    expect(asked).toEqual(['right', 'wrong', 'wrong'])
  })
})
