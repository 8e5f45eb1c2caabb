import { Readable } from 'node:stream'
import {
  type ArgumentsHost,
  BadGatewayException,
  Body,
  type CallHandler,
  type CanActivate,
  Catch,
  ConflictException,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  type NestInterceptor,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Req,
  Res,
  Sse,
  StreamableFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common'
import { getLogger } from '@throughline/core'
import { concatMap, delay, interval, map, Observable, of, take, throwError } from 'rxjs'

export const log = getLogger('app')

/** Reads the user out of a header, as an authentication guard reads a token. */
export class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: unknown }>()
    const { user } = request.headers
    if (user !== undefined) request.user = JSON.parse(user)
    log.info('guarded')
    return request.headers['reject'] === undefined
  }
}

class Broken extends Error {
  override readonly name = 'Broken'
}

@Catch(Broken)
class BrokenFilter implements ExceptionFilter {
  catch(_: Broken, host: ArgumentsHost): void {
    log.info('filtered')
    reply(host.switchToHttp().getResponse(), 409, 'filtered')
  }
}

@Catch()
class ThrowingFilter implements ExceptionFilter {
  catch(): void {
    throw new Error('the filter threw')
  }
}

interface AnyResponse {
  status(code: number): AnyResponse
  send(body: unknown): void
  raw?: RawResponse
}

interface RawResponse {
  statusCode: number
  setHeader(name: string, value: string): void
  writeHead(status: number, headers?: object): void
  write(text: string): void
  end(text?: string): void
  destroy(error?: Error): void
  removeHeader(name: string): void
  getHeaderNames(): string[]
}

function reply(response: AnyResponse, status: number, body: string): void {
  response.status(status).send(body)
}

class ThrowingInterceptor implements NestInterceptor {
  intercept(): Observable<never> {
    log.info('intercepted')
    throw new Error('the interceptor threw')
  }
}

class LoggingInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      delay(1),
      map((value: unknown) => {
        log.info('mapped')
        return value
      }),
    )
  }
}

@Injectable()
@Controller('orders')
export class OrdersController {
  @Get('ok/:id')
  async ok(@Param('id') id: string): Promise<{ id: string }> {
    log.info('before_await')
    await new Promise((resolve) => setTimeout(resolve, 1))
    log.info('after_await', { id })
    return { id }
  }

  @Post()
  @HttpCode(201)
  create(@Body() body: unknown): unknown {
    log.info('created')
    return body
  }

  @Get('guarded')
  @UseGuards(UserGuard)
  guarded(): string {
    log.info('behind_guards')
    return 'ok'
  }

  @Get('piped/:id')
  piped(@Param('id', ParseIntPipe) id: number): number {
    return id
  }

  @Get('intercepted')
  @UseInterceptors(LoggingInterceptor)
  intercepted(): Observable<string> {
    return of('a').pipe(
      concatMap((value) => {
        log.info('piped')
        return of(value).pipe(delay(1))
      }),
    )
  }

  @Get('interceptor-throws')
  @UseInterceptors(ThrowingInterceptor)
  interceptorThrows(): void {}

  @Get('throws')
  throws(): void {
    throw new TypeError('boom', { cause: new Error('the cause') })
  }

  @Get('throws-string')
  throwsString(): void {
    throw 'just text'
  }

  @Get('rejects-late')
  rejectsLate(): Observable<never> {
    return throwError(() => new Error('from the stream')).pipe(delay(1))
  }

  @Get('conflict')
  conflict(): void {
    throw new ConflictException('taken')
  }

  @Get('bad-gateway')
  badGateway(): void {
    throw new BadGatewayException('upstream is away')
  }

  @Get('filtered')
  @UseFilters(BrokenFilter)
  filtered(): void {
    throw new Broken('broken')
  }

  @Get('filter-throws')
  @UseFilters(ThrowingFilter)
  filterThrows(): void {
    throw new Error('the handler threw')
  }

  @Sse('events')
  events(): Observable<{ data: string }> {
    return interval(1).pipe(
      take(2),
      map((number) => {
        log.info('sse', { number })
        return { data: String(number) }
      }),
    )
  }

  @Get('file')
  file(): StreamableFile {
    return new StreamableFile(
      Readable.from(
        (async function* lines() {
          for (const line of ['one', 'two']) {
            await new Promise((resolve) => setTimeout(resolve, 1))
            log.info('streamed', { line })
            yield Buffer.from(line)
          }
        })(),
      ),
    )
  }

  @Get('raw')
  raw(@Res() response: AnyResponse): void {
    const raw = response.raw ?? (response as unknown as RawResponse)
    hijack(response)
    raw.writeHead(202, { 'content-type': 'text/plain' })
    raw.write('raw ')
    setTimeout(() => {
      log.info('raw_end')
      raw.end('text')
    }, 1)
  }

  @Get('cleared')
  cleared(@Res() response: AnyResponse): void {
    const raw = response.raw ?? (response as unknown as RawResponse)
    hijack(response)
    for (const name of raw.getHeaderNames()) raw.removeHeader(name)
    raw.statusCode = 410
    raw.end()
  }

  @Get('breaks-off')
  async breaksOff(@Res() response: AnyResponse): Promise<void> {
    const raw = response.raw ?? (response as unknown as RawResponse)
    hijack(response)
    raw.writeHead(200)
    raw.write('half')
    await new Promise((resolve) => setTimeout(resolve, 1))
    raw.destroy(new Error('the source broke'))
  }

  @Get('late')
  late(): string {
    setTimeout(() => log.info('timer_after_response'), 30)
    void interval(10)
      .pipe(take(2))
      .subscribe((number) => log.info('chain_after_response', { number }))
    return 'early'
  }

  @Get('slow')
  slow(@Query('to') to: string): Promise<string> {
    log.info('slow_started', { to })
    return new Promise((resolve) => setTimeout(() => resolve('done'), 200))
  }

  @Get('trickle')
  trickle(@Res() response: AnyResponse): void {
    const raw = response.raw ?? (response as unknown as RawResponse)
    hijack(response)
    raw.writeHead(200)
    raw.write('first')
  }

  @Post('body-events')
  bodyEvents(@Req() request: unknown): string {
    void request
    return 'ok'
  }

  @Get('many/:number')
  async many(@Param('number') number: string): Promise<string> {
    for (let line = 0; line < 4; line++) {
      log.info('many', { number, line })
      await (line % 2 === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, line)))
    }
    setTimeout(() => log.info('many', { number, line: 4 }), 2)
    return number
  }
}

/** Fastify must be told that the handler answers by itself. */
function hijack(response: AnyResponse): void {
  ;(response as { hijack?: () => void }).hijack?.()
}
