import { useEffect, useState } from 'react'

/** How long typing must rest. */
const REST_MS = 350

/** A text once it has not changed for a moment: for what is asked of the server as one types. */
export const useSettledText = (text: string): string => {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
