import { paint } from '../print/paint.js'
import { print } from '../print/print.js'
import type { LogLine } from '../stage/log-book.js'
import type { Check } from './checks/check.js'

const MOST_PROBLEMS = 5

/** Prints what was checked, and where something disagrees. */
export function printChecks(checks: readonly Check[]): void {
  print()
  for (const { title, seen, problems } of checks) {
    const passed = problems.length === 0
    print(`${passed ? paint.good('✓') : paint.bad('✗')} ${title.padEnd(35)}`, passed ? paint.dim(seen) : '')
    for (const problem of problems.slice(0, MOST_PROBLEMS)) print(`    ${problem}`)
    if (problems.length > MOST_PROBLEMS) print(`    and ${problems.length - MOST_PROBLEMS} more`)
  }
}

/** Prints where the trace of these lines is to be found; nothing where there is none. */
export function printTrace(lines: readonly LogLine[]): void {
  const traceId = lines.map(({ fields }) => fields['trace_id']).find((id) => typeof id === 'string')
  if (traceId === undefined) return
  print(`
${paint.bold('Trace')} ${paint.id(traceId)}
  HTTP, SQL, both attempts of the job and the socket in one: look it up in what listens at
  ${process.env.OTEL_EXPORTER_OTLP_ENDPOINT}, such as Grafana of docker-compose.observability.yaml`)
}

/** Prints what came of it, and what to look at next. */
export function printEnd(checks: readonly Check[]): void {
  const failed = checks.filter(({ problems }) => problems.length > 0).length
  const seconds = (performance.now() / 1_000).toFixed(1)
  print(
    failed === 0
      ? `\n${paint.good(`All ${checks.length} checks passed`)} in ${seconds} s.`
      : `\n${paint.bad(`${failed} of ${checks.length} checks failed`)} after ${seconds} s.`,
  )
  print(`
  npm run demo -- --serve       keep it running, with curl commands to try
  apps/demo/README.md           how it is made: where to look for what
  docs/context.md, docs/jobs.md, docs/sockets.md`)
}
