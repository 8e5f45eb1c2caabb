/** What stands below the options in `throughline events --help`. */
export const EVENTS_HELP = `
Examples:
  throughline events                                    print the catalogue of ./tsconfig.json
  throughline events --out EVENTS.md                    write it to a file that is checked in
  throughline events --check EVENTS.md --strict         for a build: fail when the file is out of date
  throughline events apps/*/tsconfig.json --out EVENTS.md --allow-list exported-events.txt
  throughline events --format semconv --out registry/events.yaml
  throughline events --out EVENTS.md --link 'https://github.com/acme/shop/blob/main/{path}#L{line}'

Warnings go to standard error, one a line: path:line: CODE what is the matter.

Exit codes:
  0  fine
  1  --check found a difference, or --strict a warning
  2  wrong usage, a project that cannot be loaded, a file that cannot be read or written`
