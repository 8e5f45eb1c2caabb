/** A record or a span as one flat set of fields, the way a line shows it. */
export type Fields = Readonly<Record<string, unknown>>

/** A record or a span as the matchers look at it. */
export interface Sighting {
  readonly name: string
  /** Whether it has the name that was asked for. */
  readonly isNamed: boolean
  readonly fields: Fields
  /** One line about it, for a failure. */
  text(): string
}

/** What a failure calls the things that were looked at. */
export interface Wording {
  readonly one: string
  readonly many: string
  /** As in "1 record of that event". */
  readonly named: string
  readonly nothing: string
}

const LONGEST_VALUE = 120

/** Fields as `key=value`, long values cut. */
export function fieldsText(fields: object): string {
  return Object.entries(fields)
    .map(([key, value]) => ` ${key}=${valueText(value)}`)
    .join('')
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
