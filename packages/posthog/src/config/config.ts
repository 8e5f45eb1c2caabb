import type { ConfigProblem } from '@throughline/core'
import { parseBool } from '@throughline/core/parse-bool'
import { type Deployment, readDeployment } from './deployment.js'
import { type Env, Reader } from './reader.js'

/** How much of a user leaves the process, from nothing to id, e-mail and name (P2). */
export type IdentifyMode = 'none' | 'id' | 'email' | 'full'

/** What the environment says, as `loadPosthogConfig` reads it. */
export interface PosthogConfig extends Deployment {
  /** Whether anything is loaded and sent: `POSTHOG_API_KEY` is set and nothing speaks against it (P1). */
  readonly enabled: boolean
  /** `POSTHOG_API_KEY`: the project's public key, which stands in pages. Empty while off. */
  readonly apiKey: string
  /** `POSTHOG_HOST` without trailing slashes; default `https://eu.i.posthog.com`. */
  readonly host: string
  /** `POSTHOG_IDENTIFY_PII`; default `email`. */
  readonly identifyMode: IdentifyMode
  /** `POSTHOG_REPLAY`: whether browsers record sessions; default true. */
  readonly replayEnabled: boolean
  /** `POSTHOG_REPLAY_MASK_SELECTOR`: CSS selector of texts that a replay masks; default none. */
  readonly replayMaskSelector: string | undefined
  /** `POSTHOG_LLM_PAYLOADS`: whether prompts and completions are sent; default false. */
  readonly llmPayloadsEnabled: boolean
  /** `POSTHOG_LLM_PAYLOAD_MAX_CHARS`: UTF-16 code units of each; default 30,000, at most 1,000,000 (P7). */
  readonly llmPayloadMaxChars: number
}

const CLOUD_EU = 'https://eu.i.posthog.com'
const MODES: readonly IdentifyMode[] = ['none', 'id', 'email', 'full']
const PAYLOAD_CHARS = 30_000
/** An event above a megabyte is refused. */
const MOST_PAYLOAD_CHARS = 1_000_000

/**
 * Reads the configuration from an environment, and says what of it cannot be used (P1 to P3, P7).
 *
 * Pure: it reads no file and no other variable. While off there are no problems: nobody asked for it.
 *
 * @param envPrefix of `<PREFIX>_VERSION` and `<PREFIX>_DEPLOYMENT_ENV`; default `APP`
 * @example
 * const { config, problems } = loadPosthogConfig(process.env, { envPrefix: 'ORDERS' })
 */
export function loadPosthogConfig(
  env: Env = process.env,
  { envPrefix = 'APP' }: { envPrefix?: string | undefined } = {},
): { config: PosthogConfig; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const reader = new Reader(env, problems)
  const apiKey = reader.text('POSTHOG_API_KEY') ?? ''
  const wanted = apiKey !== '' && parseBool(reader.text('TELEMETRY_ENABLED'), true)
  const host = reader.host('POSTHOG_HOST', CLOUD_EU)
  const enabled = wanted && host !== undefined && reader.isPublicKey('POSTHOG_API_KEY', apiKey)
  const config: PosthogConfig = {
    enabled,
    apiKey: enabled ? apiKey : '',
    host: host ?? CLOUD_EU,
    identifyMode: reader.oneOf('POSTHOG_IDENTIFY_PII', MODES, 'email'),
    replayEnabled: reader.switch('POSTHOG_REPLAY', true),
    replayMaskSelector: reader.text('POSTHOG_REPLAY_MASK_SELECTOR'),
    llmPayloadsEnabled: reader.switch('POSTHOG_LLM_PAYLOADS', false),
    llmPayloadMaxChars: Math.min(
      reader.positive('POSTHOG_LLM_PAYLOAD_MAX_CHARS', PAYLOAD_CHARS),
      MOST_PAYLOAD_CHARS,
    ),
    ...readDeployment(reader, envPrefix),
  }
  return { config, problems: wanted ? problems : [] }
}
