/** A line of a stack: what it says, a frame of one's own code, or a frame of what that stands on. */
export interface StackLine {
  readonly text: string
  readonly part: 'message' | 'own' | 'foreign'
}

const FRAME = /^\s*at /
const FOREIGN = /node_modules|\(node:|at node:|at async node:|<anonymous>|\(native\)/

export function stackLines(stack: string): StackLine[] {
  return stack
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => ({
      text: text.trim(),
      part: FRAME.test(text) ? (FOREIGN.test(text) ? 'foreign' : 'own') : 'message',
    }))
}
