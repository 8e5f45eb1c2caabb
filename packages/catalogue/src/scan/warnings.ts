import type { WarningCode } from '../catalogue.js'

/** What a warning is about: each says what is the matter, and how to mend it. */
export interface Finding {
  readonly code: WarningCode
  readonly message: string
}

const NAME_IT = 'or name its events in a comment: // docgen: event=first, second'

/** The warnings of a scan; `call` is how the call reads, as `logger.bind(...).info(...)`. */
export const findings = {
  unknownDomain: (call: string): Finding => ({
    code: 'W001',
    message: `The domain of ${call} is not known from its type. Give getLogger a literal, a const or a union of literals, or import.meta itself.`,
  }),
  genericDomain: (call: string): Finding => ({
    code: 'W001',
    message: `The domain of ${call} is a type parameter, which may be any string. Log where the type parameter is known, or constrain it to a union of literals.`,
  }),
  unknownName: (call: string): Finding => ({
    code: 'W002',
    message: `The event name of ${call} may be any string. Use a literal, an enum or a union of literals, ${NAME_IT}.`,
  }),
  openAttributes: (call: string): Finding => ({
    code: 'W003',
    message: `The attributes of ${call} may have keys that its types do not name. Pass an object whose type names its keys.`,
  }),
  erasedLogger: (call: string): Finding => ({
    code: 'W004',
    message: `The type of the logger in ${call} does not say its domain. Declare it with one, as Logger<'orders'>, or leave the annotation out.`,
  }),
  detachedMethod: (method: string): Finding => ({
    code: 'W005',
    message: `${method} is taken off its logger, so that its later calls cannot be found, and it logs without domain and bound attributes. Call it on the logger.`,
  }),
  reservedKeys: (call: string, keys: readonly string[]): Finding => ({
    code: 'W008',
    message: `${call} has attributes with names of the record itself, which are left out: ${keys.join(', ')}. Rename them.`,
  }),
  untypedReceiver: (call: string): Finding => ({
    code: 'W009',
    message: `${call} looks like a line of a logger, but its receiver has type any. Give it its type, as Logger<'orders'>, or import what it comes from with types.`,
  }),
  malformedComment: (): Finding => ({
    code: 'W010',
    message:
      'This docgen comment cannot be read. Write it as // docgen: event=first, second with names without spaces.',
  }),
  staleComment: (): Finding => ({
    code: 'W010',
    message:
      'This docgen comment belongs to no call whose event name is dynamic. Remove it, or move it to the line of the call or the line above.',
  }),
  tooManyNames: (call: string, count: number, most: number): Finding => ({
    code: 'W011',
    message: `${call} may have ${count} event names, more than the ${most} that are listed for one place. Put what varies into an attribute, ${NAME_IT}.`,
  }),
  unknownLevel: (call: string): Finding => ({
    code: 'W012',
    message: `The level of ${call} may be any. Pass a literal or a union of a few levels, or call the method of the level.`,
  }),
} as const
