import { currentPosthog } from '../client/get-posthog.js'
import type { PosthogHandle } from '../client/handle.js'
import { type Generation, type GenerationOptions, RunningGeneration } from './generation.js'

/**
 * Runs `call`, a call to a language model, and captures one `$ai_generation` for it, when it succeeds and when it
 * fails: provider, model, seconds, tokens, and with `POSTHOG_LLM_PAYLOADS` prompt and completion (P6, P7).
 *
 * Its result, or its error, goes on as it is. While PostHog is off it only calls `call`.
 *
 * @example
 * const message = await traceGeneration({ provider: 'anthropic', model }, async (generation) => {
 *   generation.setInput(messages)
 *   const answer = await anthropic.messages.create({ model, messages, max_tokens: 1_024 })
 *   generation.setOutputFromAnthropic(answer)
 *   return answer
 * })
 */
export async function traceGeneration<T>(
  options: GenerationOptions,
  call: (generation: Generation) => T | PromiseLike<T>,
): Promise<T> {
  return runGeneration(currentPosthog(), options, call)
}

/** As `traceGeneration`, with a PostHog of its own. */
export async function runGeneration<T>(
  posthog: PosthogHandle,
  options: GenerationOptions,
  call: (generation: Generation) => T | PromiseLike<T>,
): Promise<T> {
  if (!posthog.enabled) return call(UNOBSERVED)
  const generation = new RunningGeneration(posthog, options)
  try {
    const result = await call(generation)
    generation.succeed()
    return result
  } catch (error) {
    generation.fail(error)
    throw error
  }
}

const UNOBSERVED: Generation = Object.freeze({
  setInput() {},
  setOutput() {},
  setTokens() {},
  setOutputFromAnthropic() {},
  setOutputFromOpenAI() {},
  async *observe<T>(stream: AsyncIterable<T>) {
    yield* stream
  },
})
