import type { ConfigProblem } from '@throughline/core'
import { readSwitch } from '@throughline/core/parse-bool'

/** As `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>

/** Prefixes of keys that PostHog takes for secrets: personal ones and those of a project's server. */
const SECRET_KEY = /^ph[xs]_/
const LONGEST_SHOWN = 100

/** Reads typed values and notes each one that is not of its type. */
export class Reader {
  constructor(
    private readonly env: Env,
    private readonly problems: ConfigProblem[],
  ) {}

  /** The trimmed value; undefined where it is unset or blank. */
  text(variable: string): string | undefined {
    // What somebody has put on Object.prototype is no variable.
    const raw = Object.hasOwn(this.env, variable) ? this.env[variable]?.trim() : undefined
    return raw === '' ? undefined : raw
  }

  switch(variable: string, fallback: boolean): boolean {
    const raw = this.text(variable)
    if (raw === undefined) return fallback
    const known = readSwitch(raw)
    if (known !== undefined) return known
    this.#refuse(variable, raw, `is not one of 1 true yes on 0 false no off; using ${fallback}`)
    return fallback
  }

  oneOf<T extends string>(variable: string, allowed: readonly T[], fallback: T): T {
    const raw = this.text(variable)
    if (raw === undefined) return fallback
    const known = allowed.find((name) => name === raw.toLowerCase())
    if (known !== undefined) return known
    this.#refuse(variable, raw, `is not one of ${allowed.join(' ')}; using ${fallback}`)
    return fallback
  }

  positive(variable: string, fallback: number): number {
    const raw = this.text(variable)
    if (raw === undefined) return fallback
    if (/^\d+$/.test(raw) && Number(raw) > 0) return Number(raw)
    this.#refuse(variable, raw, `is not a whole number above 0; using ${fallback}`)
    return fallback
  }

  /**
   * A base URL without trailing slashes; undefined for one that cannot be used.
   *
   * Another host than the one that was meant would get the data, so nothing stands in for it. The host is in pages for
   * all to read: one with a user or a password is refused, and not shown.
   */
  host(variable: string, fallback: string): string | undefined {
    const raw = this.text(variable)
    if (raw === undefined) return fallback
    const url = URL.canParse(raw) ? new URL(raw) : undefined
    const hasUser = raw.includes('@')
    if (url !== undefined && /^https?:$/.test(url.protocol) && !hasUser) {
      return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
    }
    const shown = hasUser ? '[REDACTED]' : raw
    this.#refuse(variable, shown, 'is not an http(s) URL without a user; PostHog stays off')
    return undefined
  }

  /** False, with a problem, for a key that must not stand in pages. */
  isPublicKey(variable: string, key: string): boolean {
    if (!SECRET_KEY.test(key)) return true
    const why =
      'is a secret key, but this one stands in pages; PostHog stays off until it is the key of the project'
    this.#refuse(variable, `${key.slice(0, 4)}…`, why)
    return false
  }

  #refuse(variable: string, value: string, why: string): void {
    const shown = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value
    this.problems.push({ variable, value: shown, message: `${variable}="${shown}" ${why}` })
  }
}
