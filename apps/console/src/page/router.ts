import { computed, signal } from '@preact/signals'
import { readPage } from './page-path.js'

/** Where the page is: the path and the parameters of the address. */
export const address = signal({ path: location.pathname, query: location.search })
export const page = computed(() => readPage(address.value.path))

/** One parameter of the address, or the empty string. */
export function parameter(name: string): string {
  return new URLSearchParams(address.value.query).get(name) ?? ''
}

export function navigate(to: string): void {
  listIsBehind = page.peek().name === 'list'
  history.pushState(null, '', to)
  readAddress()
  scrollTo(0, 0)
}

/** Changes parameters without a step in the history: what is typed or selected is no page of its own. */
export function setParameters(changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  history.replaceState(null, '', text === '' ? location.pathname : `${location.pathname}?${text}`)
  readAddress()
}

/** Back to the list as it was left, where the reader came from there; else to a fresh one. */
export function backToList(): void {
  if (listIsBehind) history.back()
  else navigate(listAddress())
}

/** The list with its filter, for the links that lead back to it. */
export function listAddress(): string {
  return lastList ?? '/'
}

let lastList: string | undefined
let listIsBehind = false

export function listenToHistory(): () => void {
  const onPop = () => {
    listIsBehind = false
    readAddress()
  }
  addEventListener('popstate', onPop)
  return () => removeEventListener('popstate', onPop)
}

function readAddress(): void {
  address.value = { path: location.pathname, query: location.search }
  if (page.peek().name === 'list') lastList = location.pathname + location.search
}
readAddress()
