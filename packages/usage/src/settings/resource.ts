import { boundedText } from '../event/bounded-text.js'

/** As many as a release has properties of its own. */
const MOST_ATTRIBUTES = 16
const NAME = /^[a-z][\w.]{0,63}$/
/** Namespaces of the semantic conventions that say who or where somebody is, and what is ours to say. */
const IDENTIFYING =
  /^(?:app|browser|client|cloud|container|device|enduser|faas|geo|host|k8s|network|os|process|server|service|session|source|telemetry|url|user|user_agent)(?:\.|$)/

/** Who sends: the product and its version, and what it adds; neither host nor process nor instance (U6). */
export function createResource(name: string, version: string, added: unknown): Record<string, string> {
  return { ...allowedAttributes(added), 'service.name': name, 'service.version': version }
}

function allowedAttributes(added: unknown): Record<string, string> {
  if (typeof added !== 'object' || added === null) return {}
  const allowed = Object.entries(added)
    .filter(([name]) => NAME.test(name) && !IDENTIFYING.test(name))
    .map(([name, value]) => [name, boundedText(value)] as const)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(allowed.slice(0, MOST_ATTRIBUTES))
}
