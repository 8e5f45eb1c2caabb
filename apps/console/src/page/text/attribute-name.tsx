import { Fragment } from 'preact'
import { oneLine } from './visible.js'

/** The name of an attribute, which breaks behind its dots and underscores where it is long. */
export function AttributeName({ name }: { readonly name: string }) {
  return oneLine(name, 120)
    .split(/(?<=[._])/)
    .map((part, index) => (
      <Fragment key={index}>
        {part}
        <wbr />
      </Fragment>
    ))
}
