import { AsyncLocalStorage } from 'node:async_hooks'
import { OWN } from '../../src/fields.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'

const { configureSync, getConsoleSink, getJsonLinesFormatter, getLogger, withContext } =
  requirePeer('@logtape/logtape')
configureSync({
  contextLocalStorage: new AsyncLocalStorage(),
  sinks: { console: getConsoleSink({ formatter: getJsonLinesFormatter({ properties: 'flatten' }) }) },
  loggers: [
    { category: 'draft', lowestLevel: 'info', sinks: ['console'] },
    { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['console'] },
  ],
})
const log = getLogger('draft')

await measureLines({ run: withContext, write: () => log.info('pick_made', OWN) })
