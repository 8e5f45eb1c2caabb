/** What the command prints to. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** Where the command runs: the process, or a test's stand-in. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Output
  readonly stderr: Output
}

/** A text as one line: what could move a cursor or colour a terminal is escaped. */
export function oneLine(text: string): string {
  return text.replace(
    /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A text whose line breaks stay, such as a stack. */
export function plainLines(text: string): string {
  return text.split('\n').map(oneLine).join('\n')
}

/** Emphasis on a terminal, unless NO_COLOR is set. */
export function bold(text: string, { env, stdout }: Terminal): string {
  return stdout.isTTY && !env['NO_COLOR'] ? `\u001b[1m${text}\u001b[22m` : text
}
