import { AsyncLocalStorage } from 'node:async_hooks'
import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'

const { createLogger, format, transports } = requirePeer('winston')
const context = new AsyncLocalStorage()
const withContext = format((info) => Object.assign(info, context.getStore()))

const log = createLogger({
  format: format.combine(withContext(), format.timestamp(), format.json()),
  transports: [new transports.Console()],
})

await measureLines({
  run: (fields, fn) => context.run(fields, fn),
  write: () => log.info('pick_made', OWN),
})
