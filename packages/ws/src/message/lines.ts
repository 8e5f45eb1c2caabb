import { getLogger } from '@throughline/core'

const log = getLogger()

/** Whether a debug line reaches anybody: before that no text is cut out of a message. */
export function takesDebugLines(): boolean {
  return log.isLevelEnabled('debug')
}
