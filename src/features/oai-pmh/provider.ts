/** The six verbs of OAI-PMH 2.0 (§4), answered from what is listed and from the records. */
import type { Context } from '#kernel/context.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import {
  readArguments,
  spanOf,
  toSecond,
  type Arguments,
  type OaiError,
  type OaiRequest,
} from '#codecs/oai-pmh/arguments.ts'
import {
  writeAnswer,
  writeErrors,
  writeFormats,
  writeIdentifiers,
  writeIdentify,
  writeOneRecord,
  writeRecord,
  writeRecords,
  writeSets,
  type Header,
  type TokenPart,
} from '#codecs/oai-pmh/write-response.ts'
import { publishersIn } from '#features/export/describe.ts'
import { namedIn, type Titles } from '#features/export/people.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { recordId } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { formatNamed, formats, kindsIn, type Format } from './formats.ts'
import { nameOfSet } from './sets.ts'
import { oaiItems, type Item, type Selection } from './store.ts'
import { closeToken, openToken, type Resumption } from './tokens.ts'

/** How many a page holds at most, and how many characters of metadata end it. */
const pageSizes = { ListRecords: 200, ListIdentifiers: 1_000 } as const
const pageCharacters = 4_000_000

/** What goes wrong is told as the protocol tells it. */
class Refused extends Error {
  readonly errors: readonly OaiError[]
  constructor(...errors: OaiError[]) {
    super(errors.map(({ code }) => code).join(' '))
    this.errors = errors
  }
}
const refuse = (code: OaiError['code'], message: string): never => {
  throw new Refused({ code, message })
}

/** `base`: the address of the node, without a slash at the end. */
export async function answer(context: Context, given: URLSearchParams, base: string): Promise<string> {
  const responseDate = toSecond(context.now().toISOString())
  const baseUrl = `${base}/oai`
  const read = readArguments(given)
  if ('errors' in read) return writeAnswer({ responseDate, baseUrl, inner: writeErrors(read.errors) })
  try {
    const inner = await byVerb(context, read.request, base, responseDate)
    return writeAnswer({ responseDate, baseUrl, asked: read.request, inner })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const isBad = error.errors.some(({ code }) => code === 'badArgument' || code === 'badVerb')
    return writeAnswer({
      responseDate,
      baseUrl,
      ...(!isBad && { asked: read.request }),
      inner: writeErrors(error.errors),
    })
  }
}

async function byVerb(context: Context, request: OaiRequest, base: string, now: string): Promise<string> {
  switch (request.verb) {
    case 'Identify':
      return identify(context, base, now)
    case 'ListMetadataFormats':
      return listFormats(context, request.arguments, base)
    case 'ListSets':
      return listSets(context, request.arguments)
    case 'GetRecord':
      return getRecord(context, request.arguments, base)
    case 'ListIdentifiers':
    case 'ListRecords':
      return list(context, { ...request, verb: request.verb }, base)
  }
}

const domain = /^[a-z][a-z\d-]*(?:\.[a-z][a-z\d-]*)+$/i
/** The host of the node; one that has none says so (RFC 2606 §2). */
export function namespaceOf({ services }: Pick<Context, 'services'>): string {
  const host = URL.parse(services.site.address)?.hostname ?? ''
  return domain.test(host) ? host : 'local.qingdao.invalid'
}
const identifierOf = (context: Pick<Context, 'services'>, id: string) => `oai:${namespaceOf(context)}:${id}`

function idIn(context: Context, identifier: string): string {
  const start = `oai:${namespaceOf(context)}:`
  const id = identifier.slice(start.length)
  if (!identifier.startsWith(start) || !new RegExp(recordId).test(id))
    return refuse('idDoesNotExist', 'No record has this identifier here.')
  return id
}

async function identify(context: Context, base: string, now: string): Promise<string> {
  const { services } = context
  const contact = services.appearance.current()?.body.contactEmail
  return writeIdentify({
    repositoryName: services.site.name,
    baseUrl: `${base}/oai`,
    adminEmails: [contact ?? `postmaster@${namespaceOf(context)}`],
    earliestDatestamp: (await oaiItems(context.db).earliest()) ?? now,
    compressions: ['gzip', 'br'],
    namespace: namespaceOf(context),
    sampleIdentifier: identifierOf(context, '0123456789abcdef'),
  })
}

const absoluteSchema = (base: string, schema: string) => (schema.startsWith('/') ? `${base}${schema}` : schema)

async function listFormats(context: Context, { identifier }: Arguments, base: string): Promise<string> {
  const kind =
    identifier === undefined ? undefined : context.services.kinds.get((await findItem(context, identifier)).kind)
  const offered = formats.filter(({ isFor }) => !kind || !isFor || isFor(kind))
  return writeFormats(offered.map((one) => ({ ...one, schema: absoluteSchema(base, one.schema) })))
}

async function findItem(context: Context, identifier: string): Promise<Item> {
  const item = await oaiItems(context.db).find(idIn(context, identifier))
  return item ?? refuse('idDoesNotExist', 'No record has this identifier here.')
}

async function listSets(context: Context, { resumptionToken }: Arguments): Promise<string> {
  if (resumptionToken !== undefined) refuse('badResumptionToken', 'The list of sets is given whole, without tokens.')
  const specs = await oaiItems(context.db).sets()
  // Each record is in some set, so that without one there is nothing at all.
  if (specs.length === 0) return refuse('noSetHierarchy', 'This repository holds no records yet, and so no sets.')
  const { kinds, sources } = context.services
  return writeSets(specs.map((spec) => ({ spec, name: nameOfSet(spec, { kinds, sources, nameOfKind }) })))
}

const nameOfKind = (kind: string) => messagesIn('en')(`kind.${kind}.many`)
const typeOfKind = (kind: string) => messagesIn('en')(`kind.${kind}.one`)

function formatFor(prefix: string): Format {
  return (
    formatNamed(prefix) ??
    refuse(
      'cannotDisseminateFormat',
      `No format is called “${prefix.slice(0, 100)}” here. ListMetadataFormats names them.`,
    )
  )
}

async function getRecord(
  context: Context,
  { identifier = '', metadataPrefix = '' }: Arguments,
  base: string,
): Promise<string> {
  const item = await findItem(context, identifier)
  const format = formatFor(metadataPrefix)
  const kind = context.services.kinds.get(item.kind)
  if (!kind || format.isFor?.(kind) === false)
    return refuse('cannotDisseminateFormat', `This record cannot be told in ${format.prefix}.`)
  const header = headersOf(context)(item)
  if (item.isDeleted) return writeOneRecord({ header })
  const [record] = await records(context.db).byNumbers([item.number])
  const write = await writerOf(context, format, record ? [record] : [], base)
  return writeOneRecord({ header, ...(record && { metadata: write(record) }) })
}

/** For all of a page: where identifiers begin is worked out once. */
function headersOf(context: Context): (item: Item) => Header {
  const start = identifierOf(context, '')
  return ({ id, datestamp, sets, isDeleted }) => ({ identifier: `${start}${id}`, datestamp, sets, isDeleted })
}

/** Reads what descriptions need beside the records themselves, once for all of a page. */
async function writerOf(context: Context, format: Format, page: readonly StoredRecord[], base: string) {
  const { services, db } = context
  const linked = [
    ...new Set([
      ...namedIn(page),
      ...page.flatMap(({ kind, body }) =>
        services.kinds.has(kind) ? publishersIn(services.kinds.get(kind)!, body) : [],
      ),
    ]),
  ]
  const found = linked.length > 0 ? await records(db).findMany(linked) : new Map<string, StoredRecord>()
  const titles: Titles = new Map(
    [...found.values()].map(({ id, body }) => [id, bestText(body.title, 'en', body.originalLanguage).text]),
  )
  const absolute = (path: string) => `${base}${path}`
  const typeNames = new Map<string, string>()
  for (const { kind } of page) if (!typeNames.has(kind)) typeNames.set(kind, typeOfKind(kind))
  return (record: StoredRecord): string =>
    format.write({
      kind: services.kinds.get(record.kind)!,
      record,
      titles,
      absolute,
      site: services.site,
      typeName: typeNames.get(record.kind)!,
    })
}

type Listing = OaiRequest & { verb: 'ListIdentifiers' | 'ListRecords' }
const firstSecond = '0000-01-01T00:00:00Z'
const lastSecond = '9999-12-31T23:59:59Z'

async function beginning(
  context: Context,
  { verb, arguments: given }: Listing,
): Promise<Omit<Resumption, 'after'> & Partial<Pick<Resumption, 'after'>>> {
  const { resumptionToken } = given
  if (resumptionToken === undefined) {
    const format = formatFor(given.metadataPrefix ?? '')
    return {
      verb,
      prefix: format.prefix,
      ...(given.set !== undefined && { set: given.set }),
      from: given.from === undefined ? firstSecond : spanOf(given.from)!.start,
      until: given.until === undefined ? lastSecond : spanOf(given.until)!.end,
      cursor: 0,
      size: 0,
    }
  }
  const resumed = await openToken(context.services.secretBox, resumptionToken)
  if (resumed?.verb !== verb)
    return refuse('badResumptionToken', 'This repository did not give this token for this verb. Ask again without it.')
  return resumed
}

async function list(context: Context, request: Listing, base: string): Promise<string> {
  const from = await beginning(context, request)
  const format = formatFor(from.prefix)
  const selection: Selection = {
    set: from.set,
    kinds: kindsIn(format, context.services.kinds),
    from: from.from,
    until: from.until,
  }
  const items = oaiItems(context.db)
  const limit = pageSizes[request.verb]
  const found = await items.page(selection, from.after, limit + 1)
  if (found.length === 0)
    return refuse('noRecordsMatch', 'No record is in this set, in this format and between these dates.')
  const page = found.slice(0, limit)
  const lines = request.verb === 'ListRecords' ? await writeLines(context, format, page, base) : []
  const told = request.verb === 'ListRecords' ? page.slice(0, lines.length) : page
  const hasMore = found.length > told.length
  const size = from.after || !hasMore ? from.size : await items.count(selection)
  const last = told.at(-1)!
  const next: Resumption = {
    ...from,
    size,
    after: { datestamp: last.datestamp, number: last.number },
    cursor: from.cursor + told.length,
  }
  const token: TokenPart | undefined =
    hasMore || from.after
      ? {
          token: hasMore ? await closeToken(context.services.secretBox, next) : '',
          completeListSize: size,
          cursor: from.cursor,
        }
      : undefined
  return request.verb === 'ListRecords'
    ? writeRecords(lines, token)
    : writeIdentifiers(told.map(headersOf(context)), token)
}

/** As many records of a page as fit; at least one. */
async function writeLines(context: Context, format: Format, page: readonly Item[], base: string): Promise<string[]> {
  const there = page.filter(({ isDeleted }) => !isDeleted).map(({ number }) => number)
  const stored = await records(context.db).byNumbers(there)
  const byNumber = new Map(stored.map((record) => [record.number, record]))
  const write = await writerOf(context, format, stored, base)
  const headerOf = headersOf(context)
  const lines: string[] = []
  let characters = 0
  for (const item of page) {
    const record = item.isDeleted ? undefined : byNumber.get(item.number)
    const line = writeRecord({ header: headerOf(item), ...(record && { metadata: write(record) }) })
    if (lines.length > 0 && characters + line.length > pageCharacters) break
    characters += line.length
    lines.push(line)
  }
  return lines
}
