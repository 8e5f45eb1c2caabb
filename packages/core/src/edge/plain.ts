import { plainValue } from '../logger/attribute-value.js'
import { currentRuntime } from '../telemetry/current-runtime.js'

/**
 * A plain copy of any value, for packages that send what they are given: bounded, what JSON lacks as strings, secrets
 * redacted by the settings in force (R7.5, R7.11). Undefined for what is to be left out. Never throws.
 */
export function plainCopy(value: unknown, path = ''): unknown {
  return plainValue(value, path, currentRuntime().keys)
}

/** Whether the value at a dotted path is a secret by the settings in force (R7.11). */
export function isSecret(path: string): boolean {
  return currentRuntime().keys.of(path).redacted
}
