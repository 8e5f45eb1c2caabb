import { requestRow } from '../../src/http/row.mjs'

export const row = requestRow('Express')
