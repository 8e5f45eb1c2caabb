import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { IncomingMessage } from 'node:http'
import { type User, UserRepository } from '../users/user.repository.js'
import { PUBLIC } from './public.js'

/** A request behind the guard. */
export interface UserRequest extends IncomingMessage {
  user: User
}

/** A request of what is public: perhaps somebody is known. */
export type VisitorRequest = IncomingMessage & Partial<UserRequest>

/** Lets users of the database in, by `Authorization: Bearer <token>`. */
@Injectable()
export class TokenGuard implements CanActivate {
  constructor(
    @Inject(UserRepository) private readonly users: UserRepository,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // A socket is asked for its token when it connects.
    if (context.getType() !== 'http') return true
    const request = context.switchToHttp().getRequest<VisitorRequest>()
    const user = await this.users.byAuthorization(request.headers.authorization)
    if (user !== undefined) request.user = user
    else if (!this.#isPublic(context)) throw new UnauthorizedException('send Authorization: Bearer <token>')
    return true
  }

  #isPublic(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()]
    return this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, places) === true
  }
}
