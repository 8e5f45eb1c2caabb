/** Who may import whom: imports run one way, from the apps to core. */

const SCOPE = '@throughline/'
const USAGE_MAY = '@throughline/core/parse-bool'

/** Only apps and tests use these. */
const FOR_TESTS = ['testing', 'services']
/** Nest is an optional peer of these: who does without it must not load it. */
const NEST_IN_SUB_PATH = ['bullmq', 'ws', 'posthog']
/** A web framework is what one of these paths is for; the rest must not load it. */
const FRAMEWORK_IN_SUB_PATH = { express: 'src/express/', fastify: 'src/fastify/' }
/** The SDK lives in `otel`; the test kit captures what it makes; usage has a meter provider of its own (U6). */
const MAY_USE_OTEL_SDK = ['otel', 'testing', 'usage']

/**
 * Why a file may not import a module, or undefined when it may.
 *
 * @param {{ package: string, path: string, isTest: boolean }} file the package's short name (`core`,
 *   `apps/demo`) and the path inside it (`src/index.ts`)
 * @param {string} specifier as written
 */
export function importProblem(file, specifier) {
  if (specifier.startsWith('.')) return leavesPackage(file, specifier)
  if (file.package.startsWith('apps/')) return undefined
  return siblingProblem(file, specifier) ?? (file.isTest ? undefined : foreignProblem(file, specifier))
}

function leavesPackage(file, specifier) {
  const depth = file.path.split('/').length - 1
  const up = specifier.split('/').filter((part) => part === '..').length
  return up > depth ? 'it leaves the package: import the other one by its name' : undefined
}

function siblingProblem(file, specifier) {
  if (!specifier.startsWith(SCOPE)) return undefined
  const sibling = specifier.slice(SCOPE.length).split('/')[0]
  if (sibling === file.package) return undefined
  // Also in tests: a development dependency of core would be a cycle.
  if (file.package === 'core') return 'core imports no sibling'
  if (file.isTest || file.package === 'testing') return undefined
  if (FOR_TESTS.includes(sibling)) return `${sibling} is for tests and apps`
  if (sibling !== 'core') return `of its siblings ${file.package} imports only core`
  if (file.package === 'usage' && specifier !== USAGE_MAY) return `usage imports only ${USAGE_MAY}`
  return undefined
}

function foreignProblem(file, specifier) {
  if (specifier.startsWith('@opentelemetry/') && !MAY_USE_OTEL_SDK.includes(file.package)) {
    if (!/^@opentelemetry\/api(\/|$)/.test(specifier)) return 'outside otel only @opentelemetry/api is used'
  }
  const inSubPath = file.path.startsWith('src/nestjs/')
  if (specifier.startsWith('@nestjs/') && NEST_IN_SUB_PATH.includes(file.package) && !inSubPath) {
    return `${file.package} imports Nest only below src/nestjs`
  }
  return frameworkProblem(file, specifier)
}

function frameworkProblem(file, specifier) {
  const [name] = specifier.split('/')
  const folder = Object.hasOwn(FRAMEWORK_IN_SUB_PATH, name) ? FRAMEWORK_IN_SUB_PATH[name] : undefined
  if (folder !== undefined && !file.path.startsWith(folder)) return `${name} is imported only below ${folder}`
  if (specifier === 'posthog-node' && file.package !== 'posthog') return 'only posthog knows posthog-node'
  return undefined
}
