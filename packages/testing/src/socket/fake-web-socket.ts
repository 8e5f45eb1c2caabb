import { EventEmitter } from 'node:events'
import { socketNotOpen } from '../errors.js'
import type { FakeSocketControls } from './fake-socket.js'
import { addDomListener, removeDomListener } from './dom-listeners.js'

/** What a fake socket starts as. */
export interface FakeSocketInit {
  /** The negotiated subprotocol; default none. */
  protocol?: string
  /** 0 connecting, 1 open, 2 closing, 3 closed; default open. */
  readyState?: 0 | 1 | 2 | 3
}

type Callback = (error?: Error) => void

const STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const
const NO_STATUS = 1005
const ABNORMAL = 1006

/** The server's side of a connection as ws shapes it, with nothing behind it. */
export class FakeWebSocket extends EventEmitter implements FakeSocketControls {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readonly url = ''
  readonly extensions = ''
  readonly bufferedAmount = 0
  readonly protocol: string
  binaryType = 'nodebuffer'
  isPaused = false
  readyState: 0 | 1 | 2 | 3
  readonly sent: (string | Buffer)[] = []
  readonly pings: Buffer[] = []
  closed: { code: number; reason: string } | undefined

  constructor({ protocol = '', readyState = 1 }: FakeSocketInit) {
    super()
    this.protocol = protocol
    this.readyState = readyState
  }

  send(data: unknown, options?: { binary?: boolean } | Callback, callback?: Callback): void {
    const done = typeof options === 'function' ? options : callback
    if (!this.#mayWrite(done)) return
    const text = typeof data === 'string' || typeof data === 'number'
    const binary = (typeof options === 'object' ? options.binary : undefined) ?? !text
    const bytes = text ? Buffer.from(String(data)) : bytesOf(data)
    this.sent.push(binary ? bytes : bytes.toString())
    callLater(done)
  }

  ping(data?: unknown, mask?: boolean | Callback, callback?: Callback): void {
    const done = [data, mask, callback].find((given): given is Callback => typeof given === 'function')
    if (!this.#mayWrite(done)) return
    this.pings.push(typeof data === 'function' ? Buffer.alloc(0) : bytesOf(data))
    callLater(done)
  }

  pong(data?: unknown, mask?: boolean | Callback, callback?: Callback): void {
    const done = [data, mask, callback].find((given): given is Callback => typeof given === 'function')
    if (this.#mayWrite(done)) callLater(done)
  }

  close(code: number = NO_STATUS, reason: string | Buffer = ''): void {
    this.#closeOurselves(code, reason.toString())
  }

  terminate(): void {
    this.#closeOurselves(ABNORMAL, '')
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  addEventListener(type: string, listener: unknown, options?: { once?: boolean }): void {
    addDomListener(this, type, listener, options?.once === true)
  }

  removeEventListener(type: string, listener: unknown): void {
    removeDomListener(this, type, listener)
  }

  receive(data: unknown): void {
    const binary = ArrayBuffer.isView(data) || data instanceof ArrayBuffer
    this.emit('message', binary || typeof data === 'string' ? bytesOf(data) : jsonBytes(data), binary)
  }

  closeWith(code: number = 1000, reason = ''): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.emit('close', code, Buffer.from(reason))
  }

  #closeOurselves(code: number, reason: string): void {
    if (this.readyState >= this.CLOSING) return
    this.readyState = this.CLOSING
    this.closed = { code, reason }
    void Promise.resolve().then(() => this.closeWith(code, reason))
  }

  /** As ws: to write before the handshake is a mistake of the caller's, after the end it only fails. */
  #mayWrite(callback: Callback | undefined): boolean {
    if (this.readyState === this.OPEN) return true
    const error = socketNotOpen(`${this.readyState} (${STATES[this.readyState]})`)
    if (this.readyState === this.CONNECTING) throw error
    callLater(callback, error)
    return false
  }
}

function callLater(listener: Callback | undefined, error?: Error): void {
  if (listener !== undefined) void Promise.resolve(error).then(listener)
}

function jsonBytes(data: unknown): Buffer {
  return Buffer.from(JSON.stringify(data) ?? '')
}

function bytesOf(data: unknown): Buffer {
  if (data === undefined) return Buffer.alloc(0)
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return Buffer.from(data as string)
}
