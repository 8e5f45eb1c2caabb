import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runGeneration } from '../../src/generation/trace-generation.js'
import type { ArrivedEvent } from '../support/fake-posthog.js'
import { type Running, serve } from '../support/http.js'
import { type Rig, startRig } from '../support/rig.js'

/** What the model's API answers with, piece by piece; an Error breaks off. */
type Pieces = (object | 'break off')[]

const MESSAGE_EVENTS: Pieces = [
  {
    type: 'message_start',
    message: {
      id: 'm-1',
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      content: [],
      stop_reason: null,
      usage: {
        input_tokens: 11,
        output_tokens: 1,
        cache_read_input_tokens: 5,
        cache_creation_input_tokens: 0,
      },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It is ' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'sunny.' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 22 },
  },
  { type: 'message_stop' },
]

const CHUNKS: Pieces = [
  {
    id: 'c',
    model: 'gpt-x',
    choices: [{ index: 0, delta: { role: 'assistant', content: 'It is ' }, finish_reason: null }],
  },
  { id: 'c', model: 'gpt-x', choices: [{ index: 0, delta: { content: 'sunny.' }, finish_reason: 'stop' }] },
  {
    id: 'c',
    model: 'gpt-x',
    choices: [],
    usage: { prompt_tokens: 3, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 0 } },
  },
]

const RESPONSE_EVENTS: Pieces = [
  { type: 'response.created', response: { id: 'r', model: 'gpt-x', status: 'in_progress', output: [] } },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'It is ' },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'sunny.' },
  {
    type: 'response.completed',
    response: {
      id: 'r',
      model: 'gpt-x',
      status: 'completed',
      output: [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It is sunny.' }] },
      ],
      usage: { input_tokens: 3, output_tokens: 7, output_tokens_details: { reasoning_tokens: 2 } },
    },
  },
]

let pieces: Pieces
let api: Running
let rig: Rig

beforeEach(async () => {
  rig = await startRig({ POSTHOG_LLM_PAYLOADS: 'on' })
  api = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) {
      if (piece === 'break off') {
        setTimeout(() => response.destroy(), 20)
        return
      }
      const { type } = piece as { type?: string }
      response.write(`${type === undefined ? '' : `event: ${type}\n`}data: ${JSON.stringify(piece)}\n\n`)
    }
    response.end('data: [DONE]\n\n')
  })
})

afterEach(async () => {
  await api.stop()
  await rig.stop()
})

const messages = [{ role: 'user' as const, content: 'How is the weather?' }]

function anthropicStream(): Promise<AsyncIterable<unknown>> {
  const client = new Anthropic({ apiKey: 'k', baseURL: `http://127.0.0.1:${api.port}`, maxRetries: 0 })
  return runGeneration(rig.posthog, { provider: 'anthropic', distinctId: 'u-1' }, async (generation) => {
    generation.setInput(messages)
    const stream = await client.messages.create({ model: 'claude-x', max_tokens: 9, messages, stream: true })
    return generation.observe(stream)
  })
}

function openaiStream(): Promise<AsyncIterable<unknown>> {
  const client = new OpenAI({ apiKey: 'k', baseURL: `http://127.0.0.1:${api.port}`, maxRetries: 0 })
  return runGeneration(rig.posthog, { provider: 'openai' }, async (generation) => {
    const options = { stream: true, stream_options: { include_usage: true } } as const
    return generation.observe(await client.chat.completions.create({ model: 'gpt-x', messages, ...options }))
  })
}

function responsesStream(): Promise<AsyncIterable<unknown>> {
  const client = new OpenAI({ apiKey: 'k', baseURL: `http://127.0.0.1:${api.port}`, maxRetries: 0 })
  return runGeneration(rig.posthog, { provider: 'openai' }, async (generation) =>
    generation.observe(await client.responses.create({ model: 'gpt-x', input: 'hi', stream: true })),
  )
}

async function all(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = []
  for await (const piece of stream) seen.push(piece)
  return seen
}

async function onlyEvent(): Promise<ArrivedEvent> {
  const events = await rig.events()
  expect(events).toHaveLength(1)
  return events[0] as ArrivedEvent
}

describe('an answer that comes in pieces', () => {
  it('of Anthropic is one event when it is through, and passes as it is', async () => {
    pieces = MESSAGE_EVENTS
    const stream = await anthropicStream()
    expect(await rig.events()).toEqual([])
    expect(await all(stream)).toEqual(MESSAGE_EVENTS)

    const { event, distinct_id: distinctId, properties } = await onlyEvent()
    expect([event, distinctId]).toEqual(['$ai_generation', 'u-1'])
    expect(properties).toMatchObject({
      $ai_provider: 'anthropic',
      $ai_model: 'claude-x',
      $ai_input_tokens: 11,
      $ai_output_tokens: 22,
      $ai_cache_read_input_tokens: 5,
      $ai_cache_creation_input_tokens: 0,
      $ai_stop_reason: 'end_turn',
      $ai_stream: true,
      $ai_input: messages,
      $ai_output_choices: [{ role: 'assistant', content: [{ type: 'text', text: 'It is sunny.' }] }],
    })
    const { $ai_latency: latency, $ai_time_to_first_token: first } = properties as Record<string, number>
    expect(latency).toBeGreaterThanOrEqual(first ?? Infinity)
    expect(properties).not.toHaveProperty(['$ai_is_error'])
  })

  it('of OpenAI is one event, with the counts of its last piece', async () => {
    pieces = CHUNKS
    expect(await all(await openaiStream())).toEqual(CHUNKS)
    expect((await onlyEvent()).properties).toMatchObject({
      $ai_model: 'gpt-x',
      $ai_input_tokens: 3,
      $ai_output_tokens: 7,
      $ai_cache_read_input_tokens: 0,
      $ai_stop_reason: 'stop',
      $ai_output_choices: [{ role: 'assistant', content: [{ type: 'text', text: 'It is sunny.' }] }],
    })
  })

  it("of OpenAI's Responses API is one event, with the whole of its last one", async () => {
    pieces = RESPONSE_EVENTS
    expect(await all(await responsesStream())).toEqual(RESPONSE_EVENTS)
    expect((await onlyEvent()).properties).toMatchObject({
      $ai_input_tokens: 3,
      $ai_output_tokens: 7,
      $ai_reasoning_tokens: 2,
      $ai_stop_reason: 'completed',
      $ai_output_choices: (RESPONSE_EVENTS.at(-1) as { response: { output: unknown } }).response.output,
    })
  })

  it('that breaks off is one event of an error, and the error goes on', async () => {
    pieces = [...MESSAGE_EVENTS.slice(0, 3), 'break off']
    const stream = await anthropicStream()
    await expect(all(stream)).rejects.toThrow()
    const { properties } = await onlyEvent()
    expect(properties).toMatchObject({ $ai_is_error: true, $ai_input_tokens: 11 })
    expect(properties).toHaveProperty(['$ai_error'])
  })

  it('that nobody reads to its end is one event of what was read', async () => {
    pieces = MESSAGE_EVENTS
    for await (const piece of await anthropicStream()) {
      if ((piece as { type: string }).type === 'content_block_delta') break
    }
    const { properties } = await onlyEvent()
    expect(properties).toMatchObject({
      $ai_input_tokens: 11,
      $ai_output_choices: [{ role: 'assistant', content: [{ type: 'text', text: 'It is ' }] }],
    })
    expect(properties).not.toHaveProperty(['$ai_is_error'])
  })

  it('that an API refuses is one event with its status', async () => {
    pieces = []
    await api.stop()
    api = await serve(
      (_request, response) =>
        void response
          .writeHead(529, { 'content-type': 'application/json' })
          .end('{"error":{"message":"overloaded"}}'),
    )
    await expect(anthropicStream()).rejects.toMatchObject({ status: 529 })
    expect((await onlyEvent()).properties).toMatchObject({ $ai_is_error: true, $ai_http_status: 529 })
  })
})
