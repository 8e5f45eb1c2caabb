import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { PageHead } from '../../src/inject/page.js'
import { watchPage } from '../../src/inject/page-response.js'
import { type Answer, type Call, type Running, serve } from '../support/http.js'

const SNIPPET = '<script>/* the snippet */</script>'
const PAGE = '<html><head><title>ü</title></head><body>grüße</body></html>'
const INJECTED = PAGE.replace('</head>', `${SNIPPET}</head>`)
const MIB = 1024 * 1024

type Handler = (response: ServerResponse, request: IncomingMessage) => void

const running: Running[] = []

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
})

async function ask(
  handler: Handler,
  watched: boolean,
  call?: Call,
  render = (_head: PageHead): string | undefined => SNIPPET,
): Promise<Answer> {
  const server = await serve((request, response) => {
    response.setHeader('Date', 'Sat, 21 Nov 2026 10:00:00 GMT')
    if (watched) watchPage(request, response, render)
    handler(response, request)
  })
  running.push(server)
  return server.get(call)
}

/** What the same handler answers without and with the watch. */
async function both(handler: Handler, call?: Call): Promise<{ plain: Answer; watched: Answer }> {
  return { plain: await ask(handler, false, call), watched: await ask(handler, true, call) }
}

/** All of a response that a client can see. */
function visible({ status, statusMessage, rawHeaders, body, aborted }: Answer): object {
  return { status, statusMessage, rawHeaders, body: body.toString('latin1'), aborted }
}

function html(response: ServerResponse): ServerResponse {
  return response.setHeader('Content-Type', 'text/html; charset=utf-8')
}

/** The ways in which a handler can write the same page. */
const WAYS: [string, Handler][] = [
  ['end with a text', (response) => html(response).end(PAGE)],
  ['end with a buffer', (response) => html(response).end(Buffer.from(PAGE))],
  ['end with a Uint8Array', (response) => html(response).end(new Uint8Array(Buffer.from(PAGE)))],
  ['end with an encoding', (response) => html(response).end(Buffer.from(PAGE).toString('base64'), 'base64')],
  ['end in latin1', (response) => html(response).end(Buffer.from(PAGE).toString('latin1'), 'latin1')],
  [
    'writes of single bytes',
    (response) => {
      html(response)
      for (const byte of Buffer.from(PAGE)) response.write(Buffer.of(byte))
      response.end()
    },
  ],
  [
    'writes and an end with the rest',
    (response) => {
      html(response).write(PAGE.slice(0, 30))
      response.end(PAGE.slice(30), () => undefined)
    },
  ],
  [
    'writes of texts in several encodings',
    (response) => {
      html(response).write(Buffer.from(PAGE.slice(0, 10)).toString('hex'), 'hex')
      response.write(PAGE.slice(10, 32), 'utf8', () => undefined)
      response.write(Buffer.from(PAGE.slice(32)))
      response.end(undefined, () => undefined)
    },
  ],
  [
    'writeHead with an object',
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE),
  ],
  [
    'writeHead with a reason and its length',
    (response) =>
      response
        .writeHead(200, 'Fine', { 'Content-Type': 'text/html', 'CONTENT-LENGTH': Buffer.byteLength(PAGE) })
        .end(PAGE),
  ],
  [
    'writeHead with a list',
    (response) =>
      response
        .writeHead(200, [
          'Content-Type',
          'text/html',
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'b=2',
          'Content-Length',
          String(Buffer.byteLength(PAGE)),
        ])
        .end(PAGE),
  ],
  [
    'writeHead over headers that were set',
    (response) => {
      html(response).setHeader('Content-Length', 5)
      response.writeHead(200, { 'content-length': Buffer.byteLength(PAGE), etag: '"old"' })
      response.end(PAGE)
    },
  ],
  [
    'a pipe',
    (response) =>
      void Readable.from([PAGE.slice(0, 33), PAGE.slice(33)].map((one) => Buffer.from(one))).pipe(
        html(response),
      ),
  ],
  ['a pipeline', (response) => void pipeline(Readable.from([Buffer.from(PAGE)]), html(response))],
  [
    'pieces with pauses',
    (response) => {
      html(response).write(PAGE.slice(0, 20))
      setTimeout(() => response.write(PAGE.slice(20, 40)), 5)
      setTimeout(() => response.end(PAGE.slice(40)), 10)
    },
  ],
]

describe('a page', () => {
  it.each(WAYS)('gets the snippet when it is written by %s', async (_way, handler) => {
    const { plain, watched } = await both(handler)

    expect(plain.text).toBe(PAGE)
    expect(watched.text).toBe(INJECTED)
    expect(watched.status).toBe(plain.status)
    expect(watched.statusMessage).toBe(plain.statusMessage)
    expect(watched.headers['set-cookie']).toEqual(plain.headers['set-cookie'])
    expect(watched.headers['transfer-encoding']).toBe(plain.headers['transfer-encoding'])
    const length = plain.headers['content-length']
    expect(watched.headers['content-length']).toBe(
      length === undefined ? undefined : String(Number(length) + SNIPPET.length),
    )
  })

  it('gets it in any encoding that has the letters of ASCII', async () => {
    const page = Buffer.from('<html><head><title>\xfc</title></head></html>', 'latin1')
    const { body } = await ask(
      (response) => response.setHeader('Content-Type', 'text/html; charset=iso-8859-1').end(page),
      true,
    )
    expect(body).toEqual(
      Buffer.from(page.toString('latin1').replace('</head>', `${SNIPPET}</head>`), 'latin1'),
    )
  })

  it('gets a head that speaks of what is sent', async () => {
    const { headers, body } = await ask((response) => {
      html(response).setHeader('ETag', '"before"')
      response.setHeader('Last-Modified', 'Fri, 20 Nov 2026 10:00:00 GMT')
      response.setHeader('Content-MD5', 'x')
      response.setHeader('Set-Cookie', ['a=1', 'b=2'])
      response.setHeader('X-Other', 'kept')
      response.end(PAGE)
    }, true)

    expect(headers.etag).toMatch(/^W\/"[\w-]{27}"$/)
    expect(headers).toMatchObject({
      'set-cookie': ['a=1', 'b=2'],
      'x-other': 'kept',
      'content-length': String(body.length),
    })
    expect(headers).not.toHaveProperty('last-modified')
    expect(headers).not.toHaveProperty('content-md5')
  })

  it('has another tag when the snippet is another', async () => {
    const handler: Handler = (response) => html(response).setHeader('ETag', '"1"').end(PAGE)
    const tags = []
    for (const snippet of ['<script>1</script>', '<script>1</script>', '<script>2</script>']) {
      tags.push((await ask(handler, true, {}, () => snippet)).headers.etag)
    }
    expect(tags[0]).toBe(tags[1])
    expect(tags[0]).not.toBe(tags[2])
  })

  it('is injected once, however often it is watched', async () => {
    const { text } = await ask((response, request) => {
      watchPage(request, response, () => SNIPPET)
      html(response).end(PAGE)
    }, true)
    expect(text).toBe(INJECTED)
  })

  it('gets it over HTTP/2', async () => {
    const server = createHttp2Server((request, response) => {
      watchPage(request as never, response as never, () => SNIPPET)
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(PAGE) })
      response.write(PAGE.slice(0, 20))
      response.end(PAGE.slice(20))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = session.request({ ':path': '/' })
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    session.close()
    server.close()

    expect(Buffer.concat(chunks).toString()).toBe(INJECTED)
  })
})

const withType = (type: string, handler: Handler): Handler => {
  return (response, request) => {
    response.setHeader('Content-Type', type)
    handler(response, request)
  }
}

/** What is no page, or not one to be touched. */
const OTHERS: [string, Handler, Call?][] = [
  ['JSON', withType('application/json', (response) => response.end(JSON.stringify(PAGE)))],
  ['XHTML', withType('application/xhtml+xml', (response) => response.end(PAGE))],
  ['a type that only begins alike', withType('text/html5', (response) => response.end(PAGE))],
  ['no type', (response) => response.end(PAGE)],
  ['the answer to HEAD', withType('text/html', (response) => response.end(PAGE)), { method: 'HEAD' }],
  ['204', withType('text/html', (response) => response.writeHead(204).end())],
  ['304 with a tag', withType('text/html', (response) => response.writeHead(304, { etag: '"1"' }).end())],
  [
    'a part of a page',
    withType('text/html', (response) =>
      response.writeHead(206, { 'content-range': 'bytes 0-9/99' }).end(PAGE),
    ),
  ],
  [
    'what is encoded',
    withType('text/html', (response) => response.setHeader('Content-Encoding', 'br').end(PAGE)),
  ],
  [
    'a download',
    withType('text/html', (response) =>
      response.setHeader('Content-Disposition', 'attachment; filename="a.html"').end(PAGE),
    ),
  ],
  ['a page without a head', withType('text/html', (response) => response.end('<p>hi</p>'))],
  [
    'a page that starts PostHog',
    withType('text/html', (response) => response.end(`${PAGE}<script>posthog.init('x')</script>`)),
  ],
  ['an empty page', withType('text/html', (response) => response.end())],
  ['a page in UTF-16', withType('text/html; charset=utf-16le', (response) => response.end(PAGE, 'utf16le'))],
  [
    'a page without a head in pieces, with all of its head',
    (response) => {
      response.writeHead(201, 'Made', { 'Content-Type': 'text/html', ETag: '"1"', 'Content-Length': 9 })
      response.write('<p>hi')
      response.write('')
      response.end('</p>')
    },
  ],
  [
    'a page without a head, by a list',
    (response) => {
      html(response).write('<p>')
      response.statusCode = 500
      response.end('x')
    },
  ],
  [
    'a page of more than 4 MiB at once',
    withType('text/html', (response) => response.end(`<head></head>${'x'.repeat(4 * MIB)}`)),
  ],
  [
    'a page of more than 4 MiB in pieces',
    withType('text/html', (response) => {
      response.write('<head></head>')
      for (let piece = 0; piece < 5; piece++) response.write('x'.repeat(MIB))
      response.end('the end')
    }),
  ],
  [
    'a page that says that it is larger than 4 MiB',
    withType('text/html', (response) => {
      response.setHeader('Content-Length', 5 * MIB)
      for (let piece = 0; piece < 5; piece++) response.write(Buffer.alloc(MIB, '<head></head>x'))
      response.end()
    }),
  ],
  [
    'a page of very many pieces',
    withType('text/html', (response) => {
      response.write('<head></head>')
      for (let piece = 0; piece < 20_000; piece++) response.write('x')
      response.end()
    }),
  ],
  [
    'a page whose head is flushed first',
    withType('text/html', (response) => {
      response.flushHeaders()
      response.end(PAGE)
    }),
  ],
]

describe('anything else', () => {
  // One with fewer members would have the test wait for a callback.
  it.each(OTHERS.map(([name, handler, call = {}]) => [name, handler, call] as const))(
    'goes through as it is: %s',
    async (_name, handler, call) => {
      const { plain, watched } = await both(handler, call)
      expect(visible(watched)).toEqual(visible(plain))
    },
  )

  it.each([
    [
      'throws',
      (): never => {
        throw new Error('no snippet')
      },
    ],
    ['has nothing', () => undefined],
  ])('goes through when the snippet %s', async (_name, render) => {
    for (const [, handler] of WAYS) {
      const plain = await ask(handler, false)
      expect(visible(await ask(handler, true, {}, render))).toEqual(visible(plain))
    }
  })

  it('streams what streams, and does not wait for its end', async () => {
    // It ends when its client has its beginning: waited for, it would never end.
    let end = (): void => undefined
    const { text } = await ask(
      (response) => {
        response.setHeader('Content-Type', 'text/event-stream')
        response.write('data: 1\n\n')
        end = () => void response.end('data: 2\n\n')
      },
      true,
      { onPiece: () => end() },
    )
    expect(text).toBe('data: 1\n\ndata: 2\n\n')
  })
})

describe('a page that streams', () => {
  it('is given on with the snippet long before it ends', async () => {
    let end = (): void => undefined
    const { text, headers } = await ask(
      (response) => {
        html(response).setHeader('ETag', '"1"')
        response.write(PAGE)
        end = () => void response.end('<p>late</p>')
      },
      true,
      { onPiece: () => end() },
    )
    expect(text).toBe(`${INJECTED}<p>late</p>`)
    // Of a page that is not known to its end there is no tag.
    expect(headers).not.toHaveProperty('etag')
  })

  it('is given on at once when it is flushed', async () => {
    const { text } = await ask((response) => {
      Object.assign(response, { flush: () => undefined })
      html(response).write(PAGE)
      ;(response as unknown as { flush(): void }).flush()
      setTimeout(() => response.end(), 5)
    }, true)
    expect(text).toBe(INJECTED)
  })

  it('is not left hanging when its client goes away', async () => {
    let responded: ServerResponse | undefined
    const server = await serve((request, response) => {
      watchPage(request, response, () => SNIPPET)
      responded = html(response)
      response.write('<html><head>')
      request.socket.destroy()
    })
    running.push(server)
    await expect(server.get()).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(responded?.destroyed).toBe(true)
  })
})

describe('the host', () => {
  it('sees of a held page what it would see without', async () => {
    const seen: unknown[] = []
    const note = (response: ServerResponse): void => {
      let refused: unknown
      try {
        response.setHeader('X-Late', '1')
      } catch (error) {
        refused = (error as NodeJS.ErrnoException).code
      }
      seen.push([response.headersSent, refused, response.statusCode])
    }
    const { plain, watched } = await both((response) => {
      html(response)
      response.statusCode = 202
      response.write('<html><head>')
      response.statusCode = 500
      note(response)
      response.end('</head></html>')
    })

    expect(seen[1]).toEqual(seen[0])
    expect([plain.status, watched.status]).toEqual([202, 202])
  })

  it('gets the errors that it would get', async () => {
    const attempts: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(99),
      (response) => response.writeHead(200, { 'content-type': 'text/html', 'bad header': 'x' }),
      (response) => response.writeHead(200, { 'content-type': 'text/html', 'x-bad': 'a\nb' }),
      (response) => void html(response).write(null),
      (response) => void html(response).write(5),
      (response) => void html(response).end({} as never),
      (response) => void html(response).write('x', 'no-encoding' as never),
      (response) => {
        html(response).write('<head>')
        response.writeHead(200)
      },
    ]
    for (const attempt of attempts) {
      const codes: unknown[] = []
      const handler: Handler = (response) => {
        try {
          attempt(response)
          codes.push(undefined)
        } catch (error) {
          codes.push((error as NodeJS.ErrnoException).code)
        }
        response.destroy()
      }
      for (const watched of [false, true]) await ask(handler, watched).catch(() => undefined)
      expect(codes[0]).toMatch(/^ERR_/)
      expect(codes[1]).toEqual(codes[0])
    }
  })

  it('runs what it put off: finish handlers, callbacks, and work after the end', async () => {
    const ran: string[] = []
    await ask((response) => {
      response.on('finish', () => ran.push('finish'))
      response.on('close', () => ran.push('close'))
      html(response).write('<html><head>', () => ran.push('first'))
      response.write('</head>', 'utf8', () => ran.push('second'))
      response.end('</html>', () => ran.push('end'))
      setImmediate(() => ran.push('immediate'))
    }, true)
    while (!ran.includes('close')) await new Promise((resolve) => setTimeout(resolve, 2))
    expect(ran.toSorted()).toEqual(['close', 'end', 'finish', 'first', 'immediate', 'second'])
  })

  it('sends what it has when it breaks a page off', async () => {
    const { text, aborted } = await ask((response) => {
      html(response).write(PAGE)
      setTimeout(() => response.destroy(new Error('the source broke')), 20)
    }, true)
    expect([text, aborted]).toEqual([INJECTED, true])
  })
})
