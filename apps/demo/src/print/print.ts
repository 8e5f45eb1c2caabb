/** Writes one line for the person in front of the terminal. */
export function print(...parts: string[]): void {
  process.stdout.write(`${parts.join(' ')}\n`)
}
