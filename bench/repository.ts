/** A repository on loopback as a process of its own (see `oai-pages.ts`): prints its address. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerTo } from './oai-pages.ts'

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname !== '/oai') return void response.writeHead(404).end()
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(answerTo(searchParams))
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`)
})
