import { Injectable } from '@nestjs/common'
import type { WebSocket } from 'ws'

/** Who watches which draft. */
@Injectable()
export class DraftSockets {
  readonly #byDraft = new Map<number, Set<WebSocket>>()

  add(draftId: number, socket: WebSocket): void {
    const sockets = this.#byDraft.get(draftId) ?? new Set()
    this.#byDraft.set(draftId, sockets.add(socket))
  }

  remove(socket: WebSocket): void {
    for (const [draftId, sockets] of this.#byDraft) {
      if (sockets.delete(socket) && sockets.size === 0) this.#byDraft.delete(draftId)
    }
  }

  of(draftId: number): Iterable<WebSocket> {
    return this.#byDraft.get(draftId) ?? []
  }
}
