import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from './serve.js'
import { interruption } from './stage/interruption.js'
import { openStage, type Stage, type StageOptions } from './stage/stage.js'
import { Started } from './stage/started.js'
import { tellStory } from './story/story.js'

/** How long after a call has failed the process that it failed in may be seen to end. */
const CRASH_SEEN_MS = 500

/** Opens the stage, plays on it, and clears it again, whatever happens in between; sets the exit code. */
export async function perform(options: StageOptions): Promise<void> {
  const interrupted = interruption()
  const started = new Started()
  const play = options.mode === 'serve' ? serve : tellStory
  const performance = openStage(started, options).then((stage) => playOn(stage, play))
  let signal: NodeJS.Signals | undefined
  try {
    const ending = await Promise.race([performance, interrupted])
    if (typeof ending === 'string') signal = ending
    else process.exitCode = ending ? 0 : 1
  } catch (error) {
    console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
  await started.stopAll()
  if (signal !== undefined) process.kill(process.pid, signal)
}

/** A process that ends is a better reason than the call that failed because of it. */
async function playOn(stage: Stage, play: (stage: Stage) => Promise<boolean>): Promise<boolean> {
  try {
    return await Promise.race([play(stage), stage.crashed])
  } catch (error) {
    await Promise.race([stage.crashed, sleep(CRASH_SEEN_MS, undefined, { ref: false })])
    throw error
  }
}
