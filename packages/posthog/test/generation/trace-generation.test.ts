import { describe, expect, it } from '@jest/globals'
import { runWithContext } from '@throughline/core'
import { runGeneration, traceGeneration } from '../../src/generation/trace-generation.js'
import { withRig } from '../support/rig.js'

const PAYLOADS = { POSTHOG_LLM_PAYLOADS: '1' }

const refusing = new Proxy(
  {},
  {
    get: () => {
      throw new Error('no')
    },
  },
)
const hostile: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'content'],
  ['a list', []],
  ['a proxy that refuses', refusing],
  ['parts of other types', { usage: 5, content: { text: 1 }, choices: 'x', output: 7, model: {} }],
  [
    'counts that are none',
    { usage: { input_tokens: '5', output_tokens: Number.NaN, prompt_tokens: -1, completion_tokens: null } },
  ],
  ['parts that refuse', { usage: refusing, choices: [refusing], content: [refusing] }],
]

describe('traceGeneration', () => {
  it('only calls while PostHog is off', async () => {
    const result = await traceGeneration({ provider: 'x' }, async (generation) => {
      generation.setInput('x')
      generation.setOutputFromAnthropic(refusing)
      const seen = []
      for await (const piece of generation.observe(
        (async function* pieces() {
          yield 1
          yield 2
        })(),
      ))
        seen.push(piece)
      return seen
    })
    expect(result).toEqual([1, 2])
  })

  it('passes on what a call throws, at once and later, as it is', async () => {
    await withRig({}, async ({ posthog, events }) => {
      const error = Object.freeze(new Error('api down'))
      const failures = [
        runGeneration(posthog, {}, () => {
          throw error
        }),
        runGeneration(posthog, {}, () => Promise.reject(error)),
        runGeneration(posthog, {}, () => Promise.reject('just text')),
      ].map((failing) => failing.catch((thrown: unknown) => thrown))
      const thrown = await Promise.all(failures)

      expect(thrown[0] === error && thrown[1] === error).toBe(true)
      expect(thrown[2]).toBe('just text')
      expect((await events()).map(({ properties }) => properties['$ai_error'])).toEqual([
        'Error: api down',
        'Error: api down',
        'string: just text',
      ])
    })
  })

  it('counts tokens that are 0', async () => {
    await withRig({}, async ({ posthog, events }) => {
      await runGeneration(posthog, {}, (generation) => generation.setTokens(0, 0))
      await runGeneration(posthog, {}, (generation) => {
        generation.setTokens(5, undefined)
        generation.setTokens(undefined, 6)
      })
      const counts = (await events()).map(({ properties }) => [
        properties['$ai_input_tokens'],
        properties['$ai_output_tokens'],
      ])
      expect(counts).toEqual([
        [0, 0],
        [5, 6],
      ])
    })
  })

  it('belongs to the request that it is made for', async () => {
    await withRig({}, async ({ posthog, events }) => {
      await runWithContext({ 'request.id': 'r-1', labels: ['draft'], 'draft.id': 7 }, () =>
        runGeneration(posthog, { provider: 'p', properties: { feature: 'summary' } }, async () => 'done'),
      )
      expect((await events())[0]?.properties).toMatchObject({
        'request.id': 'r-1',
        labels: ['draft'],
        'draft.id': 7,
        $ai_trace_id: 'r-1',
        feature: 'summary',
      })
    })
  })

  it.each(hostile)('is never disturbed by an answer that is %s', async (_name, response) => {
    await withRig(PAYLOADS, async ({ posthog, events }) => {
      await runGeneration(posthog, {}, (generation) => {
        generation.setInput(response)
        generation.setOutputFromAnthropic(response)
        generation.setOutputFromOpenAI(response)
      })
      const [event] = await events()
      expect(event?.event).toBe('$ai_generation')
      expect(event?.properties).not.toHaveProperty(['$ai_input_tokens'])
    })
  })

  it('keeps the form of messages while they fit, and cuts their JSON when they do not', async () => {
    const env = { ...PAYLOADS, POSTHOG_LLM_PAYLOAD_MAX_CHARS: '60' }
    await withRig(env, async ({ posthog, events }) => {
      const short = [{ role: 'user', content: 'hi', password: 'hunter2' }]
      const long = [{ role: 'user', content: 'x'.repeat(1_000) }]
      const circular: Record<string, unknown> = { role: 'user' }
      circular['self'] = circular
      for (const input of [short, long, circular, new Map(), 'x'.repeat(61), '\u{1F600}'.repeat(31)]) {
        await runGeneration(posthog, {}, (generation) => generation.setInput(input))
      }
      const inputs = (await events()).map(({ properties }) => properties['$ai_input'] as unknown)

      expect(inputs[0]).toEqual([{ role: 'user', content: 'hi', password: '[REDACTED]' }])
      expect(inputs[1]).toMatch(/^\[\{"role":"user","content":"x+…\[truncated \d+ chars\]$/)
      expect(inputs[2]).toEqual({ role: 'user', self: '[Circular]' })
      expect(inputs[3]).toEqual({})
      expect(inputs[4]).toBe(`${'x'.repeat(60)}…[truncated 1 chars]`)
      expect(inputs[5]).toBe(`${'\u{1F600}'.repeat(30)}…[truncated 2 chars]`)
    })
  })

  it('cuts no surrogate pair', async () => {
    const env = { ...PAYLOADS, POSTHOG_LLM_PAYLOAD_MAX_CHARS: '3' }
    await withRig(env, async ({ posthog, events }) => {
      await runGeneration(posthog, {}, (generation) => generation.setOutput('ab\u{1F600}c'))
      expect((await events())[0]?.properties['$ai_output_choices']).toBe('ab…[truncated 3 chars]')
    })
  })

  it('has no body in it while payloads are off', async () => {
    await withRig({}, async ({ posthog, events, server }) => {
      await runGeneration(posthog, {}, (generation) => {
        generation.setInput('SECRET PROMPT')
        generation.setOutput('SECRET COMPLETION')
        generation.setOutputFromAnthropic({ content: [{ type: 'text', text: 'SECRET COMPLETION' }] })
        generation.setOutputFromOpenAI({ choices: [{ message: { content: 'SECRET COMPLETION' } }] })
      })
      await events()
      expect(server.everything).not.toContain('SECRET')
    })
  })
})
