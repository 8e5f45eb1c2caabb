import type { Kind, Level } from '../shared/api.js'
import { KIND_NAMES, LEVEL_NAMES } from './text/kind-names.js'

export function KindBadge({ kind }: { readonly kind: Kind }) {
  return <span class={`badge c-${kind}`}>{KIND_NAMES[kind]}</span>
}

export function LevelBadge({ level }: { readonly level: Level }) {
  return <span class={`level l-${level}`}>{LEVEL_NAMES[level]}</span>
}
