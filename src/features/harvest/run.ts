/** A run of a source: page after page, each kept before the next is asked for, so that it goes on where it stopped. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Services } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { decodeXml } from '#codecs/xml/decode-xml.ts'
import { readPage, type ReadPage } from '#codecs/oai-pmh/read-response.ts'
import { spanOf } from '#codecs/oai-pmh/arguments.ts'
import { answeredIn, clientOf, type Client } from './client.ts'
import { folderFor } from './folder.ts'
import { harvester, keepPage, type RowOfPage } from './keep.ts'
import { cutItem, rowsOf } from './rows.ts'
import type { Run } from './shapes.ts'
import { harvests, type Harvested } from './store.ts'
import { finish, mostPages, putOff, runOf, usualPauseMs, type Harvester, type Step } from './running.ts'
import { walk } from './walk.ts'

const mostTries = 3
const mostRestarts = 2
const tokensRemembered = 200
/** A shorter wait is waited for; over a longer one the run is left until then. */
const shortWaitMs = 5_000
/** Empty pages that lead on, one after another. */
const mostEmpty = 20

export const contactOf = ({ site, appearance }: Services): string => {
  const email = appearance.current()?.body.contactEmail
  return email ? `${site.address}; mailto:${email}` : site.address
}

/** Goes on with the run of a source until it ends, is told to wait, or another process has taken it over. */
export async function goOnHarvesting(app: Harvester, name: string): Promise<void> {
  const address = (await harvests(app.db).find(name))?.address ?? ''
  const client = clientOf(app.environment, contactOf(app.services), app.pauseMs ?? usualPauseMs, {
    folder: folderFor(app.services, address),
  })
  for (let empty = 0; ;) {
    const source = await harvests(app.db).find(name)
    if (!source?.run) return
    const leftMs = Date.parse(source.run.notBefore ?? '') - app.environment.now().getTime()
    if (leftMs > shortWaitMs) return
    if (leftMs > 0) await wait(leftMs)
    try {
      const found = await (source.settings.input === 'oai-pmh' ? step : walk)(app, client, source, source.run)
      if (found === 'ended') return
      empty = found === 'empty' ? empty + 1 : 0
      if (empty > mostEmpty) throw new Problem('endlessList', { reason: 'empty pages' })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'conflict') return
      // Some of what came may have been kept before it failed.
      const kept = await harvests(app.db).find(name)
      if (!kept?.run || runOf(kept.run) !== runOf(source.run)) return
      if (await tryAgain(app, kept, kept.run, error)) continue
      await finish(app, kept, { code: error.code, values: error.values })
      return
    }
  }
}

const passing = new Set<string>(['fetchFailed', 'malformedXml'])

/** A server that fails once is asked again; what is hostile or forbidden is not. */
async function tryAgain(app: Harvester, { name, step: at }: Harvested, run: Run, { code }: Problem): Promise<boolean> {
  if (!passing.has(code) || run.tries + 1 >= mostTries) return false
  const notBefore = new Date(
    app.environment.now().getTime() + (app.pauseMs ?? usualPauseMs) * 4 ** run.tries,
  ).toISOString()
  await app.perform(keepPage, harvester(name), {
    name,
    step: at,
    rows: [],
    unmapped: [],
    next: { tries: run.tries + 1, notBefore },
  })
  return true
}

export function addressOfPage(
  { address, settings }: Pick<Harvested, 'address' | 'settings'>,
  run: Pick<Run, 'token' | 'from'>,
): string {
  const url = new URL(address)
  url.searchParams.set('verb', 'ListRecords')
  if (run.token !== undefined) url.searchParams.set('resumptionToken', run.token)
  else {
    url.searchParams.set('metadataPrefix', settings.prefix)
    if (settings.set) url.searchParams.set('set', settings.set)
    if (run.from) url.searchParams.set('from', run.from)
  }
  return url.href
}

async function step(app: Harvester, client: Client, source: Harvested, run: Run): Promise<Step> {
  const { name, step: at } = source
  const keep = (
    next: Partial<Record<keyof Run, unknown>>,
    rows: RowOfPage[] = [],
    unmapped: ReturnType<typeof rowsOf>['unmapped'] = [],
  ) => app.perform(keepPage, harvester(name), { name, step: at, rows, unmapped, next })
  const outcome = await client.ask(addressOfPage(source, run))
  if ('laterMs' in outcome) {
    await keep(putOff(app, run, source.address, outcome.laterMs))
    return 'found'
  }
  const { bytes, contentType } = answeredIn(outcome, source.address)
  const { text } = decodeXml(bytes, contentType)
  const page = readPage(text)
  const [error] = page.errors
  if (error && page.records.length === 0)
    return afterError(app, source, run, { ...error, responseDate: page.responseDate }, keep)
  const { rows, unmapped } = rowsOf(page.records.map(cutItem), source)
  // What came whole is kept, and the rest asked for again.
  if (page.isCut && page.token === undefined) {
    if (run.tries + 1 < mostTries) {
      await keep({ tries: run.tries + 1 }, rows)
      return 'found'
    }
    await keep({}, rows, unmapped)
    await finish(app, { ...source, step: at + 1 }, { code: 'brokenPage', values: { records: rows.length } })
    return 'ended'
  }
  const next = nextOf(page, run, app.environment.now())
  await keep(next, rows, unmapped)
  if (page.token !== undefined) return rows.length > 0 ? 'found' : 'empty'
  const [read, size] = [run.counts.read + rows.length, page.completeListSize ?? run.size ?? 0]
  // Some servers forget the token; what is only estimated may be a little too large.
  const isEarly = read < size * 0.9
  await finish(
    app,
    { ...source, step: at + 1 },
    isEarly ? { code: 'listEndsEarly', values: { read, size } } : undefined,
  )
  return 'ended'
}

/** @throws Problem endlessList where the chain of tokens has no end */
function nextOf(page: ReadPage, run: Run, now: Date): Partial<Record<keyof Run, unknown>> {
  const digest = page.token && createHash('sha256').update(page.token).digest('base64url').slice(0, 16)
  if (digest && run.tokens.includes(digest)) throw new Problem('endlessList', { reason: 'repeated token' })
  if (run.pages >= mostPages) throw new Problem('endlessList', { reason: `${mostPages} pages` })
  const size = page.completeListSize ?? run.size
  if (size !== undefined && run.counts.read > size * 2 + 10_000)
    throw new Problem('endlessList', { reason: `more than twice ${size}` })
  return {
    pages: run.pages + 1,
    tries: 0,
    notBefore: null,
    token: page.token ?? null,
    tokens: digest ? [...run.tokens, digest].slice(-tokensRemembered) : run.tokens,
    ...(size !== undefined && { size }),
    firstDate: run.firstDate ?? dateToAskFrom(page.responseDate, run.granularity, now),
  }
}

const overlapMs = { day: 24 * 60 * 60_000, second: 10 * 60_000 }
const dayMs = 24 * 60 * 60_000

/**
 * From when the next run asks: the date of the first answer by the clock of the source, and a little before, as some servers stamp
 * records before they show them. Where the clock of the source is off by more than a day, ours counts.
 */
export function dateToAskFrom(responseDate: string | undefined, granularity: Run['granularity'], now: Date): string {
  const said = Date.parse(responseDate ?? '')
  const isLikely = Math.abs(said - now.getTime()) <= dayMs
  const from = new Date((isLikely ? said : now.getTime() - dayMs) - overlapMs[granularity]).toISOString()
  return granularity === 'day' ? from.slice(0, 10) : `${from.slice(0, 19)}Z`
}

async function afterError(
  app: Harvester,
  source: Harvested,
  run: Run,
  { code, message, responseDate }: ReadPage['errors'][number] & { responseDate: string | undefined },
  keep: (next: Partial<Record<keyof Run, unknown>>) => Promise<unknown>,
): Promise<Step> {
  if (code === 'noRecordsMatch') {
    if (run.firstDate === undefined)
      await keep({ firstDate: dateToAskFrom(responseDate, run.granularity, app.environment.now()) })
    await finish(app, run.firstDate === undefined ? { ...source, step: source.step + 1 } : source)
    return 'ended'
  }
  if (code === 'badResumptionToken' && run.token !== undefined && run.restarts < mostRestarts) {
    // The token has expired: what was kept is known again, so beginning anew costs time alone.
    await keep({ token: null, tokens: [], restarts: run.restarts + 1 })
    return 'found'
  }
  if (code === 'badArgument' && run.from !== undefined && run.granularity === 'second' && spanOf(run.from)) {
    await keep({ from: run.from.slice(0, 10), granularity: 'day' })
    return 'found'
  }
  throw new Problem('sourceRefused', { code: code || '?', message })
}
