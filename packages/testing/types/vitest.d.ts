/** The part of Vitest's types that src/vitest.ts is compiled against; saves the workspace 41 MB of Vitest. */
export interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {}
export declare const expect: { extend(matchers: object): void }
