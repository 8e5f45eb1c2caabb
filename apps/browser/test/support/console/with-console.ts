import { type Console, type ConsoleOptions, startConsole } from '@throughline/console'
import { type Visitor, withVisitor } from '../../../src/visitor.js'

/** A console with somebody who looks at it, for the length of one test. */
export async function withConsole<T>(
  options: ConsoleOptions,
  use: (console: Console, visitor: Visitor) => Promise<T>,
): Promise<T> {
  const started = await startConsole({ port: 0, ...options })
  try {
    return await withVisitor((visitor) => use(started, visitor))
  } finally {
    await started.close()
  }
}
