import { Command, InvalidArgumentError, Option } from 'commander'
import type { Draft } from '../api/drafts/draft.repository.js'
import type { Standing } from '../api/leagues/league.repository.js'
import { type Access, ask } from './ask.js'
import { table } from './table.js'
import { usage } from './usage.js'

/** What people who run a tournament ask for on the command line. */
export function statsProgram(): Command {
  const program = new Command('stats')
    .description('Looks into a running tournament service. Exit code 1: it does not answer; 2: wrong usage.')
    .showHelpAfterError('See --help')
    // Nothing is left to do when a command is through: the process ends by itself, with what it has counted sent.
    .exitOverride()

  asking(program.command('standings'))
    .description('points of the users of a league, the best first')
    .requiredOption('--league <id>', 'number of the league', readId)
    .action(async ({ league, ...access }: Access & { league: number }) => {
      const standings = await ask<Standing>(access, `/api/leagues/${league}/standings`)
      const rows = standings.map(({ user, points, picks }, index) => [index + 1, user, points, picks])
      console.log(table(['rank', 'player', 'points', 'picks'], rows))
    })

  asking(program.command('drafts'))
    .description('all drafts, and the tournaments that they belong to')
    .action(async (access: Access) => {
      const drafts = await ask<Draft>(access, '/api/drafts')
      const rows = drafts.map(({ id, tournamentId }) => [id, tournamentId])
      console.log(table(['draft', 'tournament'], rows))
    })

  program
    .command('telemetry')
    .description('whether usage counters are on, and why')
    .action(() => {
      console.log(`Usage counters are ${usage.enabled ? 'on' : 'off'}: ${usage.reason}`)
      console.log('See apps/demo/telemetry.md')
    })

  return program
}

/** A command that asks the service. */
function asking(command: Command): Command {
  const url = new Option('--url <url>', 'where the service answers').env('TOURNAMENT_URL')
  const token = new Option('--token <token>', 'token of a user').env('TOURNAMENT_TOKEN')
  return command.addOption(url.argParser(readUrl).makeOptionMandatory()).addOption(token)
}

function readUrl(given: string): string {
  if (/^https?:/.test(given) && URL.canParse(given)) return given.replace(/\/+$/, '')
  throw new InvalidArgumentError('It must begin with http:// or https://')
}

function readId(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given)
  throw new InvalidArgumentError('It must be a number.')
}
