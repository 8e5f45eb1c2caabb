import { Controller, Get, Req } from '@nestjs/common'
import type { UserRequest } from '../auth/token.guard.js'
import type { User } from './user.repository.js'

@Controller('users')
export class UsersController {
  @Get('me')
  me(@Req() { user }: UserRequest): User {
    return user
  }
}
