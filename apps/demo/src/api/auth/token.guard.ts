import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import type { IncomingMessage } from 'node:http'
import { type User, UserRepository } from '../users/user.repository.js'

/** A request behind the guard. */
export interface UserRequest extends IncomingMessage {
  user: User
}

/** Lets users of the database in, by `Authorization: Bearer <token>`. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(@Inject(UserRepository) private readonly users: UserRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // A socket is asked for its token when it connects.
    if (context.getType() !== 'http') return true
    const request = context.switchToHttp().getRequest<UserRequest>()
    const user = await this.users.byAuthorization(request.headers.authorization)
    if (user === undefined) throw new UnauthorizedException('send Authorization: Bearer <token>')
    request.user = user
    return true
  }
}
