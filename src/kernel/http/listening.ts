/** Node's own server below Fastify: how long a line may stay, and what is said on one that nothing can be read from. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { limitBodyTime } from './body-timeout.ts'
import { patience } from './uploads.ts'

/** A server that asks `handle` what `answerKept` has not answered. */
export const serverFor = (
  handle: RequestListener,
  answerKept: (raw: IncomingMessage, response: ServerResponse) => boolean,
): Server =>
  createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 20_000,
      requestTimeout: patience.wholeMs,
      keepAliveTimeout: 65_000,
    },
    (raw, response) => {
      limitBodyTime(raw, response)
      if (!answerKept(raw, response)) handle(raw, response)
    },
  )

/** What came is no request. */
export function refuseUnreadable(error: Error, socket: Socket): void {
  if (!socket.writable) return
  const status =
    (error as { code?: string }).code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request'
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${status.length}\r\n\r\n${status}`,
  )
}
