import { postgres } from '../harness/backend.js'
import { describeSpans } from './index.js'

describeSpans(postgres)
