/** The sizes that the deploy page offers; a request carries their figures, not their names. */

export const sizes = [
  { id: 'small', title: 'Small', cores: 1, memoryMiB: 2048 },
  { id: 'medium', title: 'Medium', cores: 2, memoryMiB: 4096 },
  { id: 'large', title: 'Large', cores: 4, memoryMiB: 8192 },
  { id: 'x-large', title: 'X-Large', cores: 8, memoryMiB: 16_384 },
] as const

export type Size = (typeof sizes)[number]
