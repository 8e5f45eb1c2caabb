import { afterEach, describe, expect, it } from '@jest/globals'
import { bindContext, runWithContext } from '../../src/context/context.js'
import { getLogger } from '../../src/logger/logger.js'
import type { LogRecord } from '../../src/logger/log-record.js'
import { createRedaction, DEFAULT_REDACTED } from '../../src/logger/redaction.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

describe('createRedaction', () => {
  const redaction = createRedaction([...DEFAULT_REDACTED, 'card.*.number', 'session.id', 'PIN'])

  it.each([
    ['password', true],
    ['user.Password', true],
    ['Set-Cookie', true],
    ['http.request.header.set_cookie', true],
    ['api-key', true],
    ['passwords', false],
    ['token.count', false],
    ['card.first.number', true],
    ['Card.First.Number', true],
    ['card.number', false],
    ['card.a.b.number', false],
    ['session.id', true],
    ['my.session.id', false],
    ['id', false],
    ['user.pin', true],
  ])('%p is a secret: %p', (path, secret) => {
    expect(redaction.redacts(path)).toBe(secret)
  })
})

describe('a secret', () => {
  let harness: Harness

  afterEach(() => harness.close())

  it('reaches no sink, from no place', () => {
    harness = openRuntime({ LOG_LEVEL: 'trace' }, { log: { redact: ['card.*.number', 'ssn'] } })
    const records: LogRecord[] = []
    harness.runtime.addSink({ level: 'trace', write: (record) => records.push(record) })
    const secret = 'S3CRET'
    runWithContext({ token: secret }, () => {
      bindContext({ 'user.api-key': secret })
      getLogger('m')
        .bind({ 'x.password': secret, deep: { ssn: secret } })
        .info('e', {
          authorization: secret,
          Cookie: [secret],
          user__secret: secret,
          nested: { list: [{ password: secret }], map: new Map([['token', secret]]) },
          card: { first: { number: secret, brand: 'v' } },
          shape: { toJSON: () => ({ token: secret }) },
        })
    })
    expect(JSON.stringify(records)).not.toContain(secret)
    expect(harness.text().join()).not.toContain(secret)
    expect(harness.lines()).toEqual([
      {
        level: 'info',
        event: 'e',
        logger: 'm',
        authorization: '[REDACTED]',
        Cookie: '[REDACTED]',
        'user.secret': '[REDACTED]',
        nested: { list: [{ password: '[REDACTED]' }], map: { token: '[REDACTED]' } },
        card: { first: { number: '[REDACTED]', brand: 'v' } },
        shape: { token: '[REDACTED]' },
        'x.password': '[REDACTED]',
        deep: { ssn: '[REDACTED]' },
        token: '[REDACTED]',
        'user.api-key': '[REDACTED]',
      },
    ])
  })
})
