import { Captain } from '../client/captain.js'
import { demoUsers } from '../database/demo-users.js'
import type { Stage } from '../stage/stage.js'
import { checkAll } from './checks/check-all.js'
import { makePick, makePicksAtOnce, misbehave, suggestHero } from './scenes.js'
import { printChecks, printEnd, printTrace } from './summary.js'
import { printReplies } from './replies.js'
import { printTimeline } from './timeline.js'
import { contextOf, type Told } from './told.js'

/** Drives the service as its users do, shows what both processes logged, and checks that it agrees. */
export async function tellStory({ url, log }: Stage): Promise<boolean> {
  const ada = await Captain.arrive(url, demoUsers[0])
  const grace = await Captain.arrive(url, demoUsers[1])
  const captains = [ada, grace]

  const retried = { captain: ada, requestId: 'pick-ember', hero: 'ember' }
  const retriedReply = await makePick(log, retried)
  printTimeline(retriedReply, contextOf(retried), log.ofRequest(retried.requestId))

  await suggestHero(log, ada)
  const crowd = await makePicksAtOnce(log, captains)
  const refused = await misbehave(log, grace)
  printReplies(refused, log)

  const replies = [retriedReply, ...crowd.replies, ...refused]
  const told: Told = { log, captains, retried, crowd: crowd.picks, replies }
  const checks = checkAll(told)
  printChecks(checks)
  printTrace(log.ofRequest(retried.requestId))
  printEnd(checks)
  await Promise.all(captains.map(({ socket }) => socket.close()))
  return checks.every(({ problems }) => problems.length === 0)
}
