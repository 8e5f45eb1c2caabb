import { Inject, Injectable } from '@nestjs/common'
import { Database } from '../../database/database.js'
import { hashToken } from '../../database/demo-users.js'

export interface User {
  id: number
  name: string
}

@Injectable()
export class UserRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The user whose token an Authorization header bears. */
  async byAuthorization(header: string | undefined): Promise<User | undefined> {
    const token = /^Bearer (\S+)$/i.exec(header ?? '')?.[1]
    if (token === undefined) return undefined
    const [user] = await this.database.query<User>('select id, name from users where token_hash = $1', [
      hashToken(token),
    ])
    return user
  }
}
