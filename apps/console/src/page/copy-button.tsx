import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface Props {
  /** What to copy, or where to get it. */
  readonly text: string | (() => Promise<string>)
  /** What the button does, as it is read out. */
  readonly name: string
  readonly class?: string
  readonly children?: ComponentChildren
}

const SHOWN_MS = 1500
type Result = 'copied' | 'failed'

export function CopyButton({ text, name, class: className = 'button', children }: Props) {
  const [result, setResult] = useState<Result>()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    setResult(await copied(text))
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setResult(undefined), SHOWN_MS)
  }
  return (
    <button class={`${className} copy`} aria-label={name} title={name} onClick={() => void copy()}>
      <span class={result === undefined ? undefined : 'is-covered'}>{children ?? name}</span>
      <span class="copy-result" role="status">
        {result === undefined ? '' : result === 'copied' ? '✓ Copied' : '✕ Not copied'}
      </span>
    </button>
  )
}

async function copied(text: Props['text']): Promise<Result> {
  try {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : await text())
    return 'copied'
  } catch {
    return 'failed'
  }
}
