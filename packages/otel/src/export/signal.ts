/** What is exported, each to a URL of its own. */
export type Signal = 'logs' | 'traces' | 'metrics'
