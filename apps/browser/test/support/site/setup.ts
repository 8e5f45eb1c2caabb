import type { SnippetOptions } from '@throughline/posthog/express'
import type { Routes } from './content.js'
import type { Users } from './session.js'

/** What a site is made of, whichever framework it is on. */
export interface SiteSetup {
  readonly routes: Routes
  readonly users?: Users | undefined
  /** How often the snippet is mounted, 1 by default: with Nest its module is the first of them. */
  readonly mounted?: number | undefined
  readonly options?: SnippetOptions | undefined
}

/** A site before anybody knows it by its name. */
export interface Listening {
  readonly port: number
  close(): Promise<void>
}
