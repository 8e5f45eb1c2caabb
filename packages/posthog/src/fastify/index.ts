export type { SnippetOptions } from '../inject/page-snippet.js'
export {
  type FastifyReplyLike,
  type FastifyRequestLike,
  injectSnippet,
  type SnippetHook,
} from './inject-snippet.js'
