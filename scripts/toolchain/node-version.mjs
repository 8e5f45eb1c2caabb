const NEEDED = [20, 19]

/**
 * Imported first by every command: on an older Node it says what to do, where something else would
 * fail with a message of its own. So nothing here is newer than modules are.
 */
const problem = nodeProblem(process.versions.node)
if (problem !== undefined) {
  console.error(problem)
  process.exit(1)
}

/** Undefined when this version will do, else a sentence that says what to do. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return undefined
  return `Throughline needs Node ${NEEDED.join('.')} or later; this is Node ${version}. Install a current one: https://nodejs.org`
}
