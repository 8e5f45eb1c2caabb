import { dig, listOf, type Reading, textOf } from './reading.js'
import { noUsage, setCount, type Usage } from './usage.js'

/** Reads a message of Anthropic's API; what is not there or of another shape is left out (P6). Never throws. */
export function readAnthropic(response: unknown): Reading {
  const content = dig(response, 'content')
  return {
    usage: readAnthropicUsage(dig(response, 'usage')),
    model: textOf(dig(response, 'model')),
    stopReason: textOf(dig(response, 'stop_reason')),
    output: listOf(content).length > 0 ? [{ role: 'assistant', content }] : undefined,
  }
}

/** Its input tokens are those that were not in the cache. */
export function readAnthropicUsage(given: unknown): Usage {
  const usage = noUsage()
  setCount(usage, 'input', dig(given, 'input_tokens'))
  setCount(usage, 'output', dig(given, 'output_tokens'))
  setCount(usage, 'cacheRead', dig(given, 'cache_read_input_tokens'))
  setCount(usage, 'cacheCreation', dig(given, 'cache_creation_input_tokens'))
  return usage
}
