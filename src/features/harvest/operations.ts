/** Sources that are harvested: added after a look, run, paused, mapped; and records that they sent and that wait. */
import { Type } from 'typebox'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { violation } from '#kernel/problem.ts'
import { slug } from '#records/sources/row.ts'

import { licenceNamed } from '#records/vocabularies/licence-names.ts'
import { codeNamed } from '#records/vocabularies/names.ts'

import { clientOf } from './client.ts'
import { folderFor } from './folder.ts'
import { columnTerms } from './inputs/table.ts'
import { findHarvested, never } from './keep.ts'
import { look, Looked } from './look.ts'
import { contactOf } from './run.ts'
import { kindHarvested } from './registry.ts'
import { HarvestLine, RefusedLine, Settings, UnmappedLine, type Mapping } from './shapes.ts'
import { harvests, type Harvested } from './store.ts'

const allow = permission('record.publish')
const Name = Type.String({ maxLength: 100 })
const Address = Type.String({
  format: 'harvest-address',
  maxLength: 1_000,
  description:
    'Base URL of a repository, or the address of a sitemap, feed, catalogue, table or citation file; folder:///… for a file below HARVEST_FOLDER',
})
const longestTitle = 200
/** Somebody waits for it, and it asks a few times alone. */
const longestPauseOfLook = 2_000
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

const settingsGiven = Type.Partial(Type.Omit(Settings, ['input']), closed)
const Columns = Type.Optional(
  Type.Record(Type.String({ maxLength: 300 }), Type.Enum(['', ...columnTerms]), {
    description: 'Of a table: what columns mean; empty: nothing. Others mean what they are called',
  }),
)
const settingsOf = (given: Partial<Settings>): Settings => {
  const { prefix = 'oai_dc', set = '', language = 'en', licence = '', everyHours = 24 } = given
  const code = licence && (codeNamed('licences', licence) ?? licenceNamed(licence))
  if (licence && !code) throw violation('licence', 'unknownName', { text: licence })
  return { input: 'oai-pmh', prefix, set: set.trim(), language, licence: code || '', everyHours }
}

const looking = (
  { services, ...environment }: Parameters<Parameters<typeof preparedOperation>[0]['prepare']>[0],
  {
    address,
    settings = {},
    columns = {},
  }: { address: string; settings?: Partial<Settings>; columns?: Mapping['column'] },
) =>
  look(
    clientOf(environment, contactOf(services), 0, {
      mostPauseMs: longestPauseOfLook,
      folder: folderFor(services, address),
    }),
    {
      address,
      settings: settingsOf(settings),
      mapping: { column: columns },
      kind: services.kinds.get(kindHarvested)!,
    },
  )

export const checkHarvest = preparedOperation({
  name: 'harvest.check',
  summary:
    'Look at an address before it is added: what it was recognised to be, what it says of itself, and what would become of its records',
  http: 'POST /harvest/check',
  input: Type.Object({ address: Address, settings: Type.Optional(settingsGiven), columns: Columns }, closed),
  output: Looked,
  allow,
  prepare: looking,
  run: async (_context, _input, looked) => looked,
})

export const addHarvest = preparedOperation({
  name: 'harvest.add',
  summary:
    'Add a source that is harvested, after looking at it: a repository (OAI-PMH), a sitemap, a JSON-LD feed, a data catalogue (DCAT), a table (CSV, JSON Lines) or a citation file (CITATION.cff)',
  http: 'POST /harvest',
  input: Type.Object(
    {
      address: Address,
      title: Type.Optional(Type.String({ maxLength: longestTitle })),
      settings: Type.Optional(settingsGiven),
      columns: Columns,
    },
    closed,
  ),
  output: HarvestLine,
  allow,
  prepare: looking,
  run: async (context, { title, settings = {}, columns = {} }, looked) => {
    const { address: base, input } = looked
    const ever = await harvests(context.db).everyOne()
    const all = ever.filter(({ removedAt }) => removedAt === null)
    const chosen = { ...settingsOf(settings), input }
    const same = all.find((one) => one.address === base && one.settings.set === chosen.set)
    if (same) throw violation('address', 'harvestedAlready', { title: same.title })
    // What it gave before names it so.
    const former = ever.find((one) => one.removedAt && one.address === base && one.settings.set === chosen.set)
    const taken = (name: string) => context.services.sources.has(name) || ever.some((one) => one.name === name)
    const root =
      `${input === 'oai-pmh' ? 'oai' : input}-${slug(new URL(base).hostname || new URL(base).pathname)}`.slice(0, 80)
    let name = former?.name ?? root
    for (let n = 2; !former && taken(name); n++) name = `${root}-${n}`
    const now = context.now().toISOString()
    const source: Harvested = {
      name,
      title: (title?.trim() || looked.repository || name).slice(0, longestTitle),
      address: base,
      settings: chosen,
      mapping: Object.keys(columns).length > 0 ? { column: columns } : {},
      isPaused: false,
      dueAt: chosen.everyHours === 0 ? never : now,
      run: null,
      step: 0,
      beatAt: now,
      nextFrom: null,
      problem: null,
      lastAt: null,
      removedAt: null,
      withdraws: false,
    }
    await (former ? harvests(context.db).change(name, source) : harvests(context.db).add(source))
    await findHarvested(context, name)
    return lineOf(source, 0)
  },
})

export const runHarvest = operation({
  name: 'harvest.run',
  summary: 'Begin a run of a source now; it asks for what changed, or with `all` for everything',
  http: 'POST /harvest/:name/run',
  input: Type.Object(
    {
      name: Name,
      all: Type.Boolean({ default: false, description: 'Everything, not only what changed' }),
      acceptLosses: Type.Boolean({
        default: false,
        description: 'Withdraw what the source no longer has, though it is most of what is here',
      }),
    },
    closed,
  ),
  output: HarvestLine,
  allow: (actor) => actor.kind === 'system' || allow(actor),
  run: async (context, { name, all: isAll, acceptLosses }) => {
    // What is gone is seen only where everything is read.
    const all = isAll || acceptLosses
    const source = await findHarvested(context, name)
    if (source.run) return lineOf(source, 0)
    const at = context.now().toISOString()
    const from = all ? null : source.nextFrom
    const run = {
      startedAt: at,
      id: String(source.step + 1),
      fromSeq: await journalHead(context.db),
      ...(from !== null && { from }),
      granularity: (from?.length === 10 ? 'day' : 'second') as 'day' | 'second',
      pages: 0,
      counts: { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0, withdrawn: 0 },
      tokens: [],
      tries: 0,
      restarts: 0,
      ...(acceptLosses && { acceptLosses }),
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
  changesPages: true,
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
    const chosen = settings
      ? { ...settingsOf({ ...source.settings, ...settings }), input: source.settings.input }
      : source.settings
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
