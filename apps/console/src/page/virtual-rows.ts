import {
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
  type VirtualItem,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

export interface VirtualRows {
  readonly items: readonly VirtualItem[]
  readonly height: number
  /** Shows a row that is out of sight, moving as little as possible. */
  readonly show: (index: number) => void
}

interface Options {
  readonly count: number
  readonly sizeOf: (index: number) => number
  /** Another one when sizes have changed. */
  readonly sizes: unknown
  /** Up to this many rows are simply all there, so that the browser's own search finds them. */
  readonly allUpTo: number
  /** Of what sticks to the top of the window above the rows. */
  readonly covered: number
}

const AROUND = 12

/** Rows of known heights in the page's own scroll; above {@link Options.allUpTo} only those near the window exist. */
export function useVirtualRows(
  holder: { readonly current: HTMLElement | null },
  options: Options,
): VirtualRows {
  const [, draw] = useState(0)
  const margin = useRef(0)
  const virtualizer = useRef<Virtualizer<Window, Element> | undefined>(undefined)
  const settings: VirtualizerOptions<Window, Element> = {
    count: options.count,
    estimateSize: options.sizeOf,
    overscan: options.count <= options.allUpTo ? options.allUpTo : AROUND,
    scrollMargin: margin.current,
    scrollPaddingStart: options.covered,
    scrollPaddingEnd: 8,
    initialRect: { width: innerWidth, height: innerHeight },
    initialOffset: () => scrollY,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => draw((times) => times + 1),
  }
  if (virtualizer.current === undefined) virtualizer.current = new Virtualizer(settings)
  else virtualizer.current.setOptions(settings)
  const rows = virtualizer.current

  useLayoutEffect(() => rows._didMount(), [])
  useLayoutEffect(() => {
    rows._willUpdate()
    const top = holder.current === null ? 0 : Math.round(holder.current.getBoundingClientRect().top + scrollY)
    if (top === margin.current) return
    margin.current = top
    draw((times) => times + 1)
  })
  useLayoutEffect(() => rows.measure(), [options.sizes])

  return {
    items: rows.getVirtualItems(),
    height: rows.getTotalSize(),
    show: (index) => rows.scrollToIndex(index, { align: 'auto' }),
  }
}
