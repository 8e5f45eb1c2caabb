import { describe, expect, it } from '@jest/globals'
import { readConsent } from '../../src/settings/consent.js'

const consent = (env: NodeJS.ProcessEnv, enabled?: unknown): string =>
  readConsent(env, 'ACME_TELEMETRY', enabled)

describe('readConsent', () => {
  it.each(['1', 'true', 'yes', 'on', ' ON '])('takes %j for a yes', (word) => {
    expect(consent({ ACME_TELEMETRY: word })).toBe('opted_in')
  })

  it.each(['0', 'false', 'no', 'off', 'never', 'disabled', 'ja', '2'])('takes %j for a no', (word) => {
    expect(consent({ ACME_TELEMETRY: word })).toBe('opted_out')
    expect(consent({ ACME_TELEMETRY: word }, true)).toBe('opted_out')
  })

  it.each([undefined, '', '  '])('takes %j for silence, in which enabled decides', (word) => {
    expect(consent({ ACME_TELEMETRY: word })).toBe('not_opted_in')
    expect(consent({ ACME_TELEMETRY: word }, true)).toBe('opted_in')
    expect(consent({ ACME_TELEMETRY: word }, false)).toBe('opted_out')
  })

  it('has a false in code win over a yes', () => {
    expect(consent({ ACME_TELEMETRY: 'on' }, false)).toBe('opted_out')
  })

  it.each(['1', 'true', 'please'])('has DO_NOT_TRACK=%s win over everything', (word) => {
    expect(consent({ ACME_TELEMETRY: 'on', DO_NOT_TRACK: word }, true)).toBe('do_not_track')
  })

  it.each([undefined, '', '0', 'false'])('does not take DO_NOT_TRACK=%s for an objection', (word) => {
    expect(consent({ ACME_TELEMETRY: 'on', DO_NOT_TRACK: word })).toBe('opted_in')
  })

  it.each(['yes', 1, {}, null])('takes enabled: %j for nothing', (enabled) => {
    expect(consent({}, enabled)).toBe('not_opted_in')
  })
})
