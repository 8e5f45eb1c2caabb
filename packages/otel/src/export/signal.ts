/** What is exported, each to a URL of its own. */
export const SIGNALS = ['logs', 'traces', 'metrics'] as const

export type Signal = (typeof SIGNALS)[number]
