import type { IdKind } from './labels.js'

/** A resource that paths name. */
export interface Resource {
  readonly label: string
  readonly idKey: `${string}.id`
  readonly kinds: readonly IdKind[]
  /** Whether `int` is among them. */
  readonly takesNumbers: boolean
}

/** What a label table says of one segment. */
export interface Word {
  mount: boolean
  root: boolean
  resource: Resource | undefined
}

/** The characters that steps are known for: those of ASCII. */
const WIDTH = 128
export const NOWHERE = 0
/** Where every word begins. */
export const START = 1

/**
 * The segments of a label table as a tree of characters, so that a path is read without cutting segments out of it: each
 * would be a string of its own, to be hashed.
 */
export class Words {
  readonly #byText = new Map<string, Word>()
  /** For each state and each of 128 characters the state that follows; made anew for a longer table. */
  steps = new Uint32Array(WIDTH * 64)
  #states = START
  readonly #byState: (Word | undefined)[] = []

  /** The word of that text, made where there is none. */
  add(text: string): Word {
    let word = this.#byText.get(text)
    if (word === undefined) {
      word = { mount: false, root: false, resource: undefined }
      this.#byText.set(text, word)
      this.#grow(text, word)
    }
    return word
  }

  get(text: string): Word | undefined {
    return this.#byText.get(text)
  }

  /** The word that ends in a state. */
  endingIn(state: number): Word | undefined {
    return this.#byState[state]
  }

  #grow(text: string, word: Word): void {
    let state = START
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      // Looked up as a whole, as what is percent-encoded.
      if (code >= WIDTH) return
      state = this.steps[state * WIDTH + code] || this.#addStep(state, code)
    }
    this.#byState[state] = word
  }

  #addStep(state: number, code: number): number {
    const next = ++this.#states
    if ((next + 1) * WIDTH > this.steps.length) {
      const longer = new Uint32Array(this.steps.length * 2)
      longer.set(this.steps)
      this.steps = longer
    }
    this.steps[state * WIDTH + code] = next
    return next
  }
}
