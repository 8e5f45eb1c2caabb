import { childError, startChild, type ChildOptions } from './children.js'

/** Runs a program to its end and returns what it wrote; throws with that text when it fails. */
export async function run(command: string, args: string[], options?: ChildOptions): Promise<string> {
  const child = startChild(command, args, options)
  await child.ended
  if (child.process.exitCode !== 0) throw childError(child)
  return child.output()
}
