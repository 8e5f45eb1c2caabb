import { dig, listOf, type Reading, textOf } from './reading.js'
import { noUsage, setCount, type Usage } from './usage.js'

/**
 * Reads a chat completion, or a response of the Responses API; what is not there or of another shape is left out (P6).
 * Never throws.
 */
export function readOpenAI(response: unknown): Reading {
  const choices = listOf(dig(response, 'choices'))
  const messages = choices.map((choice) => dig(choice, 'message')).filter((message) => message !== undefined)
  const items = dig(response, 'output')
  return {
    usage: readOpenAIUsage(dig(response, 'usage')),
    model: textOf(dig(response, 'model')),
    stopReason: textOf(dig(choices[0], 'finish_reason')) ?? textOf(dig(response, 'status')),
    output: messages.length > 0 ? messages : listOf(items).length > 0 ? items : undefined,
  }
}

/** Both APIs count the same by other names. */
export function readOpenAIUsage(given: unknown): Usage {
  const usage = noUsage()
  for (const [input, output] of [
    ['prompt_tokens', 'completion_tokens'],
    ['input_tokens', 'output_tokens'],
  ] as const) {
    setCount(usage, 'input', dig(given, input))
    setCount(usage, 'output', dig(given, output))
    setCount(usage, 'cacheRead', dig(given, `${input}_details`, 'cached_tokens'))
    setCount(usage, 'reasoning', dig(given, `${output}_details`, 'reasoning_tokens'))
  }
  return usage
}
