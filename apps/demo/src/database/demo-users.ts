import { createHash } from 'node:crypto'

/** Who may use the demo; their tokens are for everybody to see. */
export const demoUsers = [
  { id: 7, name: 'Ada', token: 'ada-token' },
  { id: 8, name: 'Grace', token: 'grace-token' },
] as const

/** The database keeps this, never a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
