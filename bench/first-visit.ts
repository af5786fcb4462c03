/** What a first visit costs: bytes as a browser counts them, and time over a thin line. */
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'
import type { StoredRecord } from '#records/record.ts'
import { medianOf, number, spreadOf, verdictOf, type Options, type Row } from './measure.ts'
import { realNode, recordsIn } from './real-node.ts'
import { capture, closeConnections, startBare, startNode } from './serving.ts'

/** The line: 50 kbit/s each way, a second there and back. */
const bytesPerSecond = 50_000 / 8
const roundTripMs = 1_000
const mostHtml = 14_000
const mostTotal = 30_000
const mostSeconds = 10
const atOnce = 6
const visitMs = 120_000
const languages = [
  ['', 'English'],
  ['/ar', 'Arabic'],
] as const
const browserPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const yardstickVisits = 5

/** Run in the page, whose types this program does not know. */
const loadedAt = "performance.getEntriesByType('navigation')[0].loadEventStart"

type Page = { name: string; path: string }
type Visit = { html: number; total: number; script: number; requests: number; seconds: number; encoding: string }
type Visited = Page & { language: string; visit: Visit }

export async function firstVisit(options: Options): Promise<Row[]> {
  const dataDir = await realNode(options)
  const file = join(tmpdir(), `qingdao-bench-plain-${process.pid}.json`)
  const plain = {
    status: 200,
    headers: { 'content-type': 'text/html', 'content-length': String(mostHtml) },
    body: Buffer.alloc(mostHtml, '<p>line').toString('base64'),
  }
  await writeFile(file, JSON.stringify({ '/': plain }))
  const app = await startNode(dataDir)
  const bare = await startBare(file)
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const pages = await pagesOf(app.port, await recordsIn(dataDir), options.quick)
    const wanted = languages.flatMap(([prefix, language]) =>
      pages.map((page) => ({ ...page, language, path: `${prefix}${page.path}` })),
    )
    const visits: Visited[] = []
    const yards: Visit[] = []
    const tasks = wanted.map((page) => async () => {
      visits.push({ ...page, visit: await visitOf(browser, app.port, page.path) })
    })
    const spread = Math.ceil(tasks.length / yardstickVisits)
    for (let at = 0; at < yardstickVisits; at++)
      tasks.splice(at * (spread + 1), 0, async () => void yards.push(await visitOf(browser, bare.port, '/')))
    await together(tasks)
    visits.sort((a, b) => b.visit.total - a.visit.total)
    options.say(
      `the line itself: ${mostHtml} bytes of HTML and nothing else in ${number(medianOf(yards.map(({ seconds }) => seconds)))} s`,
    )
    for (const one of visits) options.say(`${`${one.name}, ${one.language}`.padEnd(32)} ${told(one.visit)}`)
    return rowsOf(visits, yards)
  } finally {
    closeConnections()
    await browser.close()
    await app.stop()
    await bare.stop()
    await rm(file, { force: true })
  }
}

const told = ({ html, total, script, requests, seconds, encoding }: Visit) =>
  `HTML ${String(html).padStart(6)}, all ${String(total).padStart(6)} bytes in ${requests} requests (script ${script}), usable after ${number(seconds)} s, ${encoding}`

async function pagesOf(port: number, records: readonly StoredRecord[], quick: boolean): Promise<Page[]> {
  const { body } = await capture(port, '/api/search?limit=1&facets=country&facets=language&facets=subject')
  const { facets } = JSON.parse(brotliDecompressSync(body).toString()) as {
    facets: Record<string, { value: string }[]>
  }
  const common = (facet: string) => encodeURIComponent(facets[facet]?.[0]?.value ?? '')
  const fixed: Page[] = [
    { name: 'home', path: '/' },
    { name: 'search with results', path: '/search?q=learning' },
    { name: 'search without words', path: '/search' },
    { name: 'search, nothing found', path: '/search?q=qxzvwq' },
    { name: 'area', path: '/open' },
    { name: 'areas', path: '/areas' },
    { name: 'country', path: `/countries/${common('country')}` },
    { name: 'countries', path: '/countries' },
    { name: 'language', path: `/languages/${common('language')}` },
    { name: 'languages', path: '/languages' },
    { name: 'subject', path: `/subjects/${common('subject')}` },
    { name: 'subjects', path: '/subjects' },
    { name: 'map', path: '/map' },
    { name: 'about', path: '/about' },
    { name: 'help', path: '/help' },
    { name: 'accessibility', path: '/accessibility' },
    { name: 'credits', path: '/credits' },
    { name: 'api', path: '/api' },
    { name: 'dump', path: '/dump' },
    { name: 'problem', path: '/nowhere' },
  ]
  const models = usualRecords(records)
  const history: Page = { name: 'history', path: `/records/${models[0]!.id}/history` }
  const all = [
    ...fixed,
    history,
    ...models.map(({ kind, id }) => ({ name: `record: ${kind}`, path: `/records/${id}` })),
  ]
  return quick ? all.filter((_, at) => at % 4 === 0) : all
}

/** The record of each kind whose text has the median length. */
function usualRecords(records: readonly StoredRecord[]): StoredRecord[] {
  return [...Map.groupBy(records, ({ kind }) => kind).values()].map((some) => {
    const sorted = some
      .map((record) => ({ record, length: JSON.stringify(record.body).length }))
      .sort((a, b) => a.length - b.length)
    return sorted[sorted.length >> 1]!.record
  })
}

async function together(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let task = tasks[next++]; task; task = tasks[next++]) await task()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** In a browser context of its own, so that nothing is remembered. */
async function visitOf(browser: Browser, port: number, path: string): Promise<Visit> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const wire = await context.newCDPSession(page)
    const types = new Map<string, string>()
    const open = new Set<string>()
    const visit: Visit = { html: 0, total: 0, script: 0, requests: 0, seconds: 0, encoding: 'plain' }
    wire.on('Network.requestWillBeSent', ({ requestId, type, request }) => {
      if (request.url.startsWith('data:')) return
      types.set(requestId, type ?? 'Other')
      open.add(requestId)
    })
    wire.on('Network.responseReceived', ({ type, response: { headers } }) => {
      const encoding = headers['content-encoding'] ?? headers['Content-Encoding']
      if (type === 'Document' && encoding) visit.encoding = encoding
    })
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!open.delete(requestId)) return
      visit.requests++
      visit.total += encodedDataLength
      if (types.get(requestId) === 'Document') visit.html += encodedDataLength
      if (types.get(requestId) === 'Script') visit.script += encodedDataLength
    })
    wire.on('Network.loadingFailed', ({ requestId }) => open.delete(requestId))
    await wire.send('Network.enable')
    await wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: roundTripMs,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    })
    await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'load', timeout: visitMs })
    visit.seconds = (await page.evaluate<number>(loadedAt)) / 1000
    // Things asked for late belong to the visit too.
    for (const until = Date.now() + visitMs; Date.now() < until;) {
      await page.waitForTimeout(300)
      if (open.size === 0) break
    }
    return visit
  } finally {
    await context.close()
  }
}

function rowsOf(visits: readonly Visited[], yards: readonly Visit[]): Row[] {
  const yard = medianOf(yards.map(({ seconds }) => seconds))
  const rowOf = (what: string, value: (visit: Visit) => number, most: number, unit: string): Row => {
    const worst = visits.reduce((a, b) => (value(b.visit) > value(a.visit) ? b : a))
    const over = visits.filter(({ visit }) => value(visit) > most)
    const spread = spreadOf(visits.map(({ visit }) => value(visit)))
    const shown = unit === 's' ? number : (bytes: number) => Math.round(bytes).toLocaleString('en')
    return {
      question: 'first-visit',
      what: `${what}, ${visits.length} pages`,
      ours: `${shown(spread.median)} ${unit} (${shown(spread.least)}–${shown(spread.most)}: ${worst.name}, ${worst.language})`,
      yardstick: unit === 's' ? `14 kB of HTML alone ${number(yard)} s` : '',
      ratio:
        unit === 's'
          ? `${(spread.median / yard).toFixed(2)} (${(spread.least / yard).toFixed(2)}–${(spread.most / yard).toFixed(2)})`
          : `${over.length} of ${visits.length} over`,
      aim: `≤ ${shown(most)} ${unit}`,
      verdict: verdictOf(over.length === 0),
    }
  }
  return [
    rowOf('HTML of a first visit', ({ html }) => html, mostHtml, 'bytes'),
    rowOf('all of a first visit', ({ total }) => total, mostTotal, 'bytes'),
    rowOf('usable at 50 kbit/s and 1 s', ({ seconds }) => seconds, mostSeconds, 's'),
  ]
}
