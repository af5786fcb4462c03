/**
 * A run of a source of documents: each is asked for once, where it may have changed, and what it lists waits in turn; afterwards what
 * no document gives any more is withdrawn.
 */
import { Problem } from '#kernel/problem.ts'
import { chunks } from '#records/store.ts'
import { mostAbsent } from '#records/sources/withdraw-absent.ts'
import type { Client } from './client.ts'
import { harvestDocuments, type ListedDocument, type ReadOf } from './documents.ts'
import { documentAnswered, recognised } from './inputs/inputs.ts'
import type { Found } from './inputs/input.ts'
import { harvester, keepPage, type RowOfPage } from './keep.ts'
import { rowsOf, statedItem } from './rows.ts'
import { finish, mostPages, putOff, runOf, type Harvester, type Step } from './running.ts'
import type { Run } from './shapes.ts'
import type { Harvested } from './store.ts'
import type { DocumentRow } from './tables.ts'

const atOnce = 500
/** The first document, sitemaps that it lists, and pages that these list. */
const deepest = 2
const mostListed = 500_000
/** Documents that fail one after another: the server is not well. */
const mostFailing = 10
/** What a document may be guilty of without ending the run. */
const ofOneDocument = new Set<string>([
  'fetchFailed',
  'addressRefused',
  'robotsRefuse',
  'sourceUnrecognised',
  'malformedXml',
  'malformedJson',
  'doctypeRefused',
  'tooLarge',
  'tooDeep',
  'invalid',
])

type Kept = {
  rows?: RowOfPage[]
  unmapped?: ReturnType<typeof rowsOf>['unmapped']
  next?: Partial<Record<keyof Run, unknown>>
  listed?: ListedDocument[]
  from?: string
  read?: ReadOf
  forgetOthers?: boolean
}

/** Each part is kept before the next is looked at; how many parts have been kept since the run was read is counted here. */
function keeper(app: Harvester, { name, step }: Harvested) {
  let at = step
  return {
    keep: async ({ rows = [], unmapped = [], next = {}, ...walked }: Kept) => {
      await app.perform(keepPage, harvester(name), { name, step: at, rows, unmapped, next, walked })
      at++
    },
    at: () => at,
  }
}
type Keeper = ReturnType<typeof keeper>

export async function walk(app: Harvester, client: Client, source: Harvested, run: Run): Promise<Step> {
  const kept = keeper(app, source)
  const documents = harvestDocuments(app.db, source.name)
  const first = await documents.find(source.address)
  if (first?.runAt !== runOf(run))
    await kept.keep({ listed: [{ address: source.address, parent: '', depth: 0 }], next: { listed: 1, reads: 0 } })
  const document = await documents.next(runOf(run))
  if (!document) return afterAll(app, source, run, kept)
  try {
    return await readDocument(app, client, source, run, document, kept)
  } catch (error) {
    const isFirst = document.depth === 0 && document.parent === ''
    if (!(error instanceof Problem) || isFirst || !ofOneDocument.has(error.code)) throw error
    const failing = run.tries + 1
    if (failing > mostFailing) throw error
    await kept.keep({
      rows: [
        {
          identifier: document.address,
          bytes: '',
          refused: { code: 'documentUnread', values: { problem: error.code } },
        },
      ],
      read: { address: document.address, outcome: 'failed', isList: document.isList === 1 },
      next: { tries: failing, pages: run.pages + 1 },
    })
    return 'found'
  }
}

async function readDocument(
  app: Harvester,
  client: Client,
  source: Harvested,
  run: Run,
  document: DocumentRow,
  kept: Keeper,
): Promise<Step> {
  const { address, depth } = document
  const isFirst = depth === 0 && document.parent === ''
  if (run.pages >= mostPages) throw new Problem('endlessList', { reason: `${mostPages} documents` })
  const outcome = await client.ask(address, run.from === undefined ? {} : document)
  if ('laterMs' in outcome) {
    await kept.keep({ next: putOff(app, run, address, outcome.laterMs) })
    return 'found'
  }
  const counted = { pages: run.pages + 1, tries: 0, notBefore: null }
  const isList = document.isList === 1
  if ('unchanged' in outcome) {
    await kept.keep({ read: { address, outcome: 'unchanged', isList }, next: counted })
    return 'found'
  }
  if ('gone' in outcome) {
    if (isFirst) throw new Problem('fetchFailed', { url: address, reason: `HTTP ${outcome.gone}` })
    await kept.keep({
      read: { address, outcome: 'gone', isList: false },
      next: { ...counted, reads: (run.reads ?? 0) + 1 },
    })
    return 'found'
  }
  const { etag, modified } = outcome.answered
  const answered = documentAnswered(address, outcome.answered)
  const found = recognised(answered).read(answered, source.mapping)
  if (found.isList && depth > deepest)
    throw new Problem('endlessList', { reason: `lists within lists at ${address.slice(0, 200)}` })
  await keepItems(source, found, address, kept)
  await keepListed(found, document, run, kept)
  await kept.keep({
    read: { address, outcome: 'read', isList: found.isList, etag, modified },
    next: {
      ...counted,
      reads: (run.reads ?? 0) + 1,
      listed: (run.listed ?? 0) + found.listed.length,
    },
  })
  return 'found'
}

async function keepItems(source: Harvested, { items }: Found, address: string, kept: Keeper): Promise<void> {
  for (const some of chunks(items.map(statedItem), atOnce)) {
    const { rows, unmapped } = rowsOf(some, source)
    await kept.keep({ rows, unmapped, from: address })
  }
}

/** Where a feed goes on is as deep as the feed; what a sitemap lists is deeper. */
async function keepListed(
  { listed, items }: Found,
  { address, depth }: DocumentRow,
  run: Run,
  kept: Keeper,
): Promise<void> {
  if ((run.listed ?? 0) + listed.length > mostListed)
    throw new Problem('endlessList', { reason: `${mostListed} addresses` })
  for (const some of chunks(listed, atOnce))
    await kept.keep({
      listed: some.map((one) => ({ ...one, parent: address, depth: items.length > 0 ? depth : depth + 1 })),
    })
}

/** What is gone from its source is withdrawn, unless it is most of what is there. */
async function afterAll(app: Harvester, source: Harvested, run: Run, kept: Keeper): Promise<Step> {
  const documents = harvestDocuments(app.db, source.name)
  const end = async (problem?: Parameters<typeof finish>[2]): Promise<Step> => {
    await finish(app, { ...source, step: kept.at() }, problem)
    return 'ended'
  }
  if (!run.reads) return end()
  const { held, absent } = await documents.countGone(runOf(run))
  if (absent > held * mostAbsent && !run.acceptLosses) return end({ code: 'mostIsGone', values: { held, absent } })
  for (;;) {
    const gone = await documents.gone(runOf(run), atOnce)
    if (gone.length === 0) break
    await kept.keep({ rows: gone.map((identifier) => ({ identifier, bytes: '', isDeleted: true })) })
  }
  await kept.keep({ forgetOthers: true })
  return end()
}
