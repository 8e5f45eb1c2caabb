import type { ContextFields } from '../context/fields.js'
import { Fields } from '../context/fields.js'
import type { ConfigProblem } from '../config/config.js'
import { createLabelExtractor, labelsWithIds, type LabelTable, type PathLabels } from '../labels/labels.js'
import { createTrustCheck, type Trust, type TrustCheck } from '../trust/trust.js'
import type { UnitKind } from '../unit/unit.js'

/** Who the user of a request, job or handshake is; undefined for an anonymous one. */
export type UserResolver = (source: { kind: UnitKind; request?: unknown }) => string | number | undefined

/** What a framework package may set for itself in place of `initTelemetry`'s. */
export interface EdgeOptions {
  /** Resources that URLs name; default: no labels. */
  labels?: LabelTable | undefined
  /** Whose context header is believed; default `'none'`. */
  trust?: Trust | undefined
  /** Whether `X-Forwarded-For` names the client; default false. */
  trustProxy?: boolean | undefined
  user?: UserResolver | undefined
}

/** What crosses to the next hop. */
export interface ForwardOptions {
  /** Keys that cross besides `request.id`, `user.id`, `labels` and the ids of the label table. */
  forward?: string[] | undefined
  /** False keeps `user.id` from crossing; default true. */
  userId?: boolean | undefined
  /** Hosts to which `telemetry-context` is sent; default none. */
  hosts?: string[] | undefined
  /** Keys of the context that are copied onto every span as it starts; default `['request.id']` (R8.5). */
  spanKeys?: string[] | undefined
}

/** Everything that an application says about its edges. */
export type SettingsOptions = EdgeOptions & { context?: ForwardOptions | undefined }

/** The options in force at the edges of the process, ready to use. */
export interface Settings {
  readonly options: SettingsOptions
  readonly labelsOf: (path: string) => PathLabels
  readonly trusts: TrustCheck
  readonly trustProxy: boolean
  readonly user: UserResolver | undefined
  /** Picks the fields that may cross a hop, outgoing and incoming alike (R3.3). */
  readonly forwardable: (fields: ContextFields) => ContextFields
}

/**
 * Prepares the options.
 *
 * @throws TypeError for a label, an address range or a list of keys that cannot be used
 */
export function createSettings(options: SettingsOptions): Settings {
  const { labels, trust, trustProxy = false, user, context = {} } = options
  return {
    options,
    labelsOf: labels === undefined ? () => ({}) : createLabelExtractor(labels),
    trusts: createTrustCheck(trust),
    trustProxy,
    user,
    forwardable: createForwardFilter(context, labels),
  }
}

/** As `createSettings`, but an option that cannot be used is noted and left at its default. */
export function createSettingsSafely(options: SettingsOptions, problems: ConfigProblem[]): Settings {
  const usable: SettingsOptions = {}
  for (const name of Object.keys(options) as (keyof SettingsOptions)[]) {
    try {
      createSettings({ [name]: options[name] })
      Object.assign(usable, { [name]: options[name] })
    } catch (error) {
      problems.push({
        variable: name,
        value: '',
        message: `option ${name} is ignored: ${(error as Error).message}`,
      })
    }
  }
  return createSettings(usable)
}

/** The settings with a framework package's own options in front. */
export function overrideSettings(settings: Settings, options: EdgeOptions): Settings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return given.length === 0 ? settings : createSettings({ ...settings.options, ...Object.fromEntries(given) })
}

function createForwardFilter(options: ForwardOptions, table: LabelTable | undefined) {
  requireList('context.spanKeys', options.spanKeys)
  requireList('context.forward', options.forward)
  const keys = new Set(['request.id', 'labels', ...(options.forward ?? [])])
  if (options.userId !== false) keys.add('user.id')
  for (const label of table === undefined ? [] : labelsWithIds(table)) keys.add(`${label}.id`)
  return (fields: ContextFields): ContextFields => {
    const crossing = new Fields() as ContextFields
    for (const key of Object.keys(fields)) if (keys.has(key)) crossing[key] = fields[key]
    return crossing
  }
}

/** Said at the start, rather than met at every span. */
function requireList(name: string, given: unknown): void {
  if (given !== undefined && !Array.isArray(given)) throw new TypeError(`${name} is not a list of keys`)
}
