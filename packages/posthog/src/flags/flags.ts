import type { FlagAnswers, FlagQuery, SdkClient } from '../client/sdk.js'
import { within } from '../client/within.js'
import { runApart } from '../client/apart.js'

/** How a flag is asked for. */
export interface FlagOptions<T> {
  /** What stands for an answer that does not come; default false for `isFeatureEnabled`, else undefined. */
  default?: T | undefined
  /** Properties of the person that the flag's conditions look at; sent along, but not in mode `none`. */
  personProperties?: Record<string, unknown> | undefined
  /** Groups that the flag's conditions look at, by type. */
  groups?: Record<string, string> | undefined
}

/** How long an answer may take (P5). */
export const FLAG_BOUND_MS = 2_000
/** Questions under way at a time; further ones get their default at once. */
export const MOST_QUESTIONS = 256

/** Asks PostHog for flags, within a bound. */
export class Flags {
  #underWay = 0

  constructor(
    /** Settles with the client; undefined where there will be none. */
    private readonly client: () => Promise<SdkClient | undefined>,
  ) {}

  /**
   * What `read` takes from the answer; undefined where none comes in time. Never rejects.
   *
   * @param event what the event bears by which PostHog counts who got which answer
   */
  async ask<T>(
    flag: string,
    query: Omit<FlagQuery, 'flagKeys'> & { distinctId: string },
    event: Record<string, unknown>,
    read: (answers: FlagAnswers) => T,
  ): Promise<T | undefined> {
    if (this.#underWay >= MOST_QUESTIONS) return undefined
    this.#underWay++
    try {
      return await within(
        FLAG_BOUND_MS,
        runApart(() => this.#ask(flag, query, event, read)),
      )
    } catch {
      return undefined
    } finally {
      this.#underWay--
    }
  }

  async #ask<T>(
    flag: string,
    { distinctId, ...query }: Omit<FlagQuery, 'flagKeys'> & { distinctId: string },
    event: Record<string, unknown>,
    read: (answers: FlagAnswers) => T,
  ): Promise<T | undefined> {
    const sdk = await this.client()
    const answers = await sdk?.evaluateFlags?.(distinctId, { ...query, flagKeys: [flag] })
    if (sdk === undefined || answers === null || answers === undefined) return undefined
    // Reading it makes the event; posthog-node takes further properties from its own context.
    return sdk.withContext === undefined
      ? read(answers)
      : sdk.withContext({ properties: event }, () => read(answers))
  }
}
