import { createRequire } from 'node:module'
import { startOfficialTracing } from '../official-tracing.mjs'
import { requirePeer } from '../peers.mjs'
import { serveApplication } from './application.mjs'

const require = createRequire(import.meta.url)

/**
 * nestjs-pino, nestjs-cls and OpenTelemetry's instrumentations, tuned.
 *
 * Tuned is: no hook of the module loader, which has nestjs-cls import a package for each request (what is
 * instrumented is required ahead instead); the two instrumentations that it takes; no spans of middleware and hooks;
 * short serialisers; batches. It writes what ours does: two lines with the request's id and the span's, one server span.
 */
export async function serveUsualStack(adapter) {
  const provider = startOfficialTracing()
  instrument(adapter)

  requirePeer('reflect-metadata')
  const { LoggerModule, PinoLogger } = requirePeer('nestjs-pino')
  const { RequestMethod } = requirePeer('@nestjs/common')
  const { ClsModule, ClsServiceManager } = requirePeer('nestjs-cls')
  const cls = ClsServiceManager.getClsService()
  const imports = [
    ClsModule.forRoot({
      global: true,
      middleware: {
        mount: true,
        generateId: true,
        idGenerator: (request) => request.headers['x-request-id'],
      },
    }),
    LoggerModule.forRoot({
      // Its default does not match on Fastify.
      forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
      pinoHttp: {
        quietReqLogger: true,
        genReqId: (request) => request.headers['x-request-id'],
        mixin: () => ({ 'request.id': cls.getId() }),
        serializers: {
          req: ({ method, url }) => ({ method, url }),
          res: ({ statusCode }) => ({ statusCode }),
        },
      },
    }),
  ]
  await serveApplication({
    common: requirePeer('@nestjs/common'),
    core: requirePeer('@nestjs/core'),
    Adapter:
      adapter === 'fastify'
        ? requirePeer('@nestjs/platform-fastify').FastifyAdapter
        : requirePeer('@nestjs/platform-express').ExpressAdapter,
    imports,
    inject: PinoLogger,
    handle: (id, { injected }) => injected.info({ 'pick.id': id }, 'pick_read'),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
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
