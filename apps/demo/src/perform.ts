import { interruption } from './stage/interruption.js'
import { openStage } from './stage/stage.js'
import { Started } from './stage/started.js'
import { serve } from './serve.js'
import { tellStory } from './story/story.js'

/** Opens the stage, plays on it, and clears it again, whatever happens in between. */
export async function perform(mode: 'story' | 'serve', port: number): Promise<void> {
  const interrupted = interruption()
  const started = new Started()
  const play = mode === 'serve' ? serve : tellStory
  const performance = openStage(started, { mode, port }).then((stage) =>
    Promise.race([play(stage), stage.crashed]),
  )
  let signal: NodeJS.Signals | undefined
  try {
    const ending = await Promise.race([performance, interrupted])
    if (typeof ending === 'string') signal = ending
    else process.exitCode = ending ? 0 : 1
  } catch (error) {
    console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
  // What the end of everything breaks in a performance under way is nobody's concern.
  performance.catch(() => undefined)
  await started.stopAll()
  if (signal !== undefined) process.kill(process.pid, signal)
}
