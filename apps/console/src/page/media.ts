import { signal, type ReadonlySignal } from '@preact/signals'

/** Whether the window is too narrow for columns; the same width as in the style sheets. */
export const isNarrow = matches('(max-width: 760px)')
export const isDark = matches('(prefers-color-scheme: dark)')

function matches(query: string): ReadonlySignal<boolean> {
  const media = matchMedia(query)
  const value = signal(media.matches)
  media.addEventListener('change', () => (value.value = media.matches))
  return value
}
