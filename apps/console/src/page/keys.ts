import { useEffect, useRef } from 'preact/hooks'

/** What a key does; `false` leaves the key to the browser. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => unknown>>

const maps: { current: KeyMap }[] = []

/** Binds keys as long as the component is shown; what was bound last goes first. */
export function useKeys(map: KeyMap): void {
  const holder = useRef(map)
  holder.current = map
  useEffect(() => {
    maps.unshift(holder)
    return () => void maps.splice(maps.indexOf(holder), 1)
  }, [])
}

export function listenToKeys(): () => void {
  addEventListener('keydown', onKey)
  return () => removeEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
  if (isTheirs(event)) return
  for (const { current } of maps) {
    const act = current[event.key]
    if (act === undefined) continue
    if (act(event) !== false) event.preventDefault()
    return
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

/** A focused button has Space and Enter for itself, a link has Enter. */
function isTheirs({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (key === ' ' && target.matches('button')) || (key === 'Enter' && target.matches('button, a'))
}
