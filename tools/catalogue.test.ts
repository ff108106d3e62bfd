/** Everything in our catalogue can be downloaded in the demo, and what is an image there boots. */
import { expect, test } from 'vitest'
import { catalogue } from '../core/src/catalogue.ts'
import { imageByFileName, images } from '../simulator/src/guests/images.ts'
import { mediaOf } from '../simulator/src/install/media.ts'
import { lookUp } from '../simulator/src/internet/internet.ts'
import { demoWorld } from '../simulator/src/worlds/demo.ts'

const world = demoWorld()

test.for(catalogue)('$name is on the simulated internet', ({ url, kind, fileName }) => {
  expect(lookUp({ world }, url)).toMatchObject({ kind: 'file', file: { url } })
  const volume = { storage: 'local', content: 'iso', format: 'iso', sizeBytes: 1, usedBytes: 1 }
  const found =
    kind === 'image'
      ? images[imageByFileName(fileName) ?? '']
      : mediaOf({ ...volume, name: `iso/${fileName}`, createdAt: 0 })
  expect(found).toMatchObject(kind === 'drivers' ? { kind: 'drivers' } : {})
})
