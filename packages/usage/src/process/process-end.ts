import { slot } from '../slot.js'
import type { Ending, ProcessEnd } from './ending.js'
import { sendLast } from './send-last.js'
import { listenForSignals } from './signals.js'

/** Has the ending flushed before the process ends, however it does; returns the way to end that (U6). */
export function onProcessEnd(ending: Ending): () => void {
  slot.endings.add(ending)
  slot.unlisten ??= listen()
  return () => {
    slot.endings.delete(ending)
    if (slot.endings.size > 0) return
    slot.unlisten?.()
    slot.unlisten = undefined
  }
}

/**
 * One set of listeners for all endings.
 *
 * They leave everything as it would be: the exit code, and whether a signal ends the process.
 */
function listen(): () => void {
  const shrink = growListenerLimit()
  const unlistenSignals = listenForSignals((signal) => end({ signal }))
  const onBeforeExit = (): void => {
    for (const ending of slot.endings) void ending.flush()
  }
  const onExit = (code: number): void => {
    // Whoever has no patience may still end this by Ctrl+C.
    unlistenSignals()
    // Listeners before this one may have set another.
    end({ code: Number(process.exitCode ?? code) })
  }
  process.on('beforeExit', onBeforeExit)
  process.on('exit', onExit)
  return () => {
    process.off('beforeExit', onBeforeExit)
    process.off('exit', onExit)
    unlistenSignals()
    shrink()
  }
}

function end(how: ProcessEnd): void {
  const endings = [...slot.endings]
  for (const ending of endings) ending.finish(how)
  sendLast(endings.map((ending) => ending.takeLast()).filter((last) => last !== undefined))
}

/** Ours is one listener of each event more than the application counts with: Node would print a warning. */
function growListenerLimit(): () => void {
  const limit = process.getMaxListeners()
  if (limit === 0) return () => {}
  process.setMaxListeners(limit + 1)
  return () => void process.setMaxListeners(Math.max(1, process.getMaxListeners() - 1))
}
