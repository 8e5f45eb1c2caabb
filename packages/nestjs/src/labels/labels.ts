import { SetMetadata } from '@nestjs/common'
import { invalidLabel } from '../errors.js'

const METADATA = 'throughline:labels'
/** As core has it for label tables: a label crosses hops as a key (L13). */
const LABEL = /^[a-z][a-z0-9_-]*$/

/**
 * Labels of a controller, resolver or handler, added after those that the URL's path names.
 *
 * They are in the context of everything behind the guards; a label that is there already is not repeated.
 *
 * @throws TelemetryModuleError for a label that is not `[a-z][a-z0-9_-]*`
 * @example
 * @Labels('draft')
 * @Controller('picks')
 * export class PicksController {}
 */
export function Labels(...labels: string[]): ClassDecorator & MethodDecorator {
  for (const label of labels) if (!LABEL.test(label)) throw invalidLabel(label)
  return SetMetadata(METADATA, labels)
}

const known = new WeakMap<object, WeakMap<object, readonly string[]>>()
const NONE: readonly string[] = []

/** The labels of a handler: its class's, then its own. */
export function labelsOf(owner: object, handler: object): readonly string[] {
  let ofClass = known.get(owner)
  if (ofClass === undefined) known.set(owner, (ofClass = new WeakMap()))
  let labels = ofClass.get(handler)
  if (labels === undefined) {
    const all = [owner, handler].flatMap(
      (target) => (Reflect.getMetadata(METADATA, target) as string[] | undefined) ?? [],
    )
    labels = all.length === 0 ? NONE : [...new Set(all)]
    ofClass.set(handler, labels)
  }
  return labels
}
