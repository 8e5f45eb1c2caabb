import { reportStart } from '../../src/variant.mjs'

reportStart()
