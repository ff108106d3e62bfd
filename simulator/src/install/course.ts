import type { Installed } from '../world.ts'

/** So long something is to be seen, in simulated seconds. */
export type Stage = { seconds: number; lines: string[] }

/** What a machine shows that starts from a CD, until it waits for somebody, stops, or is installed. */
export type Course = {
  stages: Stage[]
  /** Asked one after the other; each key that says yes goes on to the next. */
  questions?: string[][]
  /** After the last question. */
  afterwards?: Course
  install?: {
    volid: string
    /** The stage in which the disk is first written. */
    writesInStage: number
    image: string
    installed: Installed
    /** The stages end in a system that runs. */
    finishes: boolean
  }
}

/** It ends with a screen that nothing but a reset leads away from. */
export const stopped = (stages: Stage[], lines: string[]): Course => ({
  stages: [...stages, { seconds: 0, lines }],
})
