import type { ErrorDetail } from '../../shared/api.js'
import { stackLines } from '../request/stack-lines.js'
import { manyLines } from '../text/visible.js'

/** The error with its stack: frames of one's own code strong, those of what it stands on dim. */
export function ErrorPanel({ error }: { readonly error: ErrorDetail }) {
  const headline = error.type === undefined ? error.message : `${error.type}: ${error.message}`
  const lines = stackLines(manyLines(error.stack ?? headline))
  return (
    <section>
      <h3>Error</h3>
      <pre class="stack">
        {error.stack?.includes(error.message) === false ? (
          <span class="is-head">{manyLines(headline)}</span>
        ) : null}
        {lines.map(({ text, part }, index) => (
          <span key={index} class={index === 0 ? 'is-head' : `is-${part}`}>
            {text}
          </span>
        ))}
      </pre>
    </section>
  )
}
