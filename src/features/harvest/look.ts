/** What stands at an address and what would become of it, before anything is stored. */
import { Type, type Static } from 'typebox'
import { Problem } from '#kernel/problem.ts'
import type { Kind } from '#records/kind.ts'
import { misfitOf } from '#records/sources/ingest.ts'
import { readFormats, readIdentify, readPage } from '#codecs/oai-pmh/read-response.ts'
import { decodeXml } from '#codecs/xml/decode-xml.ts'
import { answeredIn, type Client } from './client.ts'
import { isInFolder } from './folder.ts'
import { columnTerms } from './inputs/table.ts'
import type { Document, Found, Input } from './inputs/input.ts'
import { documentAnswered, recognised } from './inputs/inputs.ts'
import { cutItem, rowsOf, statedItem, type Item } from './rows.ts'
import { addressOfPage } from './run.ts'
import { UnmappedLine, type Mapping, type Settings } from './shapes.ts'
import { formatsRead, inputNames } from './tables.ts'

const samples = 10
const unmappedShown = 20
/** Pages of a sitemap that are looked at. */
const pagesLookedAt = 5

export const Looked = Type.Object({
  address: Type.String({
    description: 'What is harvested: a sitemap that a site names, where the address is the site',
  }),
  input: Type.Enum([...inputNames], { description: 'What it was recognised to be' }),
  repository: Type.String({ description: 'How it calls itself' }),
  formats: Type.Array(Type.String(), { description: 'All that a repository offers' }),
  readable: Type.Array(Type.String(), { description: 'Those of them that are read here' }),
  size: Type.Optional(Type.Integer({ description: 'How many records, or pages of a sitemap, there are' })),
  counts: Type.Object(
    {
      read: Type.Integer(),
      refused: Type.Integer(),
      unmapped: Type.Integer({ description: 'Values that no vocabulary of ours has' }),
    },
    { description: 'Of the records that were looked at' },
  ),
  samples: Type.Array(
    Type.Object({ identifier: Type.String(), title: Type.String(), url: Type.Optional(Type.String()) }),
  ),
  refused: Type.Array(
    Type.Object({ identifier: Type.String(), code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) }),
  ),
  unmapped: Type.Array(UnmappedLine),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      means: Type.Enum(['', ...columnTerms], { description: 'The term that it means; empty: it is left out' }),
    }),
    { description: 'Of a table' },
  ),
})
export type Looked = Static<typeof Looked>

/** `kind`: what its records would become. */
type What = { address: string; settings: Settings; mapping: Mapping; kind: Kind }

/** What became of the records that were looked at. */
function told(items: readonly Item[], { kind, ...what }: Pick<What, 'settings' | 'mapping' | 'kind'>) {
  const { rows: all, unmapped } = rowsOf(items, what)
  const rows = all.map((row) => {
    const why = row.body === undefined ? undefined : misfitOf(kind, row.body)
    return why ? { ...row, body: undefined, refused: why } : row
  })
  const refused = rows.flatMap(({ identifier, refused: why }) => (why ? [{ identifier, ...why }] : []))
  return {
    counts: {
      read: rows.length,
      refused: refused.length,
      unmapped: unmapped.reduce((sum, { count }) => sum + count, 0),
    },
    samples: rows
      .flatMap(({ identifier, body, url }) => {
        const title = Object.values((body as { title?: Record<string, string> } | undefined)?.title ?? {})[0]
        return title ? [{ identifier, title, ...(url && { url }) }] : []
      })
      .slice(0, samples),
    refused: refused.slice(0, samples),
    unmapped: unmapped.toSorted((a, b) => b.count - a.count).slice(0, unmappedShown),
  }
}

async function lookAtRepository(client: Client, { address, settings, mapping, kind }: What): Promise<Looked> {
  const ask = async (url: string) => {
    const { bytes, contentType } = answeredIn(await client.ask(url), url)
    return decodeXml(bytes, contentType).text
  }
  const at = (verb: string) => {
    const url = new URL(address)
    url.searchParams.set('verb', verb)
    return url.href
  }
  const identity = readIdentify(await ask(at('Identify')))
  if (!identity) throw new Problem('sourceRefused', { code: '?', message: 'Identify' })
  const formats = readFormats(await ask(at('ListMetadataFormats')))
  const page = readPage(await ask(addressOfPage({ address, settings }, {})))
  const [error] = page.errors
  if (error && error.code !== 'noRecordsMatch')
    throw new Problem('sourceRefused', { code: error.code || '?', message: error.message })
  return {
    address,
    input: 'oai-pmh',
    repository: identity.name,
    formats,
    readable: formats.filter((one) => (formatsRead as readonly string[]).includes(one)),
    ...(page.completeListSize && { size: page.completeListSize }),
    ...told(page.records.map(cutItem), { settings, mapping, kind }),
    columns: [],
  }
}

type At = { document: Document; input: Input; found: Found }

async function documentAt(client: Client, url: string, mapping: Mapping): Promise<At> {
  const document = documentAnswered(url, answeredIn(await client.ask(url), url))
  const input = recognised(document)
  return { document, input, found: input.read(document, mapping) }
}

/** A site is asked for its sitemap, where its first page describes nothing itself. */
async function firstAt(client: Client, address: string, mapping: Mapping): Promise<At> {
  const there = await documentAt(client, address, mapping)
  if (there.input.name !== 'page' || there.found.items.length > 0) return there
  const [named] = (await client.sitemapsOf(address)).filter((url) => new URL(url).host === new URL(address).host)
  if (!named) throw new Problem('sourceUnrecognised', { url: address })
  return documentAt(client, named, mapping)
}

/** The first pages of a sitemap, by way of the first sitemap of an index. */
async function pagesOf(
  client: Client,
  { found, document }: At,
  mapping: Mapping,
): Promise<{ items: Item[]; size?: number }> {
  const items: Item[] = []
  let isIndex = false
  for (const { address } of found.listed.slice(0, pagesLookedAt)) {
    if (address === document.address) continue
    const page = await documentAt(client, address, mapping).catch((error: unknown) => {
      if (error instanceof Problem) return undefined
      throw error
    })
    if (page?.input.name === 'sitemap' && !isIndex) {
      isIndex = true
      items.push(
        ...(
          await pagesOf(
            client,
            {
              ...page,
              found: {
                ...page.found,
                listed: page.found.listed.filter((one) => !/sitemap[^/]*\.xml/i.test(one.address)),
              },
            },
            mapping,
          )
        ).items,
      )
      break
    }
    items.push(...(page?.found.items ?? []).map(statedItem))
  }
  return { items, ...(!isIndex && { size: found.listed.length }) }
}

async function lookAtDocuments(client: Client, { address, settings, mapping, kind }: What): Promise<Looked> {
  const at = await firstAt(client, address, mapping)
  const { document, input, found } = at
  const { items, size } =
    input.name === 'sitemap'
      ? await pagesOf(client, at, mapping)
      : { items: found.items.map(statedItem), size: found.isList ? undefined : found.items.length }
  return {
    address: document.address,
    input: input.name,
    repository: found.title ?? (new URL(address).hostname || address),
    formats: [],
    readable: [],
    ...(size !== undefined && { size }),
    ...told(items, { settings, mapping, kind }),
    columns: (found.columns ?? []) as Looked['columns'],
  }
}

/** `?` and what is after it belongs to requests of OAI-PMH. */
function baseOf(address: string): string {
  const url = new URL(address)
  for (const name of ['verb', 'metadataPrefix', 'set', 'from', 'until', 'resumptionToken', 'identifier'])
    url.searchParams.delete(name)
  return url.href
}

const isNoRepository = new Set<string>(['malformedXml', 'doctypeRefused', 'fetchFailed', 'sourceRefused'])

/**
 * What an address is and what it holds. One that looks like a repository is asked as one first; any other is read as it stands, and
 * asked as a repository where nothing else is recognised: some answer nothing but verbs.
 * @throws Problem
 */
export async function look(client: Client, { address, ...rest }: What): Promise<Looked> {
  const url = new URL(address.trim())
  url.hash = ''
  if (isInFolder(url.href)) return lookAtDocuments(client, { address: url.href, ...rest })
  const asRepository = () => lookAtRepository(client, { address: baseOf(url.href), ...rest })
  const asDocument = () => lookAtDocuments(client, { address: url.href, ...rest })
  const isLikely = url.searchParams.has('verb') || /oai/i.test(url.pathname)
  const [first, second] = isLikely ? [asRepository, asDocument] : [asDocument, asRepository]
  try {
    return await first()
  } catch (error) {
    const isOther = error instanceof Problem && (isNoRepository.has(error.code) || error.code === 'sourceUnrecognised')
    if (!isOther) throw error
    return second().catch((_: unknown) => {
      throw error
    })
  }
}
