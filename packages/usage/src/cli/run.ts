import { boundedText } from '../event/bounded-text.js'
import { COMMAND_RUN, NO_SUBCOMMAND } from '../names.js'
import type { Pipeline } from '../pipeline/pipeline.js'
import type { ProcessEnd } from '../process/ending.js'

/** How a run ended: `interrupted` by a signal that it had no listener for. */
export type RunOutcome = 'success' | 'error' | 'interrupted'

/** One run of a command, counted once, whichever end comes first. */
export class Run {
  readonly #startedAt = performance.now()
  readonly #detach: () => void
  #finished = false

  constructor(
    private readonly pipeline: Pipeline,
    private readonly surface: string,
    private readonly command: string,
  ) {
    this.#detach = pipeline.onEnd((end) => this.finish(outcomeOf(end)))
  }

  /** The count has no outcome, for it is one of runs; the duration has, and a count by outcome with it. */
  finish(outcome: RunOutcome): void {
    if (this.#finished) return
    this.#finished = true
    this.#detach()
    const attributes = {
      surface: boundedText(this.surface) ?? 'cli',
      event: COMMAND_RUN,
      command: boundedText(this.command) ?? NO_SUBCOMMAND,
    }
    const seconds = Math.max(0, performance.now() - this.#startedAt) / 1_000
    this.pipeline.record({ attributes, duration: { seconds, attributes: { ...attributes, outcome } } })
  }

  /** Settles when it is sent, with all else that was counted, or after 2 s. */
  sent(): Promise<void> {
    return this.pipeline.flush()
  }
}

/** `process.exit(2)` and `process.exitCode = 2` are errors as an exception is. */
export function outcomeOf(end: ProcessEnd): RunOutcome {
  if ('signal' in end) return 'interrupted'
  return end.code === 0 ? 'success' : 'error'
}
