import type { Told } from '../told.js'
import type { Check } from './check.js'
import { echoes, failure, hostile } from './edge-checks.js'
import { noMixing, retry, threeHops } from './pick-checks.js'
import { message, sockets } from './socket-checks.js'

const CHECKS = [threeHops, retry, noMixing, sockets, message, echoes, hostile, failure]

/** Compares what was logged and answered with what the client did. */
export function checkAll(told: Told): Check[] {
  return CHECKS.map((check) => check(told))
}
