import { describe, it } from '@jest/globals'
import { describeBehaviour } from './behaviour/index.js'
import { nativeRedis } from './harness/backend.js'

if (nativeRedis !== undefined) describeBehaviour(nativeRedis)
else
  describe.skip('jobs on native Redis', () => it('needs a redis-server on the PATH, or REDIS_URL', () => {}))
