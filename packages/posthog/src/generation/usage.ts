/** Tokens of one call, by the names that PostHog has for them. */
export interface Usage {
  input?: number
  output?: number
  cacheRead?: number
  cacheCreation?: number
  reasoning?: number
}

/** No counts yet; without a prototype, for a getter on Object.prototype would refuse them. */
export function noUsage(): Usage {
  return Object.create(null) as Usage
}

/** Adds what is a count; 0 is one, anything else is left as it was (P6). */
export function setCount(usage: Usage, name: keyof Usage, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) usage[name] = value
}

/** The properties of an event; those that are known. */
export function usageProperties(usage: Usage): Record<string, number> {
  const known = Object.entries(usage) as [keyof Usage, number][]
  return Object.fromEntries(known.map(([name, value]) => [PROPERTIES[name], value]))
}

const PROPERTIES: Readonly<Record<keyof Usage, string>> = {
  input: '$ai_input_tokens',
  output: '$ai_output_tokens',
  cacheRead: '$ai_cache_read_input_tokens',
  cacheCreation: '$ai_cache_creation_input_tokens',
  reasoning: '$ai_reasoning_tokens',
}
