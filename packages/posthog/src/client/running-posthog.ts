import { type FinishedUnit, getContext, onUnitEnd } from '@throughline/core'
import { cutString } from '@throughline/core/binding'
import type { PosthogConfig } from '../config/config.js'
import { contextProperties } from '../event/context-properties.js'
import { superProperties } from '../event/super-properties.js'
import { plainProperties } from '../event/plain-properties.js'
import {
  type ExceptionEvent,
  type ExceptionOptions,
  explicitException,
  unitException,
} from '../exception/exception-event.js'
import { isExpected } from '../exception/expected-exception.js'
import { sendException } from '../exception/send-exception.js'
import { SeenErrors } from '../exception/seen-errors.js'
import { type FlagOptions, Flags } from '../flags/flags.js'
import type { PosthogCounts, PosthogOptions } from '../posthog.js'
import { currentRequest } from '../request/noted-requests.js'
import { requestUser } from '../request/request.js'
import { distinctIdOf } from '../user/identity.js'
import { readId } from '../user/user.js'
import { createBeforeSend } from './before-send.js'
import { Connection } from './connection.js'
import { drainAtEnd } from './drain.js'
import type { PosthogHandle } from './handle.js'
import type { FlagAnswers, LoadSdk } from './sdk.js'

/** PostHog while it is on. */
export class RunningPosthog implements PosthogHandle {
  readonly #connection: Connection
  readonly #flags: Flags
  readonly #seen = new SeenErrors()
  readonly #standing: Record<string, unknown>
  readonly #stops: (() => void)[] = []

  constructor(
    readonly config: PosthogConfig,
    readonly options: PosthogOptions,
    load: LoadSdk,
    private readonly onStopped: () => void,
  ) {
    this.#standing = superProperties(config)
    this.#connection = new Connection(config, createBeforeSend(this.#standing, options), load)
    this.#flags = new Flags(() => this.#connection.client())
    if (options.captureUnits !== false) this.#stops.push(onUnitEnd((unit) => this.#unitEnded(unit)))
    this.#stops.push(drainAtEnd(this))
  }

  get enabled(): boolean {
    return this.#connection.isOpen
  }

  get ready(): Promise<void> {
    return this.#connection.ready
  }

  get counts(): PosthogCounts {
    return this.#connection.counts
  }

  idOf(request: unknown): string | undefined {
    return readId(getContext()['user.id']) ?? requestUser(request, this.options.user)?.id
  }

  extend(properties: Record<string, unknown>): void {
    Object.assign(this.#standing, properties)
  }

  capture(event: string, distinctId?: string | number, properties?: object): void {
    const name = typeof event === 'string' ? cutString(event, LONGEST_NAME) : 'unknown'
    const whole = { ...contextProperties(), ...plainProperties(properties) }
    this.send(name, this.#distinctId(distinctId), whole)
  }

  send(event: string, distinctId: string, properties: Record<string, unknown>): void {
    const message = { event, distinctId, timestamp: new Date(), properties: this.#whole(properties) }
    this.#connection.send((sdk) => sdk.capture(message))
  }

  captureException(error: unknown, options?: ExceptionOptions): void {
    if (!this.#seen.isNew(error, getContext()['request.id'])) return
    const { identifyMode } = this.config
    this.#sendException(explicitException(error, options, identifyMode, this.options.user))
  }

  async isFeatureEnabled(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<boolean>,
  ): Promise<boolean> {
    const value = await this.#ask(flag, distinctId, options, (answers) => answers.getFlag(flag))
    return value === null || value === undefined ? (options?.default ?? false) : value !== false
  }

  async getFeatureFlag(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<string | boolean>,
  ): Promise<string | boolean | undefined> {
    return (
      (await this.#ask(flag, distinctId, options, (answers) => answers.getFlag(flag))) ?? options?.default
    )
  }

  async getFeatureFlagPayload(
    flag: string,
    distinctId?: string | number,
    options?: FlagOptions<unknown>,
  ): Promise<unknown> {
    const read = (answers: FlagAnswers): unknown => answers.getFlagPayload(flag)
    return (await this.#ask(flag, distinctId, options, read)) ?? options?.default
  }

  flush(): Promise<void> {
    return this.#connection.flush()
  }

  async shutdown(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    this.onStopped()
    await this.#connection.close()
  }

  #unitEnded(unit: FinishedUnit): void {
    const { outcome, error, context } = unit
    if (outcome !== 'error' || error === undefined || error === null || isExpected(error)) return
    if (!this.#seen.isNew(error, context['request.id'])) return
    this.#sendException(unitException(unit, this.config.identifyMode, this.options.user))
  }

  #sendException({ error, distinctId, properties }: ExceptionEvent): void {
    const whole = this.#whole(properties)
    this.#connection.send((sdk) => sendException(sdk, error, distinctId, whole))
  }

  #ask<T>(
    flag: string,
    distinctId: unknown,
    options: FlagOptions<unknown> | undefined,
    read: (answers: FlagAnswers) => T,
  ): Promise<T | undefined> {
    const { personProperties, groups } = options ?? {}
    const known = this.config.identifyMode !== 'none'
    return this.#flags.ask(
      flag,
      {
        distinctId: this.#distinctId(distinctId),
        ...(known &&
          personProperties !== undefined && { personProperties: plainProperties(personProperties) }),
        ...(groups !== undefined && { groups: plainProperties(groups) }),
      },
      contextProperties(),
      read,
    )
  }

  #distinctId(given: unknown): string {
    return distinctIdOf(this.config.identifyMode, readId(given) ?? this.idOf(currentRequest()))
  }

  /** An event's own properties win over those of every event (P3). */
  #whole(properties: Record<string, unknown>): Record<string, unknown> {
    return { ...this.#standing, ...properties }
  }
}

const LONGEST_NAME = 256
