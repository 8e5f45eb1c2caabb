import http, { type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Controller, Get, Param } from '@nestjs/common'
import { context, propagation, trace } from '@opentelemetry/api'
import { getLogger, runUnit } from '@throughline/core'

export const log = getLogger('trip')

/** Work that makes spans of its own below the request's. */
@Controller('trips')
export class TripsController {
  @Get('task')
  async task(): Promise<string> {
    await runUnit({ kind: 'task', name: 'book-seats' }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      log.info('booked')
    })
    return 'ok'
  }

  @Get('span/:number')
  async span(@Param('number') number: string): Promise<string> {
    await trace.getTracer('trips').startActiveSpan('outer', async (outer) => {
      await new Promise((resolve) => setTimeout(resolve, Number(number) % 3))
      trace.getTracer('trips').startActiveSpan('inner', (inner) => inner.end())
      outer.end()
    })
    return number
  }

  /** The headers by which the trace goes on from here, whoever sends them. */
  @Get('onward')
  onward(): Record<string, string> {
    const carrier: Record<string, string> = {}
    propagation.inject(context.active(), carrier)
    return carrier
  }

  @Get('fail')
  async fail(): Promise<void> {
    await runUnit({ kind: 'task', name: 'book-seats' }, () => Promise.reject(new RangeError('no seats')))
  }

  @Get('outgoing/:port')
  async outgoing(@Param('port') port: string): Promise<unknown> {
    await (await fetch(`http://127.0.0.1:${port}`)).text()
    return new Promise((resolve, reject) => {
      // By its object: names that Jest has imported do not follow what is instrumented later.
      http
        .request({ host: '127.0.0.1', port, agent: false }, (response) => {
          response.resume().on('end', () => resolve('ok'))
        })
        .on('error', reject)
        .end()
    })
  }
}

/** A service that the application calls, which keeps the headers it gets. */
export async function startNeighbour(): Promise<{
  port: number
  seen: IncomingHttpHeaders[]
  stop(): Promise<void>
}> {
  const seen: IncomingHttpHeaders[] = []
  const server = http
    .createServer(({ headers }, response) => {
      seen.push(headers)
      response.end()
    })
    .listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
