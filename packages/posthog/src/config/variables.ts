/** One row of the table of variables. */
export interface Variable {
  readonly name: string
  readonly type: string
  readonly default: string
  readonly summary: string
}

/** Every variable that this package reads, for the table of the docs and the test that keeps it. */
export const VARIABLES: readonly Variable[] = [
  variable('POSTHOG_API_KEY', 'text', 'none', 'Key of the project (phc_…); PostHog is off without it'),
  variable('POSTHOG_HOST', 'URL', 'https://eu.i.posthog.com', 'Where everything is sent'),
  variable('POSTHOG_IDENTIFY_PII', 'none | id | email | full', 'email', 'How much of a user is sent'),
  variable('POSTHOG_REPLAY', 'switch', 'true', 'Whether browsers record sessions'),
  variable('POSTHOG_REPLAY_MASK_SELECTOR', 'CSS selector', 'none', 'Texts that a recording masks'),
  variable('POSTHOG_LLM_PAYLOADS', 'switch', 'false', 'Whether prompts and completions are sent'),
  variable('POSTHOG_LLM_PAYLOAD_MAX_CHARS', 'number', '30000', 'Characters of each of them; the rest is cut'),
  variable('POSTHOG_ENVIRONMENT', 'text', 'see below', 'Property environment of every event'),
  variable('LOCAL_DEV_MODE', 'switch', 'false', 'True makes the environment local'),
  variable('RELEASE_CHANNEL', 'text', 'none', 'Environment, and release, where no other names them'),
  variable('<PREFIX>_DEPLOYMENT_ENV', 'text', 'none', 'Environment where no other names it'),
  variable('<PREFIX>_VERSION', 'text', 'none', 'Property release of every event'),
  variable('TELEMETRY_ENABLED', 'switch', 'true', 'The master switch; false keeps PostHog off too'),
  variable('DEBUG', 'switch', 'false', 'True opens the route that throws, with the module of Nest'),
]

function variable(name: string, type: string, fallback: string, summary: string): Variable {
  return { name, type, default: fallback, summary }
}
