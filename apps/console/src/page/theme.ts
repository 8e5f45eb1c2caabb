import { signal } from '@preact/signals'

export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'throughline.theme'
const NEXT: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' }

export const theme = signal<Theme>(stored())

export function nextTheme(): void {
  theme.value = NEXT[theme.value]
  try {
    localStorage.setItem(KEY, theme.value)
  } catch {
    // A browser that keeps nothing still shows the theme until it is closed.
  }
  applyTheme()
}

export function applyTheme(): void {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.value
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}
