import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useKeys } from '../keys.js'

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'Filter, or search in the request'],
  ['j k ↓ ↑', 'Next, previous row'],
  ['Enter', 'Open the request'],
  ['f', 'Only failed requests'],
  ['Space', 'Pause, go on'],
  ['e', 'Next error'],
  ['l', 'Lines: all, info and above, none'],
  ['g', 'Short gaps, true gaps'],
  ['r', 'Raw record'],
  ['Esc', 'Back to the list'],
  ['?', 'This help'],
]

export const helpIsOpen = signal(false)

export function HelpDialog() {
  const dialog = useRef<HTMLDialogElement>(null)
  useKeys({ '?': () => (helpIsOpen.value = true) })
  useEffect(() => {
    if (helpIsOpen.value) dialog.current?.showModal()
    else dialog.current?.close()
  }, [helpIsOpen.value])
  const close = () => (helpIsOpen.value = false)
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="mute">
        Terms of the filter: <code>request:</code> <code>user:</code> <code>label:</code> <code>event:</code>{' '}
        <code>level:</code> <code>service:</code>, any other word is searched as text.
      </p>
      <button class="button" onClick={close}>
        Close
      </button>
    </dialog>
  )
}
