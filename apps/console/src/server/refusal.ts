/** An error that becomes an answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly status: number,
    /** One sentence for whoever sent the request. */
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

export function methodRefusal(method: string | undefined, ...allowed: string[]): Refusal {
  return new Refusal(405, `The method is ${method ?? 'unknown'}; send ${allowed.join(' or ')}.`, {
    allow: allowed.join(', '),
  })
}

/** For what nobody has foreseen. */
export function defectRefusal(): Refusal {
  return new Refusal(500, 'The console has a defect; its terminal says more.')
}
