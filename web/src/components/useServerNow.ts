import { serverTime } from '../api/clock.ts'
import { useNow } from '../ui/useNow.ts'

/** The server's time in milliseconds, new every `everyMs`; null stops it. */
export const useServerNow = (everyMs: number | null): number => serverTime(useNow(everyMs))
