import { readAnthropicUsage } from './anthropic.js'
import { readOpenAI, readOpenAIUsage } from './openai.js'
import { dig, listOf, type Reading, textOf } from './reading.js'
import { noUsage } from './usage.js'

const MOST_PARTS = 1_000

/** Puts an answer together that comes in pieces: events of Anthropic and of OpenAI's Responses API, chat chunks. */
export class StreamReader {
  readonly #reading: Reading = { usage: noUsage() }
  readonly #parts = new Map<string, string>()
  #characters = 0

  constructor(
    /** Characters of the completion that are kept; 0 keeps none. */
    private readonly most: number,
  ) {}

  /** The answer as far as it came. */
  get reading(): Reading {
    const content = [...this.#parts.values()]
      .filter((text) => text !== '')
      .map((text) => ({ type: 'text', text }))
    const output = content.length > 0 ? [{ role: 'assistant', content }] : undefined
    return { ...this.#reading, output: this.#reading.output ?? output }
  }

  /** Takes what it knows; anything else passes by. Never throws. */
  add(piece: unknown): void {
    const type = textOf(dig(piece, 'type'))
    if (type === undefined) this.#addChunk(piece)
    else if (type.startsWith('response.')) this.#addResponseEvent(type, piece)
    else this.#addMessageEvent(type, piece)
  }

  #addMessageEvent(type: string, event: unknown): void {
    if (type === 'message_start') {
      this.#count(readAnthropicUsage(dig(event, 'message', 'usage')))
      this.#reading.model = textOf(dig(event, 'message', 'model')) ?? this.#reading.model
    } else if (type === 'message_delta') {
      this.#count(readAnthropicUsage(dig(event, 'usage')))
      this.#reading.stopReason = textOf(dig(event, 'delta', 'stop_reason')) ?? this.#reading.stopReason
    } else if (type === 'content_block_delta') {
      const text = dig(event, 'delta', 'text') ?? dig(event, 'delta', 'partial_json')
      this.#append(`block ${String(dig(event, 'index'))}`, text)
    }
  }

  #addResponseEvent(type: string, event: unknown): void {
    if (type === 'response.output_text.delta') {
      const place = `${String(dig(event, 'output_index'))}.${String(dig(event, 'content_index'))}`
      this.#append(`item ${place}`, dig(event, 'delta'))
    }
    const response = dig(event, 'response')
    if (response === undefined) return
    const { usage, model, stopReason, output } = readOpenAI(response)
    this.#count(usage)
    this.#reading.model = model ?? this.#reading.model
    this.#reading.stopReason = stopReason ?? this.#reading.stopReason
    // The last event has the whole answer.
    if (this.most > 0 && output !== undefined) this.#reading.output = output
  }

  #addChunk(chunk: unknown): void {
    this.#count(readOpenAIUsage(dig(chunk, 'usage')))
    this.#reading.model = textOf(dig(chunk, 'model')) ?? this.#reading.model
    for (const choice of listOf(dig(chunk, 'choices'))) {
      this.#reading.stopReason = textOf(dig(choice, 'finish_reason')) ?? this.#reading.stopReason
      const place = `choice ${String(dig(choice, 'index'))}`
      this.#append(place, dig(choice, 'delta', 'content'))
      for (const call of listOf(dig(choice, 'delta', 'tool_calls'))) {
        this.#append(`${place} tool ${String(dig(call, 'index'))}`, dig(call, 'function', 'arguments'))
      }
    }
  }

  /** The last count of each kind is the whole one. */
  #count(usage: Reading['usage']): void {
    Object.assign(this.#reading.usage, usage)
  }

  #append(place: string, text: unknown): void {
    if (typeof text !== 'string' || this.#characters >= this.most) return
    if (!this.#parts.has(place) && this.#parts.size >= MOST_PARTS) return
    const kept = text.slice(0, this.most - this.#characters)
    this.#characters += kept.length
    this.#parts.set(place, (this.#parts.get(place) ?? '') + kept)
  }
}
