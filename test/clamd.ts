/** A daemon that speaks as ClamAV’s does, and knows one harmful file: the test file that all scanners know (EICAR). */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { after } from 'node:test'

/** In two halves, so that no scanner takes this file for it. */
export const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`

/** `answer`: what it says to a file that came whole; by default what ClamAV would. */
export async function testClamd({
  answer = (file: Buffer) => (file.includes(eicar) ? 'stream: Eicar-Signature FOUND' : 'stream: OK'),
  heard = (_socket: Socket) => {},
}: { answer?: (file: Buffer) => string; heard?: (socket: Socket) => void } = {}) {
  const seen: Buffer[] = []
  const server = createServer((socket) => {
    let text = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      text = Buffer.concat([text, chunk])
      heard(socket)
      if (text.toString('latin1').startsWith('zVERSION\0')) socket.end('ClamAV 1.4.3/27800\0')
      const file = fileIn(text)
      if (!file) return
      seen.push(file)
      socket.end(`${answer(file)}\0`)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => void server.close()
  after(stop)
  return { address: `clamd://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop }
}

/** The chunks of `INSTREAM`, once the empty one that ends them has come. */
function fileIn(text: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (text.subarray(0, command.length).toString('latin1') !== command) return undefined
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= text.length;) {
    const length = text.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    if (at + 4 + length > text.length) return undefined
    chunks.push(text.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
