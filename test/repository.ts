/** A repository of OAI-PMH as there are in the world, good or bad: it serves here whatever a test says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { outbound } from '#kernel/outbound.ts'

export const oai = (inner: string, responseDate = '2026-01-02T03:04:05Z') =>
  `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${responseDate}</responseDate><request/>${inner}</OAI-PMH>`
export const dc = (n: number | string, elements = '') =>
  `<record><header><identifier>oai:repository.example:${n}</identifier><datestamp>2026-01-01</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Title ${n}</dc:title><dc:language>eng</dc:language><dc:identifier>https://repository.example/${n}</dc:identifier>${elements}</oai_dc:dc></metadata></record>`
export const gone = (n: number | string) =>
  `<record><header status="deleted"><identifier>oai:repository.example:${n}</identifier><datestamp>2026-01-01</datestamp></header></record>`
export const list = (records: string, token = '', more = '') =>
  `<ListRecords>${records}${token || more ? `<resumptionToken${more}>${token}</resumptionToken>` : ''}</ListRecords>`
const identify =
  '<Identify><repositoryName>A repository</repositoryName><baseURL>http://x</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@b.example</adminEmail><earliestDatestamp>2001-01-01</earliestDatestamp><deletedRecord>transient</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>'
const formats =
  '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>x</schema><metadataNamespace>x</metadataNamespace></metadataFormat></ListMetadataFormats>'

export type Page = string | Buffer | ((response: ServerResponse, request: IncomingMessage) => void)

/** `answer` is asked for lists of records alone; what it says of other addresses goes first. */
export async function repository(answer: (query: URLSearchParams, request: IncomingMessage) => Page) {
  const asked: string[] = []
  const agents = new Set<string>()
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://x')
    agents.add(String(request.headers['user-agent']))
    if (url.pathname === '/robots.txt' && !url.search) {
      const rules = answer(new URLSearchParams('robots=1'), request)
      if (typeof rules !== 'string' || !rules.startsWith('User-agent')) return void response.writeHead(404).end()
      return void response.end(rules)
    }
    const verb = url.searchParams.get('verb')
    if (verb !== 'Identify' && verb !== 'ListMetadataFormats') asked.push(url.search)
    const page =
      verb === 'Identify'
        ? oai(identify)
        : verb === 'ListMetadataFormats'
          ? oai(formats)
          : answer(url.searchParams, request)
    if (typeof page === 'function') return void page(response, request)
    response.setHeader('content-type', 'text/xml')
    response.end(page)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const resolveHost = async (host: string) => [
    { address: host.startsWith('inside.') ? '10.0.0.1' : '127.0.0.1', family: 4 },
  ]
  return {
    asked,
    agents,
    port,
    address: `http://repository.example:${port}/oai`,
    fetch: outbound(resolveHost, (address) => address.startsWith('10.')),
  }
}
