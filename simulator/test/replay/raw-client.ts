import { connect, type TLSSocket } from 'node:tls'
import { gunzipSync, inflateSync } from 'node:zlib'

/** An answer as it came over the wire; `undefined` when the connection closed without one. */
export type RawAnswer =
  | { status: number; reason: string; headers: Record<string, string>; body: string }
  | undefined

/** One TLS connection that sends bytes as they are. */
export type RawConnection = {
  send: (bytes: Buffer) => Promise<RawAnswer>
  close: () => void
}

const parseHead = (head: string) => {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const [, status = '0', reason = ''] = /^HTTP\/1\.\d (\d+) ?(.*)$/.exec(statusLine) ?? []
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
    }),
  )
  return { status: Number(status), reason, headers }
}

const decoded = (body: Buffer, encoding: string | undefined) => {
  if (encoding === 'gzip') return gunzipSync(body).toString('utf8')
  if (encoding === 'deflate') return inflateSync(body).toString('utf8')
  return body.toString('utf8')
}

/** The whole answer when it is there: by its length, or when the connection has ended. */
const readAnswer = (received: Buffer, ended: boolean): RawAnswer | 'more' => {
  const at = received.indexOf('\r\n\r\n')
  if (at < 0) return ended ? undefined : 'more'
  const head = parseHead(received.subarray(0, at).toString('latin1'))
  const body = received.subarray(at + 4)
  const length = head.headers['content-length']
  if (length === undefined ? !ended : body.length < Number(length)) return 'more'
  return { ...head, body: decoded(body, head.headers['content-encoding']) }
}

const idle = () => {}

export const openConnection = async (port: number): Promise<RawConnection> => {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false })
  let received = Buffer.alloc(0)
  let ended = false
  let look = idle
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    look()
  })
  for (const event of ['end', 'close', 'error'])
    socket.on(event, () => {
      ended = true
      look()
    })
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
  })
  return {
    close: () => socket.destroy(),
    send: (bytes) =>
      new Promise((resolve) => {
        received = Buffer.alloc(0)
        look = () => {
          const answer = readAnswer(received, ended)
          if (answer === 'more') return
          look = idle
          resolve(answer)
        }
        if (ended) look()
        else socket.write(bytes)
      }),
  }
}
