/** Addresses for programs: the API and its description, health, sitemap, robots. */
import { languages } from '#kernel/i18n/languages.ts'
import type { AnyOperation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { openApi } from '#kernel/reference/openapi.ts'
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import type { Readiness } from './readiness.ts'
import { areaNames } from '#ui/layout.ts'
import { apiPage, operationGroupPage, operationPage } from './pages/reference.ts'
import type { PageContext } from '#ui/page-context.ts'

export type Machine = {
  operations: readonly AnyOperation[]
  version: string
  /** The highest number of a record so far, and the published ones of a stretch of numbers. */
  lastNumber: () => Promise<number>
  addresses: (after: number, upTo: number) => Promise<{ id: string; changedHere: string | undefined }[]>
  /** When each stretch of so many numbers last changed. */
  changesByStretch: (size: number) => Promise<Map<number, string>>
  readiness: () => Promise<Readiness>
}

const plain = (type: string, body: string, headers: Record<string, string> = {}): HttpResponse => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...headers },
  body,
  keep: true,
})
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** A sitemap file holds at most 50,000 addresses (sitemaps.org protocol). */
const addressesInSitemap = 10_000

export function mountMachine(
  web: Web,
  { view }: PageContext,
  { operations, version, lastNumber, addresses, changesByStretch, readiness }: Machine,
) {
  const now = { keep: false, headers: { 'cache-control': 'no-store' } }
  web.route('GET', '/health', async () => json({ alive: true, version }, now))
  web.route('GET', '/ready', async () => {
    const state = await readiness()
    return json(state, { ...now, status: state.ready ? 200 : 503 })
  })

  web.route('GET', '/api', (request) => apiPage(view(request), operations))
  web.route('GET', '/api/openapi.json', (request) =>
    json(openApi(operations, { title: view(request).site.name, version, server: request.base })),
  )
  web.route('GET', '/api/reference/:name', (request, { name }) => {
    const op = operations.find((one) => one.name === name)
    if (op) return operationPage(view(request), op)
    if (!operations.some((one) => one.name.startsWith(`${name}.`))) throw noSuch('operation', name ?? '')
    return operationGroupPage(view(request), name!, operations)
  })

  web.route('GET', '/robots.txt', ({ base }) =>
    plain(
      'text/plain',
      `User-agent: *\nDisallow: /search\nDisallow: /*/search\nAllow: /\n\nSitemap: ${base}/sitemap.xml\n`,
    ),
  )

  const addressesOf = (part: number) => addresses((part - 1) * addressesInSitemap, part * addressesInSitemap)
  web.route('GET', '/sitemap.xml', async ({ base }) => {
    const parts = Math.max(1, Math.ceil((await lastNumber()) / addressesInSitemap))
    const changes = await changesByStretch(addressesInSitemap)
    // What the pages that gather show changes with the newest record.
    const newest = [...changes.values()].sort().at(-1)
    const entries = [
      { name: 'pages', changedAt: newest },
      ...Array.from({ length: parts }, (_, i) => ({ name: String(i + 1), changedAt: changes.get(i) })),
    ].map(
      ({ name, changedAt }) =>
        `<sitemap><loc>${xml(base)}/sitemaps/${name}.xml</loc>${changedAt ? `<lastmod>${changedAt}</lastmod>` : ''}</sitemap>`,
    )
    return plain(
      'application/xml',
      `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</sitemapindex>\n`,
    )
  })
  web.route('GET', '/sitemaps/:name', async ({ base }, { name = '' }) => {
    const part = Number(/^(\d{1,5})\.xml$/.exec(name)?.[1] ?? 0)
    if (name === 'pages.xml') {
      const pages = [
        '',
        '/areas',
        '/countries',
        '/languages',
        '/subjects',
        '/map',
        '/evidence-map',
        '/fit',
        '/about',
        '/credits',
        '/help',
        '/api',
        ...areaNames.map((area) => `/${area}`),
      ]
      return plain(
        'application/xml',
        urlset(
          pages.flatMap((path) => languages.map((language) => ({ path: `/${language}${path}` }))),
          base,
        ),
      )
    }
    if (part < 1 || (part - 1) * addressesInSitemap >= Math.max(1, await lastNumber()))
      throw noSuch('file', name.slice(0, 100))
    return plain(
      'application/xml',
      urlset(
        (await addressesOf(part)).map(({ id, changedHere }) => ({ path: `/records/${id}`, changedAt: changedHere })),
        base,
      ),
    )
  })
}

const urlset = (entries: readonly { path: string; changedAt?: string | undefined }[], base: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.map(({ path, changedAt }) => `<url><loc>${xml(base + path)}</loc>${changedAt ? `<lastmod>${changedAt.slice(0, 10)}</lastmod>` : ''}</url>`).join('\n')}\n</urlset>\n`
