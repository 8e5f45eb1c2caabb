import { SetMetadata } from '@nestjs/common'

/** What `Public` leaves on a handler. */
export const PUBLIC = 'public'

/** Lets everybody in; who shows a token is known all the same. */
export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(PUBLIC, true)
}
