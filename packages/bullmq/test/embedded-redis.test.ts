import { describeBehaviour } from './behaviour/index.js'
import { embeddedRedis } from './harness/backend.js'

describeBehaviour(embeddedRedis)
