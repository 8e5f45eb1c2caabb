import { Fragment } from 'preact'
import { oneLine } from './visible.js'

/** A name of one word, such as an attribute's or a route: where it is long it breaks behind its parts. */
export function LongName({ name }: { readonly name: string }) {
  return oneLine(name)
    .split(/(?<=[._/])/)
    .map((part, index) => (
      <Fragment key={index}>
        {part}
        <wbr />
      </Fragment>
    ))
}
