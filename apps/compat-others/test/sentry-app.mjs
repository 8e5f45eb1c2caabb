/** The application beside Sentry, which comes first or last, with or without a tracer provider of its own. */
import * as Sentry from '@sentry/node'
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { getContext, initTelemetry, runUnit } from '@throughline/core'
import { carryTrace, activeFrame } from '@throughline/core/binding'

const { SENTRY_COMES, SENTRY_PROVIDER, SENTRY_RATE } = process.env

function init() {
  Sentry.init({
    dsn: process.env.DSN,
    tracesSampleRate: Number(SENTRY_RATE ?? 1),
    enableOpenTelemetrySetup: SENTRY_PROVIDER === 'yes',
    includeServerName: false,
  })
}

if (SENTRY_COMES === 'first') init()
await initTelemetry().ready
if (SENTRY_COMES === 'last') init()

const { log, Matches, route, serve } = await import('./nest-app.mjs')

class Scopes {
  /** What Sentry's scopes and new traces leave of our context. */
  async scopes() {
    const seen = []
    const see = async (where) => {
      await new Promise(setImmediate)
      seen.push(where)
      log.info('in_scope', { where, own: getContext()['request.id'] !== undefined, active: activeSpanId() })
    }
    await see('handler')
    await Sentry.withScope(() => see('withScope'))
    await Sentry.withIsolationScope(() => see('withIsolationScope'))
    await Sentry.startNewTrace(() => see('startNewTrace'))
    await Sentry.continueTrace(
      { sentryTrace: '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1', baggage: '' },
      () => see('continueTrace'),
    )
    await Sentry.startSpan({ name: 'sentry span' }, () => see('startSpan'))
    await Sentry.suppressTracing(() => see('suppressTracing'))
    await context.with(ROOT_CONTEXT, () => see('ROOT_CONTEXT'))
    await runUnit({ kind: 'task', name: 'nightly' }, () => see('runUnit'))
    const headers = {}
    carryTrace(activeFrame(), headers)
    log.info('carried', headers)
    return { seen }
  }

  boom() {
    Sentry.captureException(new RangeError('sent once'))
    return { ok: true }
  }
}

function activeSpanId() {
  return trace.getActiveSpan()?.spanContext().spanId
}

route(Scopes, 'scopes', { scopes: '', boom: 'boom' })

await serve([Matches, Scopes], () => Sentry.close(2_000))
