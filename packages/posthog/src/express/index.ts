export type { SnippetOptions } from '../inject/page-snippet.js'
export { injectSnippet, type SnippetMiddleware } from './inject-snippet.js'
