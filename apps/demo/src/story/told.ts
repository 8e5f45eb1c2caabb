import type { ContextFields } from '@throughline/core'
import type { Reply } from '../client/api-client.js'
import type { Captain } from '../client/captain.js'
import type { LogBook } from '../stage/log-book.js'

/** A pick that a client made. */
export interface ToldPick {
  readonly captain: Captain
  readonly requestId: string
  readonly hero: string
}

/** All that happened in the story: what the checks look at. */
export interface Told {
  readonly log: LogBook
  readonly captains: readonly Captain[]
  /** The pick whose job fails at first. */
  readonly retried: ToldPick
  /** Picks made at the same time. */
  readonly crowd: readonly ToldPick[]
  readonly replies: readonly Reply[]
}

/** What each line of a pick must bear, whichever process writes it. */
export function contextOf({ captain, requestId }: ToldPick): ContextFields {
  return {
    'request.id': requestId,
    'user.id': captain.user.id,
    labels: ['tournament', 'draft', 'pick'],
    'tournament.id': captain.tournamentId,
    'draft.id': captain.draftId,
  }
}
