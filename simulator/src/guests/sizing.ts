import type { Config } from '../world.ts'

const mebibyte = 2 ** 20

/** `memory` is a number, since 8.1 also `current=...`. */
export const memoryBytesOf = (config: Config): number =>
  Number(/\d+/.exec(config['memory'] ?? '512')?.[0] ?? 512) * mebibyte

export const cpusOf = (config: Config): number =>
  Number(config['vcpus'] ?? Number(config['sockets'] ?? 1) * Number(config['cores'] ?? 1))
