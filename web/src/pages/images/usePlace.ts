import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ImageContent, type ImageTarget, targetsQuery } from '../../api/images.ts'
import { targetKey, targetsFor, type Way } from './targets.ts'

/** Where a file may go, and where it goes: what was chosen, or else the first that takes it. */
export const usePlace = (content: ImageContent, way: Way) => {
  const query = useQuery(targetsQuery)
  // By its key: what is free changes, and with it the object.
  const [chosen, setChosen] = useState<string | null>(null)
  const targets = targetsFor(query.data ?? [], content, way)
  const target: ImageTarget | undefined =
    targets.find((each) => targetKey(each) === chosen) ?? targets.find((each) => each[way] === null)
  const choose = (next: ImageTarget) => setChosen(targetKey(next))
  return { query, way, targets, target, choose }
}

export type Place = ReturnType<typeof usePlace>
