import {
  BadGatewayException,
  BadRequestException,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  Injectable,
  NotFoundException,
  Param,
  Req,
  Res,
} from '@nestjs/common'
import { runUnit } from '@throughline/core'
import { getPosthog } from '../../src/client/get-posthog.js'

export const PAGE = '<!doctype html><html><head><title>Shop</title></head><body>hello</body></html>'
export const ADA = { id: 'u-42', email: 'ada@example.com', name: 'Ada Lovelace' }

/** Reads the user out of a header, as an authentication guard reads a token. */
@Injectable()
export class UserGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: unknown }>()
    const { user } = request.headers
    if (user !== undefined) request.user = JSON.parse(user)
    return request.headers['reject'] === undefined
  }
}

/** The header by which `UserGuard` knows somebody. */
export function as(user: object): { headers: Record<string, string> } {
  return { headers: { user: JSON.stringify(user) } }
}

/** A reply of either framework. */
interface AnyReply {
  status(code: number): AnyReply
  type(type: string): AnyReply
  send(body: unknown): unknown
}

@Controller()
export class ShopController {
  @Get('page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  page(): string {
    return PAGE
  }

  @Get('cached-page')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=600')
  cachedPage(): string {
    return PAGE
  }

  @Get('page-by-reply')
  pageByReply(@Res() reply: AnyReply): void {
    void reply.status(201).type('text/html').send(PAGE)
  }

  @Get('json')
  json(): object {
    return { html: PAGE }
  }

  @Get('orders/:id')
  order(@Param('id') id: string): never {
    throw new TypeError(`order ${id} is broken`)
  }

  @Get('missing')
  missing(): never {
    throw new NotFoundException('no such order')
  }

  @Get('refused')
  refused(): never {
    throw new BadRequestException()
  }

  @Get('gateway')
  gateway(): never {
    throw new BadGatewayException('upstream is away')
  }

  @Get('text')
  text(): never {
    throw 'just text'
  }

  @Get('explicit')
  explicit(): never {
    const error = new RangeError('seen twice')
    getPosthog().captureException(error, { properties: { step: 'handler' } })
    throw error
  }

  @Get('nested')
  async nested(): Promise<void> {
    await runUnit({ kind: 'task', name: 'reserve' }, () => Promise.reject(new RangeError('no stock')))
  }

  @Get('event')
  event(@Req() request: { user?: { id: string } }): string {
    getPosthog().capture('order_placed', request.user?.id, { total: 42 })
    return 'ok'
  }
}
