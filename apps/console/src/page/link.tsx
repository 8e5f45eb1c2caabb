import type { ComponentChildren } from 'preact'
import { navigate } from './router.js'

interface Props {
  /** A path of this site. */
  readonly to: string
  readonly children: ComponentChildren
  readonly class?: string
  readonly title?: string
  readonly tabIndex?: number
  readonly onFocus?: () => void
  readonly 'aria-label'?: string
  readonly 'aria-current'?: 'page'
  readonly 'data-index'?: number
}

/** A link to a page of this site; with Ctrl, Meta or the middle button it opens in a new tab as any link does. */
export function Link({ to, children, ...rest }: Props) {
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }
  return (
    <a href={to} {...rest} onClick={open}>
      {children}
    </a>
  )
}
