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

  it('is known by the end of a key, however long that is, and by a name within one', () => {
    const harness = openRuntime({}, { log: { redact: ['card.*.number'] } })
    const long = `${'x'.repeat(300)}.password`
    getLogger().info('e', { [long]: 'p', user: { user__password: 'p', [long]: 'p' } })
    expect(harness.text()[0]).not.toContain('"p"')
    harness.close()
  })

  it('is taken out of what was thrown, of causes, and of exceptions by name', () => {
    const harness = openRuntime({}, { log: { redact: ['exception.message'] } })
    getLogger().exception('e', { password: 'hunter2' })
    getLogger().error('e', new Error('hunter2', { cause: { password: 'hunter3' } }))
    const [thrown, caused] = harness.lines()
    expect(thrown?.['exception.message']).toBe('[REDACTED]')
    expect(caused).toMatchObject({
      'exception.message': '[REDACTED]',
      'exception.stacktrace': expect.stringContaining('Caused by: {"password":"[REDACTED]"}'),
    })
    harness.close()
  })

  it('is taken out of a context that was opened before the settings were known', () => {
    const early = openRuntime()
    const records: LogRecord[] = []
    runWithContext({ pin: 1, a: 1 }, () => {
      early.close()
      const harness = openRuntime({}, { log: { redact: ['pin'] } })
      harness.runtime.addSink({ write: (record) => records.push(record) })
      getLogger().info('e', { a: 2 })
      expect(harness.text()[0]).toMatch(/"event":"e","a":2,"pin":"\[REDACTED\]"}$/)
      harness.close()
    })
    expect({ ...records[0]?.context }).toEqual({ pin: '[REDACTED]', a: 1 })
  })
})
