import { serveApplication } from './application.mjs'
import { callNowAndThen } from './outgoing-call.mjs'
import { nest, workspaceAdapter } from './workspace-nest.mjs'

/** The application alone; `calls` has it call somebody now and then. */
export async function serveBare(adapter, { calls = false } = {}) {
  const calling = calls ? await callNowAndThen() : undefined
  await serveApplication({ ...nest, Adapter: await workspaceAdapter(adapter), close: () => calling?.stop() })
}
