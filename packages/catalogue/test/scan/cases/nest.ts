import { CORE, type WrittenCase } from './written-case.js'

const NEST = `import { Controller, Inject, Injectable } from '@nestjs/common'
import { getLoggerToken, InjectLogger } from '@throughline/nestjs'`

export const nestCases: readonly WrittenCase[] = [
  {
    title: 'reads the domain of an injected logger, by parameter and by property',
    code: `
${CORE}
${NEST}
@Injectable()
export class Orders {
  @InjectLogger('property') private readonly own!: Logger
  constructor(@InjectLogger('orders') private readonly log: Logger<'orders', {}>) {}
  place(id: string) { this.log.info('placed', { 'order.id': id }); this.own.warn('odd') }
}`,
    finds: ['a.ts:8 info orders.placed | order.id: string', 'a.ts:8 warn property.odd'],
  },
  {
    title: 'takes the name of the class where the decorator has no domain',
    code: `
${CORE}
${NEST}
export class OrdersService {
  @InjectLogger() private readonly own!: Logger
  constructor(@InjectLogger() private readonly log: Logger) {}
  f() { this.log.info('placed'); this.own.info('other') }
}
export const Unnamed = class { constructor(@InjectLogger() readonly log: Logger) {} f() { this.log.info('x') } }`,
    finds: ['a.ts:7 info OrdersService.other', 'a.ts:7 info OrdersService.placed', 'a.ts:9 info Unnamed.x'],
  },
  {
    title: 'reads a const, an enum and a decorator of one’s own',
    code: `
${CORE}
${NEST}
const DOMAIN = 'billing'
enum Domain { Mail = 'mail' }
const InjectMail = () => InjectLogger(Domain.Mail)
export class A {
  constructor(@InjectLogger(DOMAIN) private a: Logger, @InjectMail() private b: Logger, @Inject(getLoggerToken('token')) private c: Logger) {}
  f() { this.a.info('a'); this.b.info('b'); this.c.info('c') }
}`,
    finds: ['a.ts:9 info billing.a', 'a.ts:9 info mail.b', 'a.ts:9 info token.c'],
  },
  {
    title: 'follows a parameter that is assigned to a field',
    code: `
${CORE}
${NEST}
export class A {
  private readonly log: Logger
  constructor(@InjectLogger('field') log: Logger) { this.log = log.bind({ n: 1 }) }
  f() { this.log.info('x') }
}`,
    finds: ['a.ts:7 info field.x | n: number'],
  },
  {
    title: 'warns where the decorator is given any string',
    code: `
${CORE}
${NEST}
declare const domain: string
export class A { constructor(@InjectLogger(domain) private log: Logger) {} f() { this.log.info('x') } }`,
    finds: ['a.ts:5 W001'],
  },
  {
    title: 'takes the domain of the base class that injects, in the classes that extend it too',
    code: {
      'base.ts': `
${CORE}
${NEST}
export abstract class Base { constructor(@InjectLogger() protected readonly log: Logger) {} start() { this.log.info('started') } }`,
      'a.ts': `
import { Base } from './base'
export class Derived extends Base { run() { this.log.info('ran') } }`,
    },
    finds: ['a.ts:2 info Base.ran', 'base.ts:4 info Base.started'],
  },
  {
    title: 'lists the event of an abstract base for every class that gives it a logger',
    code: {
      'base.ts': `
${CORE}
export abstract class Base {
  protected abstract readonly log: Logger
  protected abstract get job(): string
  start() { this.log.info('started'); this.log.debug(\`job.\${this.job}\`) }
}`,
      'mail.ts': `
${CORE}
import { Base } from './base'
export class Mail extends Base { protected readonly log = getLogger('mail').bind({ smtp: true }); protected get job() { return 'send' } }`,
      'a.ts': `
${CORE}
import * as base from './base'
export class Sms extends base.Base { protected readonly log = getLogger('sms'); protected get job() { return 'text' } }`,
    },
    finds: [
      'base.ts:5 debug mail.job.send | smtp: boolean',
      'base.ts:5 debug mail.job.text | smtp: boolean',
      'base.ts:5 info mail.started | smtp: boolean',
      'base.ts:5 debug sms.job.send',
      'base.ts:5 debug sms.job.text',
      'base.ts:5 info sms.started',
    ],
  },
  {
    title: 'sees that a class replaces the logger of its base',
    code: `
${CORE}
export class Base { protected readonly log: Logger = getLogger('base'); f() { this.log.info('x') } }
export class Other extends Base { protected override readonly log: Logger = getLogger('other'); g() { this.log.info('y') } }`,
    finds: ['a.ts:2 info base.x', 'a.ts:2 info other.x', 'a.ts:3 info other.y'],
  },
  {
    title: 'reads the domain that a class gives its generic base',
    code: {
      'base.ts': `
${CORE}
export abstract class Base<D extends string> {
  constructor(protected readonly log: Logger<D>) {}
  protected of(id: string) { return this.log.bind({ 'entity.id': id }) }
}`,
      'a.ts': `
import { Base } from './base'
export class Orders extends Base<'orders'> { f() { this.log.info('one'); this.of('1').info('two') } }`,
    },
    finds: ['a.ts:2 info orders.one', 'a.ts:2 info orders.two | entity.id: string'],
  },
  {
    title: 'warns in the generic base itself, where any class may come',
    code: `
${CORE}
export abstract class Base<D extends string> { constructor(protected readonly log: Logger<D>) {} f() { this.log.info('x') } }`,
    finds: ['a.ts:2 W001'],
  },
  {
    title: 'finds loggers in guards, filters, processors and factories of providers',
    code: `
${CORE}
${NEST}
const log = getLogger('app')
export const provider = { provide: 'X', useFactory: () => { log.info('made'); return 1 } }
@Controller()
export class C {
  private readonly log = getLogger('cats').bind({ controller: C.name })
  catch(exception: unknown) { this.log.exception('failed', exception, { handled: false }) }
  async onModuleInit() { this.log.debug('init') }
}`,
    finds: [
      'a.ts:5 info app.made',
      'a.ts:9 error cats.failed | controller: string, exception.message: string, exception.stacktrace: string, exception.type: string, handled: boolean',
      'a.ts:10 debug cats.init | controller: string',
    ],
  },
]
