/** The public change log, the versions of a record, and what differs between two versions of a record. */
import type { Web } from '#kernel/http/server.ts'
import { difference } from './difference.ts'
import { changes as changesOperation, type Change } from './list.ts'
import { toAtom } from '#features/export/atom.ts'
import { changesPage, differencePage } from './pages/changes.ts'
import { mergedHere } from '#features/duplicates/merge.ts'
import { historyPage } from './pages/history.ts'
import { readRecord } from '#ui/read-record.ts'
import { history } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountChanges(web: Web, { ask, view: viewFor, kinds, nameOf }: PageContext) {
  const namesBy = async (all: readonly string[]) =>
    new Map(await Promise.all([...new Set(all)].map(async (by) => [by, await nameOf(by)] as const)))
  const list = ({ query }: HttpRequest, limit: number) => {
    const before = query.get('before')
    return ask(changesOperation, {
      ...(before && { before }),
      imports: String(query.get('imports') === 'true'),
      limit,
    })
  }

  web.route('GET', '/changes', async (request) => {
    const { changes, next } = await list(request, 50)
    const names = await namesBy(changes.map(({ by }) => by))
    return changesPage(viewFor(request), {
      changes: changes.map((one) => ({ ...one, byName: names.get(one.by)! })),
      next,
      imports: request.query.get('imports') === 'true',
    })
  })

  web.route('GET', '/changes.atom', async (request) => {
    const view = viewFor(request)
    const { changes, next } = await list(request, 100)
    const here = (more = '') => `${view.absolute(view.href('/changes.atom'))}${more}`
    return {
      status: 200,
      headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'no-cache', ...openToAll },
      body: toAtom({
        title: `${view.site.name}: ${view.t('changes.title')}`,
        language: view.language,
        author: view.site.name,
        self: here(),
        page: view.absolute(view.href('/changes')),
        next: next === null ? undefined : here(`?before=${next}`),
        emptySince: new Date(0).toISOString(),
        records: changes.map(asRecord),
        addressOf: ({ id, revision }) => view.absolute(`/records/${id}/versions/${revision}`),
      }),
      keep: true,
    }
  })

  web.route('GET', '/records/:id/history', async (request, { id = '' }) => {
    const { versions } = await ask(history, { id })
    const record = versions[0]?.status === 'withdrawn' ? undefined : await readRecord({ ask }, id)
    const named = await Promise.all(versions.map(async (one) => ({ ...one, changedBy: await nameOf(one.changedBy) })))
    const { merged } = await ask(mergedHere, { id })
    return historyPage(viewFor(request), id, record?.body.title, named, merged)
  })

  web.route('GET', '/records/:id/difference', async (request, { id = '' }) => {
    const [from, to] = [request.query.get('from') ?? '1', request.query.get('to')]
    const found = await ask(difference, { id, from, ...(to && { to }) })
    const { versions } = await ask(history, { id })
    return differencePage(viewFor(request), {
      found,
      kind: kinds.get(found.kind)!,
      names: await namesBy([found.from.changedBy, found.to.changedBy]),
      versions: versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision),
    })
  })
}

/** A change as an entry of a feed: that version of the record, when it was made. */
const asRecord = (change: Change): StoredRecord => ({
  id: change.id,
  number: 0,
  kind: change.kind,
  status: 'published',
  revision: change.revision,
  sourceRevision: 1,
  createdAt: change.at,
  changedAt: change.at,
  changedBy: change.by,
  note: change.note,
  origin: null,
  translations: {},
  body: {
    title: change.title ?? { en: change.id },
    originalLanguage: change.originalLanguage ?? 'en',
    ...(change.note && { summary: { en: change.note } }),
  },
})
