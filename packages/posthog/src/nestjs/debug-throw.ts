import { Controller, Get, Query, type Type, VERSION_NEUTRAL } from '@nestjs/common'
import { parseBool } from '@throughline/core/parse-bool'

/** What may be thrown on request; anything else is an Error. */
const KINDS: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}
const MESSAGE = 'intentional debug throw'
const LONGEST_MESSAGE = 200

/** Whether the route is there at all; without it a request is a 404 before anybody asks who it is from (P10). */
export function hasDebugRoute(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return parseBool(env['DEBUG'], false)
}

/** A controller with one route, which throws: `?kind=TypeError&msg=hello` (P10). */
export function createDebugThrowController(path: string): Type {
  @Controller({ path, version: VERSION_NEUTRAL })
  class DebugThrowController {
    @Get()
    throw(@Query('kind') kind: unknown, @Query('msg') message: unknown): never {
      throw debugError(kind, message)
    }
  }
  return DebugThrowController
}

function debugError(kind: unknown, message: unknown): Error {
  const Kind = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : Error
  const text = typeof message === 'string' && message !== '' ? message : MESSAGE
  return new (Kind ?? Error)(text.slice(0, LONGEST_MESSAGE))
}
