const STRINGS = [
  '',
  'GET',
  'a text of more than sixteen characters',
  'Zürich',
  '日本語',
  '🏈 draft',
  'half a pair \ud800',
  '\udc00',
  '\0\u007f\u0080\u07ff\u0800\uffff',
  '__proto__',
  'constructor',
  'x'.repeat(127),
  'x'.repeat(128),
  'é'.repeat(64),
  'x'.repeat(20_000),
]

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  127,
  128,
  -128,
  0.1,
  -0.5,
  1e300,
  5e-324,
  NaN,
  Infinity,
  -Infinity,
  ...[31, 32, 33, 53, 62, 63, 64].flatMap((bits) => [
    2 ** bits,
    -(2 ** bits),
    2 ** bits - 1,
    -(2 ** bits) - 1,
  ]),
]

/** The official serializer leaves too little room for a varint of 2^63 and more. */
const COUNTS = [
  0,
  1,
  127,
  128,
  ...[31, 32, 33, 53, 62].flatMap((bits) => [2 ** bits - 1, 2 ** bits, 2 ** bits + 1]),
]

/** Values by chance, the same in each run. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => '0123456789abcdefABCDEF'.charAt(this.below(22))).join('')
  }

  time(): [number, number] {
    return [this.pick([0, 1, 65_535, 65_536, 1_700_000_000, 4_294_967_296, 18_446_744_072]), this.below(1e9)]
  }

  string(): string {
    return this.pick(STRINGS)
  }

  number(): number {
    return this.pick(NUMBERS)
  }

  /** A whole number from 0. */
  count(): number {
    return this.pick(COUNTS)
  }

  value(depth = 3): unknown {
    switch (this.below(depth > 0 ? 9 : 6)) {
      case 0:
      case 1:
        return this.string()
      case 2:
        return this.number()
      case 3:
        return this.below(2) === 1
      case 4:
        return this.pick([null, undefined, 7n, Symbol('s'), () => 1])
      case 5:
        return Uint8Array.from(this.list(200, () => this.below(256)))
      case 6:
      case 7:
        return this.list(4, () => this.value(depth - 1))
      default:
        return this.attributes(4, depth - 1)
    }
  }

  attributes(most = 12, depth = 3): Record<string, unknown> {
    return Object.fromEntries(this.list(most, () => [this.string(), this.value(depth)]))
  }
}
