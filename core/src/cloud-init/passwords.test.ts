import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { deploymentRequestSchema, type DeploymentRequest } from '../request.ts'
import { shownRequestSchema } from '../shown-request.ts'
import {
  answerSecretsOf,
  MASKED,
  takeAdminPasswords,
  withHashedPasswords,
  withMaskedRequest,
} from './passwords.ts'
import { sha512Crypt } from './sha512-crypt.ts'

/** Made with `openssl passwd -6`. */
test.each([
  [
    'geheim',
    'saltstring',
    '$6$saltstring$gUUU7Q1nHUlpW3Td/XNWQNCXldxCtDo4d5k5ezG8jW58.bfdBZvqtBPM1S1LRoM/fG4Mb/ZCXJKbZYUcbur6S0',
  ],
  [
    'Hello world!',
    'saltstringsaltst',
    '$6$saltstringsaltst$e.3mR68CqZEpesEX1HlFZT6sEanSOjM/b5UoDyDo00a8syek2cJldMjrbtKP86.FJvzluVR7nc3DNzelAwTxj.',
  ],
  [
    'ünïcödé €',
    './AZaz09',
    '$6$./AZaz09$OrH4GcN3FRCaa5SdC9LL6TGJseYiA7YO7SwmfJ2AmeHt13ImBIBEkKNwet8VXsQCtQvviVOzRI30hLQZV4gCX1',
  ],
  [
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'abc',
    '$6$abc$SdSBN3d0lsyA3Y2KjUIgEW.PH31dekDJ8QklyjwkRxCY.32ZHs26yDiUHq9GlY/8LBNKmQb3eCMiD/uJ.Ragz0',
  ],
  [
    'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
    'abc',
    '$6$abc$yTrPLLTC.ha.5i6YzhM8.3nid1hRK3w.HdYXc8EPiKd0.Ex0.92Wej4pF2TUw/1HuGAHnFJhaQxB9ch6BGPuq0',
  ],
  [
    'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    'abcdefgh',
    '$6$abcdefgh$V4p9ORR0miCGpCy/m/R2b3wuynCur.q.qiQ8qJvdSOxDB/b27Gnvn11qxUjvWm.lfZPBPAY.pYwd2Vj9uJwos/',
  ],
  [
    'a very much longer text to encrypt.  This one even stretches over morethan one line.',
    'anotherlongsalts',
    '$6$anotherlongsalts$zCB2J77iwc/56nB80mcnR6gCDELuiqcwDzPCm3OZnzRQyxT9pVMJ2vfOf0YI0AvrvfVu.AqASga4nxwhEPO7Z0',
  ],
  [
    'wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww',
    '0123456789abcdef',
    '$6$0123456789abcdef$48i1ryNthiVJVVLi9HwiQUiA1c3P8EMY69AcyavpU4MIbsqY.JWvAboh3zAQFnl.ZArmqL5caXPxekxRE3UBn.',
  ],
])('sha512Crypt(%j, %j)', (password, salt, hash) => {
  expect(sha512Crypt(password, salt)).toBe(hash)
})

test('a salt with other characters is refused', () => {
  expect(() => sha512Crypt('x', 'a$b')).toThrow('a salt consists of')
  expect(() => sha512Crypt('x', '')).toThrow('a salt consists of')
})

const requestOf = (password: string, other: string): DeploymentRequest => ({
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: {
    cores: 2,
    cloudInit: {
      users: [{ name: 'ops', password, sudo: true }, { name: 'guest' }],
      adminPassword: other,
    },
  },
  vms: [
    {
      name: 'a',
      cloudInit: { defaultUser: { password }, users: [{ name: 'b', password: other }] },
    },
    { name: 'b', cloudInit: { defaultUser: 'keep' } },
    { name: 'c' },
  ],
})

const salts = () => {
  let count = 0
  return () => `salt${count++}`
}

test('a stored request has hashes in place of passwords and is otherwise the same', () => {
  const hash = sha512Crypt('one', 'salt0')
  const { defaults, vms } = withHashedPasswords(requestOf('one', 'two'), salts())
  expect(defaults).toEqual({
    cores: 2,
    cloudInit: {
      users: [{ name: 'ops', passwordHash: hash, sudo: true }, { name: 'guest' }],
      adminPassword: 'two',
    },
  })
  expect(vms).toEqual([
    {
      name: 'a',
      cloudInit: {
        defaultUser: { passwordHash: hash },
        users: [{ name: 'b', passwordHash: sha512Crypt('two', 'salt1') }],
      },
    },
    { name: 'b', cloudInit: { defaultUser: 'keep' } },
    { name: 'c' },
  ])
})

test('no plain password is left in what is stored or shown', () => {
  const secret = fc.stringMatching(/^[!-~]{12,40}$/)
  fc.assert(
    fc.property(secret, secret, (password, admin) => {
      const request = requestOf(password, admin)
      const stored = takeAdminPasswords(withHashedPasswords(request, salts())).request
      for (const text of [JSON.stringify(stored), JSON.stringify(withMaskedRequest(request))]) {
        expect(text).not.toContain(JSON.stringify(password).slice(1, -1))
        expect(text).not.toContain(JSON.stringify(admin).slice(1, -1))
      }
    }),
    { numRuns: 20 },
  )
})

test('hashing what is hashed changes nothing', () => {
  const once = withHashedPasswords(requestOf('one', 'two'), salts())
  expect(withHashedPasswords(once, salts())).toEqual(once)
  expect(deploymentRequestSchema.parse(once)).toEqual(once)
})

test('administrator passwords are split off', () => {
  const request = requestOf('one', 'two')
  const taken = takeAdminPasswords(request)
  expect(taken.passwords).toEqual({ 'defaults.cloudInit': 'two' })
  expect(taken.request.defaults?.cloudInit?.adminPassword).toBe(MASKED)
})

const answered = (admin: string, user: string): DeploymentRequest => ({
  source: {
    kind: 'iso',
    volid: 'local:iso/win.iso',
    osType: 'windows-11',
    unattended: {
      edition: { index: 1 },
      administratorPassword: admin,
      productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
      user: { name: 'ops', password: user },
    },
  },
  vms: [{ name: 'win' }],
})

test('what Windows setup is told in secret is split off', () => {
  const request = answered('eins', 'zwei')
  const taken = takeAdminPasswords(request)
  expect(answerSecretsOf(taken.passwords)).toEqual({
    administratorPassword: 'eins',
    'user.password': 'zwei',
    productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
  })
  for (const text of [JSON.stringify(taken.request), JSON.stringify(withMaskedRequest(request))])
    expect(text).not.toMatch(/eins|zwei|AAAAA/)
  expect(shownRequestSchema.parse(taken.request)).toEqual(taken.request)
})

test('masked answers are refused as input', () => {
  const { error } = deploymentRequestSchema.safeParse(withMaskedRequest(answered('eins', 'zwei')))
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([
    'source.unattended.productKey',
    'source.unattended.administratorPassword',
    'source.unattended.user.password',
  ])
})

test('a masked request is refused as input', () => {
  const masked = withMaskedRequest(requestOf('one', 'two'))
  const { error } = deploymentRequestSchema.safeParse(masked)
  expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(
    'defaults.cloudInit.users.0.passwordHash',
  )
})
