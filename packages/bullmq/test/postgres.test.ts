import { describeBehaviour } from './behaviour/index.js'
import { postgres } from './harness/backend.js'

describeBehaviour(postgres)
