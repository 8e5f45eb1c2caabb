import { createRequire } from 'node:module'
import { startOfficialTracing } from '../official-tracing.mjs'
import { requirePeer } from '../peers.mjs'
import { synchronousOutput } from '../pino-mixin.mjs'
import { serveApplication } from './application.mjs'

const require = createRequire(import.meta.url)

/**
 * What is usually taken: nestjs-pino, nestjs-cls and OpenTelemetry's instrumentations, or some of them; tuned.
 *
 * Tuned is: no hook of the module loader, which has nestjs-cls import a package for each request (what is
 * instrumented is required ahead instead); the two instrumentations that it takes; no spans of middleware and hooks;
 * short serialisers; batches; lines written at once. It writes what ours does: two lines with the request's id and the span's, one server span.
 *
 * @param {{ pino?: boolean, cls?: boolean, tracing?: boolean }} parts
 */
export async function serveUsualStack(adapter, { pino = true, cls = true, tracing = false } = {}) {
  const provider = tracing ? startOfficialTracing() : undefined
  if (tracing) instrument(adapter)

  requirePeer('reflect-metadata')
  await serveApplication({
    common: requirePeer('@nestjs/common'),
    core: requirePeer('@nestjs/core'),
    Adapter:
      adapter === 'fastify'
        ? requirePeer('@nestjs/platform-fastify').FastifyAdapter
        : requirePeer('@nestjs/platform-express').ExpressAdapter,
    // nestjs-pino keeps the id that Fastify gives a request.
    ...(adapter === 'fastify' && { adapterOptions: { requestIdHeader: 'x-request-id' } }),
    imports: [...(cls ? [clsModule()] : []), ...(pino ? [pinoModule(cls)] : [])],
    ...(pino && {
      inject: requirePeer('nestjs-pino').PinoLogger,
      handle: (id, { injected }) => injected.info({ 'pick.id': id }, 'pick_read'),
    }),
    flush: () => provider?.forceFlush(),
    close: () => provider?.shutdown(),
  })
}

function clsModule() {
  const { ClsModule } = requirePeer('nestjs-cls')
  const idGenerator = (request) => request.headers['x-request-id']
  return ClsModule.forRoot({ global: true, middleware: { mount: true, generateId: true, idGenerator } })
}

/** The request's id on the lines comes from nestjs-cls where it is there too: that is what one has it for. */
function pinoModule(withCls) {
  const { LoggerModule } = requirePeer('nestjs-pino')
  const { RequestMethod } = requirePeer('@nestjs/common')
  const { ClsServiceManager } = requirePeer('nestjs-cls')
  const cls = ClsServiceManager.getClsService()
  const options = {
    quietReqLogger: true,
    genReqId: (request) => request.headers['x-request-id'],
    ...(withCls
      ? { mixin: () => ({ 'request.id': cls.getId() }) }
      : { customAttributeKeys: { reqId: 'request.id' } }),
    serializers: {
      req: ({ method, url }) => ({ method, url }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  }
  return LoggerModule.forRoot({
    // Its default does not match on Fastify.
    forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
    pinoHttp: [options, synchronousOutput()],
  })
}

function instrument(adapter) {
  const { registerInstrumentations } = requirePeer('@opentelemetry/instrumentation')
  const { HttpInstrumentation } = requirePeer('@opentelemetry/instrumentation-http')
  const { PinoInstrumentation } = requirePeer('@opentelemetry/instrumentation-pino')
  const instrumentations = [new HttpInstrumentation(), new PinoInstrumentation({ disableLogSending: true })]
  if (adapter === 'fastify') {
    const { FastifyOtelInstrumentation } = requirePeer('@fastify/otel')
    const spare = { instrumentHooks: false, instrumentHandler: false }
    instrumentations.push(new FastifyOtelInstrumentation({ registerOnInitialization: true, ...spare }))
  } else {
    const { ExpressInstrumentation } = requirePeer('@opentelemetry/instrumentation-express')
    // It still finds the route.
    const ignoreLayersType = ['middleware', 'request_handler', 'router']
    instrumentations.push(new ExpressInstrumentation({ ignoreLayersType }))
  }
  registerInstrumentations({ instrumentations })
  // They patch what is required, in place; ES modules find it patched.
  require('node:http')
  requirePeer('pino')
  if (adapter !== 'fastify') createRequire(requirePeer.resolve('@nestjs/platform-express'))('express')
}
