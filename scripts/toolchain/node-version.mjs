const NEEDED = [20, 19]

/** Undefined when this Node will do, else a sentence that says what to do. */
export function nodeProblem(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return undefined
  return `Throughline needs Node ${NEEDED.join('.')} or later; this is Node ${version}. Install a current one: https://nodejs.org`
}
