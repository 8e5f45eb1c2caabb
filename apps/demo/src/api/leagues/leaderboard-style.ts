import { Html } from '../html.js'

/** Light and dark, with nothing from another host. */
export const style = new Html(`
:root { color-scheme: light dark; --soft: light-dark(#5b6270, #a3abba); --line: light-dark(#d9dde5, #343a46) }
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: light-dark(#1b1f27, #eceff4); background: light-dark(#f6f7fa, #14171d) }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1rem }
h1 { margin: 0; font-size: 2rem; line-height: 1.2 }
p, caption { margin: 0; color: var(--soft) }
table { width: 100%; margin-top: 2rem; border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { padding-bottom: 0.5rem; text-align: left }
th, td { padding: 0.625rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:nth-child(2) { width: 60%; text-align: left; white-space: normal; overflow-wrap: anywhere }
thead th { font-size: 0.875rem; font-weight: 400; color: var(--soft) }
tbody tr:first-child { font-weight: 700; background: light-dark(#fff4d6, #3a3118) }
tbody th { font-weight: inherit }
`)
