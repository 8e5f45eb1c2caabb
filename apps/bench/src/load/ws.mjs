const MESSAGE = '{"event":"pick","data":{"hero":42,"slot":3}}'
const TEXT = 0x81
const MASKED = 0x80

/** A message that comes back as it is. */
export const ws = {
  upgrade: [
    'GET /ws/drafts/7 HTTP/1.1',
    'host: 127.0.0.1',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
    'x-request-id: bench-0123456789',
    '\r\n',
  ].join('\r\n'),
  // A mask of zeros leaves the text as it is.
  request: Buffer.concat([Buffer.from([TEXT, MASKED | MESSAGE.length, 0, 0, 0, 0]), Buffer.from(MESSAGE)]),
  readAnswer: (text) => (text.length < 2 + MESSAGE.length ? undefined : { ok: text.slice(2) === MESSAGE }),
}
