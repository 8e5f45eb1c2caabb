import { inBursts } from '../../src/bursts.mjs'
import { CONTEXT, OWN } from '../../src/fields.mjs'
import { requirePeer } from '../../src/peers.mjs'
import { context, synchronousOutput } from '../../src/pino-mixin.mjs'
import { measure } from '../../src/variant.mjs'

/** The line as ever, and a worker thread that parses it, makes a record of it and sends that. */
const pino = requirePeer('pino')
const transport = pino.transport({ target: requirePeer.resolve('pino-opentelemetry-transport') })
const streams = pino.multistream([{ stream: synchronousOutput() }, { stream: transport }])
const log = pino({ mixin: () => ({ ...context.getStore() }) }, streams)
const flush = () => new Promise((resolve) => transport.flush(resolve))

await measure((times) => context.run(CONTEXT, () => inBursts(times, () => log.info(OWN, 'pick_made'), flush)))
transport.ref()
const closed = new Promise((resolve) => transport.on('close', resolve))
transport.end()
await closed
