import { member } from '../user/user.js'
import type { Usage } from './usage.js'

/** What is read of a model's answer, whole or piece by piece. */
export interface Reading {
  usage: Usage
  model?: string | undefined
  stopReason?: string | undefined
  /** The completion, as the messages of a conversation. */
  output?: unknown
}

/** A member of a member of something that may be anything. Never throws. */
export function dig(source: unknown, ...path: readonly string[]): unknown {
  let at = source
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = member(at, name)
  }
  return at
}

/** The items of something that may be anything, so many at most. Never throws. */
export function listOf(value: unknown, most = 1_000): unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, most) : []
  } catch {
    return []
  }
}

/** A text, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
