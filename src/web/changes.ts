/** The public change log, and what differs between two versions of a record. */
import type { Web } from '#core/web/server.ts'
import { difference } from '#house/changes/difference.ts'
import { changes as changesOperation, type Change } from '#house/changes/list.ts'
import { toAtom } from '#house/formats/atom.ts'
import { changesPage, differencePage } from '#house/pages/changes.ts'
import { history } from '#house/record/operations.ts'
import type { Kept } from '#house/record/record.ts'
import type { Asked } from '#core/web/server.ts'
import { openToAll } from '#core/web/headers.ts'
import type { Asking } from './records.ts'

export function mountChanges(web: Web, { ask, view: viewFor, kinds, nameOf }: Asking) {
  const namesBy = async (all: readonly string[]) =>
    new Map(await Promise.all([...new Set(all)].map(async (by) => [by, await nameOf(by)] as const)))
  const list = ({ query }: Asked, limit: number) => {
    const before = query.get('before')
    return ask(changesOperation, {
      ...(before && { before }),
      imports: String(query.get('imports') === 'true'),
      limit,
    })
  }

  web.route('GET', '/changes', async (asked) => {
    const { changes, next } = await list(asked, 50)
    const names = await namesBy(changes.map(({ by }) => by))
    return changesPage(viewFor(asked), {
      changes: changes.map((one) => ({ ...one, byName: names.get(one.by)! })),
      next,
      imports: asked.query.get('imports') === 'true',
    })
  })

  web.route('GET', '/changes.atom', async (asked) => {
    const view = viewFor(asked)
    const { changes, next } = await list(asked, 100)
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

  web.route('GET', '/records/:id/difference', async (asked, { id = '' }) => {
    const [from, to] = [asked.query.get('from') ?? '1', asked.query.get('to')]
    const found = await ask(difference, { id, from, ...(to && { to }) })
    const { versions } = await ask(history, { id })
    return differencePage(viewFor(asked), {
      found,
      kind: kinds.get(found.kind)!,
      names: await namesBy([found.from.changedBy, found.to.changedBy]),
      versions: versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision),
    })
  })
}

/** A change as an entry of a feed: that version of the record, when it was made. */
const asRecord = (change: Change): Kept => ({
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
