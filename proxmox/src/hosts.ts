/** `pve1`, `pve1:8006`, `10.0.0.1`, `[fd00::1]:8006`, `fd00::1`, also with `https://` in front. */
export type Host = {
  name: string
  port: number
  /** As it is shown and as it stands in a URL. */
  label: string
}

const defaultPort = 8006

/** Reads a host as people write it; throws with the text where it is none. */
export const parseHost = (text: string): Host => {
  const bare = text
    .trim()
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
  const bracketed = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare) ? `[${bare}]` : bare
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/i.exec(bracketed)
  const url = match && URL.parse(`https://${bracketed}`)
  const port = Number(match?.[2] ?? defaultPort)
  if (!match?.[1] || !url || port < 1 || port > 65_535)
    throw new Error(`not a host, or host:port: "${text}"`)
  const name = match[1].toLowerCase()
  return { name, port, label: `${name}:${port}` }
}
