/** Numbers, times and sizes as the product writes them. */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const twoDigits = (value: number) => String(Math.trunc(value)).padStart(2, '0')

/** `4 ms`, `0.9 s`, `41 s`, `1 min 30 s`, `2 h 08 min`, `3 d 4 h`, `3 d`. */
export const formatDuration = (milliseconds: number): string => {
  const ms = Math.max(0, milliseconds)
  if (ms < 95) return `${Math.round(ms)} ms`
  if (ms < 9.95 * SECOND) return `${(ms / SECOND).toFixed(1)} s`
  const seconds = Math.round(ms / SECOND)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.trunc(seconds / 60)} min ${twoDigits(seconds % 60)} s`
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 24 * 60) return `${Math.trunc(minutes / 60)} h ${twoDigits(minutes % 60)} min`
  const hours = Math.round(ms / HOUR)
  const [days, rest] = [Math.trunc(hours / 24), hours % 24]
  return rest === 0 ? `${days} d` : `${days} d ${rest} h`
}

/** A duration that is still counting: whole seconds only, tenths would flicker. */
export const formatElapsed = (milliseconds: number): string => {
  const seconds = Math.max(1, Math.floor(milliseconds / SECOND))
  return seconds < 10 ? `${seconds} s` : formatDuration(seconds * SECOND)
}

/** For columns: `0:47`, `1:22`, `1:02:03`. */
export const formatStopwatch = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND))
  const hours = Math.trunc(seconds / 3600)
  const minutes = Math.trunc((seconds % 3600) / 60)
  return hours > 0
    ? `${hours}:${twoDigits(minutes)}:${twoDigits(seconds % 60)}`
    : `${minutes}:${twoDigits(seconds % 60)}`
}

const clock = (date: Date, seconds: boolean) =>
  `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}${seconds ? `:${twoDigits(date.getSeconds())}` : ''}`

const startOfDay = (date: Date) =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `14:02:09` today, `Yesterday 18:20`, `3 Nov 09:12`, `3 Nov 2025`; in the reader's time zone. */
export const formatTime = (when: Date, now: Date): string => {
  const days = Math.round((startOfDay(now) - startOfDay(when)) / DAY)
  if (days === 0) return clock(when, true)
  if (days === 1) return `Yesterday ${clock(when, false)}`
  const day = `${when.getDate()} ${months[when.getMonth()]}`
  return when.getFullYear() === now.getFullYear()
    ? `${day} ${clock(when, false)}`
    : `${day} ${when.getFullYear()}`
}

/** For tooltips: date and time to the second, with the zone. */
export const formatExactTime = (when: Date): string => {
  const offset = -when.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(Math.abs(offset) / 60)}:${twoDigits(Math.abs(offset) % 60)}`
  return `${when.getFullYear()}-${twoDigits(when.getMonth() + 1)}-${twoDigits(when.getDate())} ${clock(when, true)} UTC${zone}`
}

/** `just now`, `3 s ago`, `4 min ago`, `2 h ago`, `6 d ago`. */
export const formatAgo = (milliseconds: number): string => {
  if (milliseconds < 2 * SECOND) return 'just now'
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s ago`
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min ago`
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h ago`
  return `${Math.floor(milliseconds / DAY)} d ago`
}

/** At most `digits` decimals, without trailing zeros: `1.9`, `12`. */
const trim = (value: number, digits: number) => String(Number(value.toFixed(digits)))

/** `512 MiB`, `4 GiB`, `1.5 GiB`, `2.1 TiB`. */
export const formatMiB = (mebibytes: number): string =>
  mebibytes < 1024 && mebibytes > 0 ? `${trim(mebibytes, 0)} MiB` : formatGiB(mebibytes / 1024)

/** `12 GiB`, `7.6 GiB`, `1.9 TiB`. */
export const formatGiB = (gibibytes: number): string =>
  gibibytes >= 1024
    ? `${trim(gibibytes / 1024, 2)} TiB`
    : `${trim(gibibytes, gibibytes < 100 ? 1 : 0)} GiB`

/** A share from 0 to 1 as `63 %`; never `100 %` before it is done. */
export const formatPercent = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.floor(Math.max(0, share) * 100))} %`

/** `500`, `1,500`. The first `toLocaleString` of a page takes longer than all else that it formats. */
export const formatCount = (count: number): string =>
  String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 VM`, `10 VMs`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
