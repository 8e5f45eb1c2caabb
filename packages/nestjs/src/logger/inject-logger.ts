import { Inject, type Provider } from '@nestjs/common'
import { getLogger } from '@throughline/core'
import { shared } from '../shared.js'

/**
 * Injects the logger of a domain, into a constructor or a property; without a domain that of the class's name.
 *
 * It resolves in every module of an application that has `TelemetryModule`, whichever is imported first (R4.8).
 *
 * @example
 * constructor(@InjectLogger('draft') private readonly log: Logger<'draft', {}>) {}
 */
export function InjectLogger(domain?: string): ParameterDecorator & PropertyDecorator {
  return (target: object, property: string | symbol | undefined, index?: number) => {
    const owner = typeof target === 'function' ? target : target.constructor
    const token = provideLogger(domain ?? owner.name)
    if (index === undefined) Inject(token)(target, property as string | symbol)
    else Inject(token)(target, property, index)
  }
}

/**
 * The token under which `InjectLogger` finds a logger: for `overrideProvider` and for tests without the module.
 *
 * @example
 * { provide: getLoggerToken('draft'), useValue: getLogger('draft') }
 */
export function getLoggerToken(domain = ''): string {
  return `throughline.logger:${domain}`
}

/** Nest reads the list of providers after it has visited every module, so what is added until then is found. */
function provideLogger(domain: string): string {
  const token = getLoggerToken(domain)
  if (shared.loggers.some((known) => (known as { provide?: unknown }).provide === token)) return token
  const provider: Provider = { provide: token, useFactory: () => getLogger(domain) }
  shared.loggers.push(provider)
  for (const reference of shared.latecomers) {
    const application = reference.deref()
    if (application === undefined) shared.latecomers.delete(reference)
    else application.add(provider)
  }
  return token
}
