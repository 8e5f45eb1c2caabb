/** One copy of the API for everybody, as npm installs it: that of the application. */
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@opentelemetry/api'
      ? next(specifier, { ...context, parentURL: import.meta.url })
      : next(specifier, context),
})
