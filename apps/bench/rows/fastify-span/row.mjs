import { spanRow } from '../../src/http/row.mjs'

export const row = spanRow('Fastify')
