import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface Props {
  readonly title: string
  /** Read out, not shown: the page says it in other ways. */
  readonly hidden?: boolean
  readonly children?: ComponentChildren
}

let isFirst = true

/** The heading of a page: names the tab, and takes the focus when the reader comes from another page. */
export function PageHeading({ title, hidden = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Throughline console`
  }, [title])
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true })
    isFirst = false
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} class={hidden ? 'unseen' : undefined}>
      {children ?? title}
    </h1>
  )
}
