/** A term as it was typed, and its parts. */
export interface Token {
  readonly typed: string
  readonly negative: boolean
  /** Absent for a bare word. */
  readonly key: string | undefined
  readonly value: string
}

const TERM = /(-?)(?:([\w.-]*[\w-]):(?!\/\/))?(?:"([^"]*)"?|(\S*))/y
const MAX_TERMS = 20

/** Terms are separated by spaces; a value in quotes may hold some. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let index = 0
  while (index < query.length && tokens.length < MAX_TERMS) {
    if (/\s/.test(query[index] ?? '')) {
      index += 1
      continue
    }
    TERM.lastIndex = index
    const match = TERM.exec(query)
    const typed = match?.[0] ?? ''
    if (typed === '') break
    index += typed.length
    const value = match?.[3] ?? match?.[4] ?? ''
    const key = match?.[2]?.toLowerCase()
    if (value !== '' || key !== undefined) tokens.push({ typed, negative: match?.[1] === '-', key, value })
  }
  return tokens
}
