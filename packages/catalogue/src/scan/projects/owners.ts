import { dirname } from 'node:path'
import type { Project } from './project.js'

/** The project whose options a file is read with: of those that name it, the one whose folder is nearest. */
export function owners(projects: readonly Project[]): ReadonlyMap<string, Project> {
  const found = new Map<string, Project>()
  for (const project of projects) {
    for (const file of project.files) {
      const known = found.get(file)
      if (known === undefined || depth(project) > depth(known)) found.set(file, project)
    }
  }
  return found
}

function depth({ config }: Project): number {
  return dirname(config).length
}
