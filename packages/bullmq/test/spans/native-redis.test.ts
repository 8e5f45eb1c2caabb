import { describe, it } from '@jest/globals'
import { nativeRedis } from '../harness/backend.js'
import { describeSpans } from './index.js'

if (nativeRedis !== undefined) describeSpans(nativeRedis)
else
  describe.skip('spans of jobs on native Redis', () =>
    it('needs a redis-server on the PATH, or REDIS_URL', () => {}))
