import { capture } from './capture.mjs'

/** Runs a task in all packages, or in those that the arguments choose; only failing ones are heard. */
export function turbo(task, ...args) {
  return capture('turbo', [
    'run',
    task,
    '--output-logs=errors-only',
    '--log-order=grouped',
    '--no-color',
    ...args,
  ])
}
