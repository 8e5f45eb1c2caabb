import { embeddedRedis } from '../harness/backend.js'
import { describeSpans } from './index.js'

describeSpans(embeddedRedis)
