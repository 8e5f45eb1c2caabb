import { describe, expect, it } from '@jest/globals'
import type { Generation, GenerationOptions } from '../../src/generation/generation.js'
import { runGeneration } from '../../src/generation/trace-generation.js'
import { startPosthog } from '../../src/client/get-posthog.js'
import { createFakeSdk } from '../support/fake-sdk.js'
import { withRig } from '../support/rig.js'
import { type Case, conformance } from './cases.js'

type Repeat = [string, number]

interface Input extends GenerationOptions {
  setInput?: string
  setOutput?: string
  setInput_repeat?: Repeat
  setOutput_repeat?: Repeat
  setTokens?: [number, number]
  setOutputFromAnthropic?: unknown
  setOutputFromOpenAI?: unknown
  throws?: string
}

interface Expected {
  event?: string
  distinctId?: string
  captured?: number
  rethrown?: string
  returned?: string
  properties?: object
  present_properties?: string[]
  absent_properties?: string[]
  property_contains?: Record<string, string>
  property_shape?: Record<string, { prefix_repeat: Repeat; suffix: string }>
  max_length?: Record<string, number>
}

const RESULT = 'callback result'

async function call(generation: Generation, input: Input): Promise<string> {
  const { setInput, setInput_repeat: longInput, setOutput, setOutput_repeat: longOutput } = input
  if (setInput !== undefined) generation.setInput(setInput)
  if (longInput !== undefined) generation.setInput(longInput[0].repeat(longInput[1]))
  if (setOutput !== undefined) generation.setOutput(setOutput)
  if (longOutput !== undefined) generation.setOutput(longOutput[0].repeat(longOutput[1]))
  if (input.setTokens !== undefined) generation.setTokens(...input.setTokens)
  if (input.setOutputFromAnthropic !== undefined)
    generation.setOutputFromAnthropic(input.setOutputFromAnthropic)
  if (input.setOutputFromOpenAI !== undefined) generation.setOutputFromOpenAI(input.setOutputFromOpenAI)
  await Promise.resolve()
  if (input.throws !== undefined) throw new Error(input.throws)
  return RESULT
}

describe('ai', () => {
  const cases = conformance('ai')

  it.each(cases.filter(([, { env }]) => 'POSTHOG_API_KEY' in env))(
    '%s',
    async (_id, { env, input, expected }: Case) => {
      const { provider, model, distinctId, parentTraceId } = input as Input
      const wanted = expected as Expected
      await withRig(env, async ({ posthog, events }) => {
        const options = { provider, model, distinctId, parentTraceId }
        const result = runGeneration(posthog, options, (generation) => call(generation, input as Input))
        if (wanted.rethrown === undefined) expect(await result).toBe(RESULT)
        else await expect(result).rejects.toThrow(wanted.rethrown)
        const arrived = await events()

        expect(arrived).toHaveLength(wanted.captured ?? 1)
        const [event] = arrived
        expect(event?.event).toBe(wanted.event ?? '$ai_generation')
        expect(event?.distinct_id).toBe(wanted.distinctId ?? 'system')
        const properties: Record<string, unknown> = event?.properties ?? {}
        expect(properties).toMatchObject(wanted.properties ?? {})
        for (const name of wanted.present_properties ?? []) expect(properties).toHaveProperty([name])
        for (const name of wanted.absent_properties ?? []) expect(properties).not.toHaveProperty([name])
        for (const [name, text] of Object.entries(wanted.property_contains ?? {})) {
          expect(properties[name]).toContain(text)
        }
        for (const [name, { prefix_repeat: prefix, suffix }] of Object.entries(wanted.property_shape ?? {})) {
          expect(properties[name] === prefix[0].repeat(prefix[1]) + suffix).toBe(true)
        }
        for (const [name, most] of Object.entries(wanted.max_length ?? {})) {
          expect(String(properties[name]).length).toBeLessThanOrEqual(most)
        }
      })
    },
  )

  it.each(cases.filter(([, { env }]) => !('POSTHOG_API_KEY' in env)))(
    '%s',
    async (_id, { env, input, expected }: Case) => {
      const sdk = createFakeSdk()
      const posthog = startPosthog({}, env, sdk.load)
      const returned = await runGeneration(posthog, {}, (generation) => call(generation, input as Input))

      expect({ captured: sdk.captured.length, returned }).toEqual(expected)
    },
  )
})
