/** Sources that are harvested: added after a look, run, paused, mapped; and records that they sent and that wait. */
import { Type, type Static } from 'typebox'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { decodeXml } from '#codecs/xml/decode-xml.ts'
import { readFormats, readIdentify, readPage } from '#codecs/oai-pmh/read-response.ts'
import { Done, done } from '#records/inputs.ts'
import { slug } from '#records/sources/row.ts'

import { licenceNamed } from '#records/vocabularies/licence-names.ts'
import { codeNamed } from '#records/vocabularies/names.ts'

import { clientOf, type Client } from './client.ts'
import { findHarvested, never } from './keep.ts'
import { contactOf, addressOfPage, rowsOf } from './run.ts'
import { HarvestLine, RefusedLine, Settings, UnmappedLine } from './shapes.ts'
import { harvests, type Harvested } from './store.ts'
import { formatsRead } from './tables.ts'

const allow = permission('record.publish')
const Name = Type.String({ maxLength: 100 })
const Address = Type.String({ format: 'web-address', maxLength: 1_000, description: 'Base URL of the repository' })
const longestTitle = 200
const samples = 10
const refusedShown = 50
const unmappedShown = 200

const lineOf = (
  { name, title, address, settings, isPaused, dueAt, lastAt, run, problem }: Harvested,
  refused: number,
): HarvestLine => ({
  name,
  title,
  address,
  settings,
  isPaused,
  dueAt,
  lastAt,
  progress: run && {
    startedAt: run.startedAt,
    pages: run.pages,
    counts: run.counts,
    ...(run.size !== undefined && { size: run.size }),
    ...(run.notBefore !== undefined && { notBefore: run.notBefore }),
  },
  problem,
  refused,
})

export const listHarvests = operation({
  name: 'harvest.list',
  summary: 'List the sources that are harvested, with their states',
  http: 'GET /harvest',
  input: Type.Object({}, closed),
  output: Type.Object({ sources: Type.Array(HarvestLine) }),
  allow,
  run: async ({ db }) => {
    const refused = await harvests(db).countRefused()
    return { sources: (await harvests(db).all()).map((one) => lineOf(one, refused.get(one.name) ?? 0)) }
  },
})

export const readHarvest = operation({
  name: 'harvest.read',
  summary:
    'Read a source that is harvested: its state, records that wait because they were refused, values that were not mapped',
  http: 'GET /harvest/:name',
  input: Type.Object(
    {
      name: Name,
      after: Type.String({ maxLength: 2_000, default: '', description: 'Refused records after this identifier' }),
    },
    closed,
  ),
  output: Type.Object({
    source: HarvestLine,
    refused: Type.Array(RefusedLine),
    next: Type.Union([Type.String(), Type.Null()]),
    unmapped: Type.Array(UnmappedLine),
  }),
  allow,
  run: async (context, { name, after }) => {
    const store = harvests(context.db)
    const found = await findHarvested(context, name)
    const waiting = await store.refusedOf(name, after, refusedShown + 1)
    const shown = waiting.slice(0, refusedShown)
    return {
      source: lineOf(found, (await store.countRefused()).get(name) ?? 0),
      refused: shown.map(({ source: _, ...one }) => one),
      next: waiting.length > shown.length ? shown.at(-1)!.identifier : null,
      unmapped: await store.unmappedOf(name, unmappedShown),
    }
  },
})

const Looked = Type.Object({
  repository: Type.String({ description: 'How it calls itself' }),
  granularity: Type.Enum(['day', 'second']),
  formats: Type.Array(Type.String(), { description: 'All that it offers' }),
  readable: Type.Array(Type.String(), { description: 'Those of them that are read here' }),
  size: Type.Optional(Type.Integer()),
  samples: Type.Array(
    Type.Object({ identifier: Type.String(), title: Type.String(), url: Type.Optional(Type.String()) }),
  ),
  refused: Type.Array(
    Type.Object({ identifier: Type.String(), code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) }),
  ),
  unmapped: Type.Array(UnmappedLine),
})
export type Looked = Static<typeof Looked>

const settingsGiven = Type.Partial(Settings, closed)
const settingsOf = (given: Partial<Settings>): Settings => {
  const { prefix = 'oai_dc', set = '', language = 'en', licence = '', everyHours = 24 } = given
  const code = licence && (codeNamed('licences', licence) ?? licenceNamed(licence))
  if (licence && !code) throw violation('licence', 'unknownName', { text: licence })
  return { prefix, set: set.trim(), language, licence: code || '', everyHours }
}

/** `?` and what is after it belongs to requests. */
function baseOf(address: string): string {
  const url = new URL(address.trim())
  for (const name of ['verb', 'metadataPrefix', 'set', 'from', 'until', 'resumptionToken', 'identifier'])
    url.searchParams.delete(name)
  url.hash = ''
  return url.href
}

async function ask(client: Client, url: string): Promise<string> {
  const outcome = await client.ask(url)
  if ('laterMs' in outcome) throw new Problem('fetchFailed', { url, reason: 'HTTP 503' })
  if ('unchanged' in outcome) throw new Problem('fetchFailed', { url, reason: 'HTTP 304' })
  return decodeXml(outcome.answered.bytes, outcome.answered.contentType).text
}

/** What a repository says of itself, and what would become of its first records. @throws Problem */
async function look(client: Client, address: string, settings: Settings): Promise<Looked> {
  const at = (verb: string) => {
    const url = new URL(address)
    url.searchParams.set('verb', verb)
    return url.href
  }
  const identity = readIdentify(await ask(client, at('Identify')))
  if (!identity) throw new Problem('sourceRefused', { code: '?', message: 'Identify' })
  const formats = readFormats(await ask(client, at('ListMetadataFormats')))
  const readable = formats.filter((one) => (formatsRead as readonly string[]).includes(one))
  const page = readPage(await ask(client, addressOfPage({ address, settings }, {})))
  const [error] = page.errors
  if (error && error.code !== 'noRecordsMatch')
    throw new Problem('sourceRefused', { code: error.code || '?', message: error.message })
  const { rows, unmapped } = rowsOf(page.records, { settings, mapping: {} })
  return {
    repository: identity.name,
    granularity: identity.granularity,
    formats,
    readable,
    ...(page.completeListSize && { size: page.completeListSize }),
    samples: rows.slice(0, samples).flatMap(({ identifier, body, url }) => {
      const title = Object.values((body as { title?: Record<string, string> } | undefined)?.title ?? {})[0]
      return title ? [{ identifier, title, ...(url && { url }) }] : []
    }),
    refused: rows.flatMap(({ identifier, refused }) => (refused ? [{ identifier, ...refused }] : [])).slice(0, samples),
    unmapped: unmapped.toSorted((a, b) => b.count - a.count).slice(0, samples * 2),
  }
}

export const checkHarvest = preparedOperation({
  name: 'harvest.check',
  summary:
    'Look at a repository before it is added: what it says of itself, and what would become of its first records',
  http: 'POST /harvest/check',
  input: Type.Object({ address: Address, settings: Type.Optional(settingsGiven) }, closed),
  output: Looked,
  allow,
  prepare: ({ services, ...environment }, { address, settings = {} }) =>
    look(clientOf(environment, contactOf(services), 0), baseOf(address), settingsOf(settings)),
  run: async (_context, _input, looked) => looked,
})

export const addHarvest = preparedOperation({
  name: 'harvest.add',
  summary: 'Add a repository that is harvested by OAI-PMH, after looking at it',
  http: 'POST /harvest',
  input: Type.Object(
    {
      address: Address,
      title: Type.Optional(Type.String({ maxLength: longestTitle })),
      settings: Type.Optional(settingsGiven),
    },
    closed,
  ),
  output: HarvestLine,
  allow,
  prepare: ({ services, ...environment }, { address, settings = {} }) =>
    look(clientOf(environment, contactOf(services), 0), baseOf(address), settingsOf(settings)),
  run: async (context, { address, title, settings = {} }, looked) => {
    const base = baseOf(address)
    const all = await harvests(context.db).all()
    const chosen = settingsOf(settings)
    const same = all.find((one) => one.address === base && one.settings.set === chosen.set)
    if (same) throw violation('address', 'harvestedAlready', { title: same.title })
    const taken = (name: string) => context.services.sources.has(name) || all.some((one) => one.name === name)
    const root = `oai-${slug(new URL(base).hostname)}`.slice(0, 80)
    let name = root
    for (let n = 2; taken(name); n++) name = `${root}-${n}`
    const now = context.now().toISOString()
    const source: Harvested = {
      name,
      title: (title?.trim() || looked.repository || name).slice(0, longestTitle),
      address: base,
      settings: chosen,
      mapping: {},
      isPaused: false,
      dueAt: chosen.everyHours === 0 ? never : now,
      run: null,
      step: 0,
      beatAt: now,
      nextFrom: null,
      problem: null,
      lastAt: null,
    }
    await harvests(context.db).add(source)
    await findHarvested(context, name)
    return lineOf(source, 0)
  },
})

export const runHarvest = operation({
  name: 'harvest.run',
  summary: 'Begin a run of a source now; it asks for what changed, or with `all` for everything',
  http: 'POST /harvest/:name/run',
  input: Type.Object(
    { name: Name, all: Type.Boolean({ default: false, description: 'Everything, not only what changed' }) },
    closed,
  ),
  output: HarvestLine,
  allow: (actor) => actor.kind === 'system' || allow(actor),
  run: async (context, { name, all }) => {
    const source = await findHarvested(context, name)
    if (source.run) return lineOf(source, 0)
    const at = context.now().toISOString()
    const from = all ? null : source.nextFrom
    const run = {
      startedAt: at,
      fromSeq: await journalHead(context.db),
      ...(from !== null && { from }),
      granularity: (from?.length === 10 ? 'day' : 'second') as 'day' | 'second',
      pages: 0,
      counts: { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0, withdrawn: 0 },
      tokens: [],
      tries: 0,
      restarts: 0,
    }
    const changes = { run, step: source.step + 1, beatAt: at, problem: null }
    if (all || from === null) await harvests(context.db).clearUnmapped(name)
    await harvests(context.db).change(name, changes)
    return lineOf({ ...source, ...changes }, 0)
  },
})

export const changeHarvest = operation({
  name: 'harvest.change',
  summary: 'Change the title and settings of a source that is harvested, pause it or let it go on',
  http: 'PUT /harvest/:name',
  input: Type.Object(
    {
      name: Name,
      title: Type.Optional(Type.String({ minLength: 1, maxLength: longestTitle })),
      settings: Type.Optional(settingsGiven),
      isPaused: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  output: HarvestLine,
  allow,
  run: async (context, { name, title, settings, isPaused }) => {
    const source = await findHarvested(context, name)
    const chosen = settings ? settingsOf({ ...source.settings, ...settings }) : source.settings
    const isOtherList = chosen.prefix !== source.settings.prefix || chosen.set !== source.settings.set
    const isOtherRhythm = chosen.everyHours !== source.settings.everyHours
    const changes: Partial<Harvested> = {
      title: title?.trim() || source.title,
      settings: chosen,
      isPaused: isPaused ?? source.isPaused,
      // Another list was never asked for whole.
      ...(isOtherList && { nextFrom: null }),
      ...(isOtherRhythm && { dueAt: chosen.everyHours === 0 ? never : context.now().toISOString() }),
    }
    await harvests(context.db).change(name, changes)
    await findHarvested(context, name)
    return lineOf({ ...source, ...changes }, (await harvests(context.db).countRefused()).get(name) ?? 0)
  },
})

export const removeHarvest = operation({
  name: 'harvest.remove',
  summary: 'Stop harvesting a source; its records stay',
  http: 'DELETE /harvest/:name',
  input: Type.Object({ name: Name }, closed),
  output: Done,
  allow,
  run: async (context, { name }) => {
    await findHarvested(context, name)
    await harvests(context.db).remove(name)
    return done
  },
})
