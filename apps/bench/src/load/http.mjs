/** A request of a Nest application's one route. */
export const http = {
  request: Buffer.from('GET /picks/7 HTTP/1.1\r\nhost: 127.0.0.1\r\nx-request-id: bench-0123456789\r\n\r\n'),
  /** Whether the answer is the one wanted; undefined while it is not complete. */
  readAnswer(text, status = 200) {
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) return undefined
    const length = status === 101 ? 0 : Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`no length: ${text}`)
    return text.length < head + 4 + length ? undefined : { ok: text.startsWith(`HTTP/1.1 ${status}`) }
  },
}
