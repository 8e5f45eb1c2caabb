import { parseBool } from '@throughline/core/parse-bool'
import type { UsageReason } from '../usage-telemetry.js'
import { readVariable } from './variable.js'

type Consent = Extract<UsageReason, 'opted_in' | 'not_opted_in' | 'opted_out' | 'do_not_track'>

/**
 * Whether somebody has agreed: one no is enough for off, and on takes a yes (U1).
 *
 * A word that is no switch is no consent, but it is an objection.
 *
 * @example
 * readConsent({ ACME_TELEMETRY: 'on' }, 'ACME_TELEMETRY', undefined) // 'opted_in'
 */
export function readConsent(env: NodeJS.ProcessEnv, variable: string, enabled: unknown): Consent {
  const doNotTrack = readVariable(env, 'DO_NOT_TRACK')
  const word = readVariable(env, variable)
  if (parseBool(doNotTrack, isSet(doNotTrack))) return 'do_not_track'
  if (enabled === false) return 'opted_out'
  if (isSet(word)) return parseBool(word, false) ? 'opted_in' : 'opted_out'
  return enabled === true ? 'opted_in' : 'not_opted_in'
}

function isSet(word: string | undefined): boolean {
  return word !== undefined && word.trim() !== ''
}
