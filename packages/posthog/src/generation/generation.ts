import { randomUUID } from 'node:crypto'
import { cutString, exceptionAttributes } from '@throughline/core/binding'
import type { PosthogHandle } from '../client/handle.js'
import { contextProperties } from '../event/context-properties.js'
import { plainProperties } from '../event/plain-properties.js'
import { distinctIdOf, SYSTEM } from '../user/identity.js'
import { readAnthropic } from './anthropic.js'
import { observe } from './observe.js'
import { readOpenAI } from './openai.js'
import { readPayload } from './payload.js'
import { dig, type Reading } from './reading.js'
import { StreamReader } from './stream-reader.js'
import { noUsage, setCount, usageProperties } from './usage.js'

/** What is known of a call to a model before it is made. */
export interface GenerationOptions {
  /** As PostHog knows them: `anthropic`, `openai`, … */
  provider?: string | undefined
  /** Default: what the answer says. */
  model?: string | undefined
  /** On whose behalf; default `system`, and `anonymous` in mode `none`. */
  distinctId?: string | number | undefined
  /** The trace it belongs to; default the `trace_id` of the running code, else its `request.id`, else a new one. */
  parentTraceId?: string | undefined
  /** They win over everything else. */
  properties?: object | undefined
}

/** A call to a model that is under way. No method throws. */
export interface Generation {
  /** The prompt: a text, or the messages. Sent only with `POSTHOG_LLM_PAYLOADS`. */
  setInput(input: unknown): void
  /** The completion. Sent only with `POSTHOG_LLM_PAYLOADS`. */
  setOutput(output: unknown): void
  /** Counts of tokens; 0 is one, undefined leaves a count as it was. */
  setTokens(input?: number, output?: number): void
  /** Completion, tokens and model of a message of Anthropic's API. */
  setOutputFromAnthropic(response: unknown): void
  /** Completion, tokens and model of a chat completion or a response of OpenAI's API. */
  setOutputFromOpenAI(response: unknown): void
  /**
   * Watches an answer that comes in pieces, of either API, and gives it on as it is; the call lasts until it ends.
   *
   * @returns what is to be read in place of `stream`
   */
  observe<T>(stream: AsyncIterable<T>): AsyncIterableIterator<T>
}

const LONGEST_ERROR = 1_000

/** A call from its start to its one event (P6). */
export class RunningGeneration implements Generation {
  readonly #started = performance.now()
  readonly #context = contextProperties()
  readonly #usage = noUsage()
  readonly #cap: number
  #input: unknown
  #output: unknown
  #model: string | undefined
  #stopReason: string | undefined
  #firstPieceMs: number | undefined
  #openStreams = 0
  #returned = false
  #ended = false

  constructor(
    private readonly posthog: PosthogHandle,
    private readonly options: GenerationOptions,
  ) {
    const { llmPayloadsEnabled, llmPayloadMaxChars } = posthog.config
    this.#cap = llmPayloadsEnabled ? llmPayloadMaxChars : 0
  }

  setInput(input: unknown): void {
    if (this.#cap > 0) this.#input = readPayload(input, this.#cap)
  }

  setOutput(output: unknown): void {
    if (this.#cap > 0) this.#output = readPayload(output, this.#cap)
  }

  setTokens(input?: number, output?: number): void {
    setCount(this.#usage, 'input', input)
    setCount(this.#usage, 'output', output)
  }

  setOutputFromAnthropic(response: unknown): void {
    this.#take(readAnthropic(response))
  }

  setOutputFromOpenAI(response: unknown): void {
    this.#take(readOpenAI(response))
  }

  observe<T>(stream: AsyncIterable<T>): AsyncIterableIterator<T> {
    // Twice the cap, so that the cut tells that there is more.
    const reader = new StreamReader(this.#cap * 2)
    this.#openStreams++
    return observe(
      stream,
      (piece) => {
        this.#firstPieceMs ??= performance.now() - this.#started
        reader.add(piece)
      },
      (failure) => {
        this.#openStreams--
        this.#take(reader.reading)
        if (failure !== undefined) this.fail(failure.error)
        else if (this.#returned) this.#end({})
      },
    )
  }

  /** The caller's function is through; a stream it opened may not be. */
  succeed(): void {
    this.#returned = true
    if (this.#openStreams === 0) this.#end({})
  }

  fail(error: unknown): void {
    const told = exceptionAttributes(error)
    const status = dig(error, 'status')
    this.#end({
      $ai_is_error: true,
      $ai_error: cutString(`${told['exception.type']}: ${told['exception.message']}`, LONGEST_ERROR),
      ...(typeof status === 'number' && { $ai_http_status: status }),
    })
  }

  #take({ usage, model, stopReason, output }: Reading): void {
    Object.assign(this.#usage, usage)
    this.#model = model ?? this.#model
    this.#stopReason = stopReason ?? this.#stopReason
    if (output !== undefined) this.setOutput(output)
  }

  #end(outcome: Record<string, unknown>): void {
    if (this.#ended) return
    this.#ended = true
    const { provider, model = this.#model, distinctId, properties } = this.options
    const { identifyMode } = this.posthog.config
    const id = distinctId === undefined ? SYSTEM : distinctIdOf(identifyMode, distinctId)
    this.posthog.send('$ai_generation', id, {
      ...this.#context,
      $ai_trace_id: this.#traceId(),
      ...known('$ai_provider', provider),
      ...known('$ai_model', model),
      $ai_latency: seconds(performance.now() - this.#started),
      ...usageProperties(this.#usage),
      ...known('$ai_stop_reason', this.#stopReason),
      ...(this.#firstPieceMs !== undefined && {
        $ai_stream: true,
        $ai_time_to_first_token: seconds(this.#firstPieceMs),
      }),
      ...known('$ai_input', this.#input),
      ...known('$ai_output_choices', this.#output),
      ...outcome,
      ...plainProperties(properties),
    })
  }

  #traceId(): unknown {
    return (
      this.options.parentTraceId ?? this.#context['trace_id'] ?? this.#context['request.id'] ?? randomUUID()
    )
  }
}

/** Milliseconds to seconds, three decimals. */
function seconds(ms: number): number {
  return Math.round(ms) / 1_000
}

function known(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value }
}
