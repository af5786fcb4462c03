/** The yardstick: Node's own server, that finds an answer by its address and sends it. `node bare.ts <answers> <processes>` */
import cluster from 'node:cluster'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

type StoredRow = { status: number; headers: Record<string, string>; body: string }

const [file = '', processes = '1'] = process.argv.slice(2)
const ready = (port: number) => console.log(`http://127.0.0.1:${port}`)

function serve(told: (port: number) => void) {
  const answers = new Map(
    Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, StoredRow>).map(
      ([address, { body, ...rest }]) => [address, { ...rest, body: Buffer.from(body, 'base64') }],
    ),
  )
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    if (!answer) return void response.writeHead(404, { 'content-length': 0 }).end()
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  })
  server.listen(0, '127.0.0.1', () => told((server.address() as { port: number }).port))
}

if (!cluster.isPrimary || processes === '1') {
  serve(cluster.isPrimary ? ready : () => {})
  process.once('SIGTERM', () => process.exit(0))
} else {
  const listening = Array.from(
    { length: Number(processes) },
    () => new Promise<number>((resolve) => cluster.fork().once('listening', ({ port }) => resolve(port))),
  )
  const [port] = await Promise.all(listening)
  ready(port!)
  process.once('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers ?? {})) worker!.process.kill('SIGTERM')
    process.exit(0)
  })
}
