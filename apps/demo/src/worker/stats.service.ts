import { Injectable } from '@nestjs/common'

/** Stands for the service of somebody else that rates heroes, on a day on which it is not well. */
@Injectable()
export class StatsService {
  rate(hero: string, attempt: number): Promise<number> {
    if (hero === 'ember' && attempt === 1) return Promise.reject(new StatsUnavailable(hero))
    return Promise.resolve(hero.length)
  }
}

export class StatsUnavailable extends Error {
  override readonly name = 'StatsUnavailable'

  constructor(hero: string) {
    super(`503 from the rating service for ${hero}`)
  }
}
