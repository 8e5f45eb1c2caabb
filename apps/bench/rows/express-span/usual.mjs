import { serveUsualStack } from '../../src/http/usual-stack.mjs'

await serveUsualStack('express', { tracing: true })
