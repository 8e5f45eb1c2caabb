import { attributeCases } from './attributes.js'
import { branchCases } from './branches.js'
import { domainCases } from './domains.js'
import { javascriptCases } from './javascript.js'
import { nameCases } from './names.js'
import { nestCases } from './nest.js'
import { receiverCases } from './receivers.js'
import { silentCases } from './silence.js'
import { warningCases } from './warnings.js'

const groups = {
  receivers: receiverCases,
  'NestJS code': nestCases,
  domains: domainCases,
  'event names': nameCases,
  attributes: attributeCases,
  branches: branchCases,
  JavaScript: javascriptCases,
  warnings: warningCases,
  'what is no logger': silentCases,
}

/** All cases beyond those of the conformance file, each with a folder name of its own. */
export const writtenCases = Object.entries(groups).flatMap(([group, list]) =>
  list.map((written, index) => ({ ...written, group, id: `${group.replaceAll(/\W/g, '-')}-${index}` })),
)
