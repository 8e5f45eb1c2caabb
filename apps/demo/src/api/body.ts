import { BadRequestException } from '@nestjs/common'

const LONGEST = 60

/** A short text in a JSON body; anything else is the caller's mistake. */
export function textIn(body: unknown, name: string): string {
  const value = (body as Record<string, unknown> | null | undefined)?.[name]
  if (typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST) return value.trim()
  throw new BadRequestException(`"${name}" must be a text of 1 to ${LONGEST} characters`)
}
