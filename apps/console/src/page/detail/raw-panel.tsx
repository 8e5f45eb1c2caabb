import { useEffect, useState } from 'preact/hooks'
import { fetchRecord, isAborted } from '../client.js'
import { CopyButton } from '../copy-button.js'
import { CopyIcon } from '../copy-icon.js'
import { manyLines } from '../text/visible.js'

/** One record as it arrived, fetched when it is asked for. */
export function RawPanel({ seq }: { readonly seq: number }) {
  const [text, setText] = useState('')
  const [failure, setFailure] = useState('')
  useEffect(() => {
    const abort = new AbortController()
    fetchRecord(seq, abort.signal).then(
      (record) => setText(JSON.stringify(record, null, 2)),
      (error: unknown) => {
        if (!isAborted(error)) setFailure('It is no longer in the store.')
      },
    )
    return () => abort.abort()
  }, [seq])
  return (
    <section>
      <h3>
        Raw record
        {text === '' ? null : (
          <CopyButton name="Copy the raw record" class="icon-button" text={text}>
            <CopyIcon />
          </CopyButton>
        )}
      </h3>
      {failure === '' ? <pre>{text === '' ? '…' : manyLines(text)}</pre> : <p class="mute">{failure}</p>}
    </section>
  )
}
