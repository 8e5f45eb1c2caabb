import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { clientAddress, incomingFields } from '../../src/edge/incoming.js'
import { createSettings, createSettingsSafely, overrideSettings } from '../../src/telemetry/settings.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

const LABELS = {
  mounts: ['api'],
  rootResources: [],
  resources: [{ segments: ['drafts'], id: ['int' as const] }],
}
const CARRIED = 'request.id="carried", user.id=7, labels=("origin"), draft.id=1, job.id="9", evil="x"'
const UUID = /^[\da-f-]{36}$/

let harness: Harness

beforeEach(() => {
  harness = openRuntime()
})

afterEach(() => harness.close())

const from = (headers: Record<string, string | string[]>, remoteAddress?: string) => ({
  headers,
  url: '/api/drafts/5?x=1',
  remoteAddress: remoteAddress ?? '127.0.0.1',
})

describe('incomingFields', () => {
  it('reads no context of a peer that is not trusted', () => {
    const fields = incomingFields(
      from({ 'telemetry-context': CARRIED, 'x-request-id': 'mine' }),
      createSettings({ labels: LABELS }),
    )
    expect(fields).toEqual({ 'request.id': 'mine', labels: ['draft'], 'draft.id': 5 })
  })

  it('takes what may cross from a trusted peer, the path of its own first', () => {
    const settings = createSettings({ labels: LABELS, trust: 'loopback' })
    expect({ ...incomingFields(from({ 'telemetry-context': CARRIED }), settings) }).toEqual({
      'request.id': 'carried',
      'user.id': 7,
      labels: ['draft'],
      'draft.id': 5,
    })
    expect(incomingFields(from({ 'telemetry-context': CARRIED }, '10.0.0.1'), settings)).toMatchObject({
      'request.id': expect.stringMatching(UUID),
    })
  })

  it('lets X-Request-ID win, and checks a carried id as strictly', () => {
    const settings = createSettings({ trust: 'loopback' })
    expect(
      incomingFields(from({ 'telemetry-context': CARRIED, 'x-request-id': 'mine' }), settings),
    ).toMatchObject({
      'request.id': 'mine',
    })
    expect(incomingFields(from({ 'telemetry-context': 'request.id="a b"' }), settings)).toMatchObject({
      'request.id': expect.stringMatching(UUID),
    })
  })

  it.each(['{', 'x'.repeat(12_000), '\u0000'])(
    'makes a context of its own from the malformed header %#',
    (header) => {
      expect(
        incomingFields(from({ 'telemetry-context': header }), createSettings({ trust: 'loopback' })),
      ).toEqual({
        'request.id': expect.stringMatching(UUID),
      })
    },
  )
})

describe('clientAddress', () => {
  it.each([
    [false, '1.2.3.4', '127.0.0.1'],
    [true, '1.2.3.4, 5.6.7.8', '1.2.3.4'],
    [true, ' 2001:db8::1 ', '2001:db8::1'],
    [true, 'evil\u001b', '127.0.0.1'],
    [true, '', '127.0.0.1'],
  ])('with trustProxy %p and %p is %p', (trustProxy, header, address) => {
    expect(clientAddress(from({ 'x-forwarded-for': header }), createSettings({ trustProxy }))).toBe(address)
  })
})

describe('the address of an IPv4 peer', () => {
  it('is the same on a listener for both versions', () => {
    const settings = createSettings({ trustProxy: true })
    expect(clientAddress(from({}, '::ffff:10.0.0.1'), createSettings({}))).toBe('10.0.0.1')
    expect(clientAddress(from({ 'x-forwarded-for': '::FFFF:1.2.3.4' }), settings)).toBe('1.2.3.4')
    expect(clientAddress(from({}, '::ffff:abcd'), settings)).toBe('::ffff:abcd')
    expect(clientAddress({ headers: {}, url: '/', remoteAddress: undefined }, settings)).toBeUndefined()
  })
})

describe('settings', () => {
  it('put a framework package in front of what the application said', () => {
    const settings = createSettings({ trust: 'loopback', labels: LABELS, context: { forward: ['tenant'] } })
    const own = overrideSettings(settings, { trust: 'none', user: undefined, trustProxy: true })
    expect(own.trusts('127.0.0.1')).toBe(false)
    expect(own.trustProxy).toBe(true)
    expect(own.labelsOf('/api/drafts/5')).toEqual({ labels: ['draft'], 'draft.id': 5 })
    expect({ ...own.forwardable({ tenant: 't', x: 1 }) }).toEqual({ tenant: 't' })
    expect(overrideSettings(settings, {})).toBe(settings)
  })

  it('name an option that cannot be used and go on without it', () => {
    const problems: { variable: string; message: string }[] = []
    const settings = createSettingsSafely(
      { trust: ['x'], labels: LABELS, trustProxy: true },
      problems as never,
    )
    expect(problems).toEqual([
      {
        variable: 'trust',
        value: '',
        message:
          'option trust is ignored: "x" is not an IP address or CIDR range; write for example "10.0.0.0/8"',
      },
    ])
    expect(settings.trusts('127.0.0.1')).toBe(false)
    expect(settings.labelsOf('/api/drafts/5')).toEqual({ labels: ['draft'], 'draft.id': 5 })
  })
})
