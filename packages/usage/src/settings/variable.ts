/** A variable of the environment; what somebody put on Object.prototype is none, though `env[name]` would find it. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined
}
