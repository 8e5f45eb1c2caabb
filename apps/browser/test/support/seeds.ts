/** Which of the seeds a text has in it, by name. */
export function found<Seed extends string>(seeds: Readonly<Record<Seed, string>>, text: string): Seed[] {
  return (Object.keys(seeds) as Seed[]).filter((name) => text.includes(seeds[name]))
}
