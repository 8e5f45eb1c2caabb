import { runUnit, runWithContext } from '@throughline/core'
import { describe, expect, it } from '@jest/globals'
import { loadPosthogConfig } from '../src/config/config.js'
import { runGeneration } from '../src/generation/trace-generation.js'
import { renderSnippet } from '../src/snippet/render-snippet.js'
import { userBlock } from '../src/user/identity.js'
import { type Rig, withRig } from './support/rig.js'

/** What must not leave the process, but where `docs/privacy.md` says that it does. */
const SEEDS = {
  id: 'SEED-user-id-4711',
  email: 'SEED-ada@example.com',
  name: 'SEED Ada Lovelace',
  address: 'SEED Baker Street',
  token: 'SEED-bearer-token',
  cookie: 'SEED-session-cookie',
  query: 'SEED-query-value',
  sql: 'SELECT SEED FROM accounts',
  prompt: 'SEED the prompt',
  completion: 'SEED the completion',
  context: 'SEED-bound-by-the-application',
  member: 'SEED-member-of-an-error',
}

type Seed = keyof typeof SEEDS

const user = {
  id: SEEDS.id,
  email: SEEDS.email,
  name: SEEDS.name,
  address: SEEDS.address,
  token: SEEDS.token,
}
const request = {
  method: 'POST',
  originalUrl: `/orders?token=${SEEDS.query}`,
  headers: { authorization: `Bearer ${SEEDS.token}`, cookie: SEEDS.cookie },
  body: { sql: SEEDS.sql },
  user,
}

/** Everything that a process can be made to send, with seeds wherever a value can be. */
async function sendEverything({ posthog, server }: Rig): Promise<void> {
  server.flags = { beta: true }
  const context = {
    'request.id': 'r-1',
    'user.id': SEEDS.id,
    tenant: SEEDS.context,
    labels: ['order'],
    'order.id': 5,
  }
  await runWithContext(context, async () => {
    posthog.capture('order_placed', user.id, {
      total: 5,
      authorization: SEEDS.token,
      nested: { password: SEEDS.token },
    })
    posthog.capture('page_seen')
    posthog.captureException(
      Object.assign(new Error('refused'), { query: SEEDS.sql, member: SEEDS.member }),
      { request },
    )
    posthog.captureException({ message: 'odd', token: SEEDS.token })
    const cause = Object.assign(new Error('no answer'), {
      config: { headers: { authorization: SEEDS.token } },
    })
    posthog.captureException(
      new AggregateError([Object.assign(new Error('one'), { sql: SEEDS.sql })], 'several', { cause }),
    )
    await runUnit({ kind: 'job', name: 'stats' }, () => Promise.reject(new RangeError('failed'))).catch(
      () => undefined,
    )
    await posthog.isFeatureEnabled('beta', user.id, {
      personProperties: { plan: 'pro', password: SEEDS.token },
    })
    await posthog.getFeatureFlagPayload('beta')
    for (const distinctId of [undefined, user.id]) {
      await runGeneration(posthog, { provider: 'p', model: 'm', distinctId }, (generation) => {
        generation.setInput([{ role: 'user', content: SEEDS.prompt }])
        generation.setOutput(SEEDS.completion)
      })
    }
    const pieces = [
      { type: 'message_start', message: { model: 'm', usage: { input_tokens: 1 } } },
      { type: 'content_block_delta', index: 0, delta: { text: SEEDS.completion } },
    ]
    await runGeneration(posthog, { provider: 'p' }, async (generation) => {
      generation.setInput({ messages: [SEEDS.prompt], api_key: SEEDS.token })
      for await (const _ of generation.observe(ReadableStream.from(pieces))) continue
      throw new Error('overloaded')
    }).catch(() => undefined)
  })
  await posthog.flush()
}

function found(text: string): Seed[] {
  return (Object.keys(SEEDS) as Seed[]).filter((seed) => text.includes(SEEDS[seed]))
}

/** What each mode lets out: the lists of `docs/privacy.md`. */
const BY_MODE: [string, Seed[]][] = [
  ['none', []],
  ['id', ['id']],
  ['email', ['id', 'email']],
  ['full', ['id', 'email', 'name']],
]

const BY_PAYLOADS: [string, Seed[]][] = [
  ['false', []],
  ['true', ['prompt', 'completion']],
]

const MODES = BY_MODE.flatMap(([mode, ofMode]) =>
  BY_PAYLOADS.map(([payloads, ofPayloads]): [string, string, Seed[]] => [
    mode,
    payloads,
    [...ofMode, ...ofPayloads],
  ]),
)

describe('what leaves the process', () => {
  it.each(MODES)('in mode %s, with payloads %s, is %j', async (mode, payloads, seeds) => {
    const env = { POSTHOG_IDENTIFY_PII: mode, POSTHOG_LLM_PAYLOADS: payloads }
    await withRig(env, async (rig) => {
      await sendEverything(rig)
      expect(rig.server.events.length).toBeGreaterThan(7)
      expect(found(rig.server.everything)).toEqual(seeds)
    })
  })

  it.each(BY_MODE)('into a page in mode %s is %j', (mode, seeds) => {
    const { config } = loadPosthogConfig({ POSTHOG_API_KEY: 'phc_test', POSTHOG_IDENTIFY_PII: mode })
    expect(found(renderSnippet(config, { block: userBlock(config, user) }))).toEqual(seeds)
  })

  it('is what the table of properties says, and nothing else', async () => {
    await withRig({ POSTHOG_IDENTIFY_PII: 'full', POSTHOG_LLM_PAYLOADS: 'on' }, async (rig) => {
      await sendEverything(rig)
      const names = new Set(rig.server.events.flatMap(({ properties }) => Object.keys(properties)))
      for (const own of ['total', 'authorization', 'nested']) names.delete(own)
      expect([...names].filter((name) => !name.startsWith('$')).toSorted()).toEqual([
        'component',
        'environment',
        'labels',
        'locally_evaluated',
        'method',
        'order.id',
        'path',
        'request.id',
        'user_email',
        'user_id',
        'user_name',
      ])
    })
  })

  it('has of what posthog-node adds no more than is known', async () => {
    await withRig({ POSTHOG_IDENTIFY_PII: 'full', POSTHOG_LLM_PAYLOADS: 'on' }, async (rig) => {
      await sendEverything(rig)
      const names = new Set(rig.server.events.flatMap(({ properties }) => Object.keys(properties)))
      expect(
        [...names].filter((name) => name.startsWith('$') && !name.startsWith('$ai_')).toSorted(),
      ).toEqual([
        '$exception_level',
        '$exception_list',
        '$feature/beta',
        '$feature_flag',
        '$feature_flag_id',
        '$feature_flag_reason',
        '$feature_flag_request_id',
        '$feature_flag_response',
        '$feature_flag_version',
        '$geoip_disable',
        '$is_server',
        '$lib',
        '$lib_version',
        '$process_person_profile',
      ])
    })
  })

  it('goes by a request that names neither the trace nor the host', async () => {
    await withRig({}, async (rig) => {
      await sendEverything(rig)
      for (const { headers } of rig.server.requests) {
        expect(
          Object.keys(headers).filter((name) => /trace|baggage|telemetry|cookie|authorization/.test(name)),
        ).toEqual([])
      }
    })
  })

  it('passes the hook of the application last', async () => {
    const beforeSend = (event: {
      event: string
      properties?: Record<string, unknown>
    }): typeof event | null => {
      if (event.event === 'page_seen') return null
      if (event.event === 'order_placed') throw new Error('the hook broke')
      delete event.properties?.['user_id']
      return event
    }
    await withRig(
      {},
      async (rig) => {
        await sendEverything(rig)
        const { events } = rig.server
        expect(events.map(({ event }) => event)).not.toContain('page_seen')
        expect(events.map(({ event }) => event)).not.toContain('order_placed')
        expect(events.some(({ properties }) => 'user_id' in properties)).toBe(false)
        expect(rig.posthog.counts.dropped).toBe(2)
      },
      { beforeSend },
    )
  })
})
