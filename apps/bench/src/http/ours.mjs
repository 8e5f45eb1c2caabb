import { getLogger, initTelemetry } from '@throughline/core'
import { TelemetryModule } from '@throughline/nestjs'
import { serveApplication } from './application.mjs'
import { callNowAndThen } from './outgoing-call.mjs'
import { nest, workspaceAdapter } from './workspace-nest.mjs'

/** Context, completion line, one own line; spans by the environment. `calls` has it call somebody now and then. */
export async function serveOurs(adapter, { calls = false } = {}) {
  const calling = calls ? await callNowAndThen() : undefined
  const log = getLogger('draft')
  await serveApplication({
    ...nest,
    Adapter: await workspaceAdapter(adapter),
    imports: [TelemetryModule.forRoot({ trust: 'loopback' })],
    handle: (id) => log.info('pick_read', { 'pick.id': id }),
    flush: () => initTelemetry().flush(),
    close() {
      calling?.stop()
      return initTelemetry().shutdown()
    },
  })
}
