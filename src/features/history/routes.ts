/** The public change log, the versions of a record, and what differs between two versions of a record. */
import { taking } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { difference } from './difference.ts'
import { changes as changesOperation, type Change } from './list.ts'
import { atomResponse } from '#features/export/list-page.ts'
import { changesPage, differencePage } from './pages/changes.ts'
import { mergedHere } from '#features/duplicates/merge.ts'
import { historyPage } from './pages/history.ts'
import { bringBack, listBroughtBack } from './bring-back.ts'
import { bringBackPage, type BringingBack } from './pages/bring-back.ts'
import { listMade } from '#features/translation/suggestions.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { Problem } from '#kernel/problem.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import { readRecord } from '#ui/read-record.ts'
import { history, read, version } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { readMergeNote } from '#records/merged.ts'
import type { View } from '#ui/view.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountChanges(web: Web, pageContext: PageContext) {
  const { ask, askAs, view: viewFor, kinds, nameOf, lastChange } = pageContext
  const namesBy = async (view: View, all: readonly string[]) =>
    new Map(await Promise.all([...new Set(all)].map(async (by) => [by, await nameOf(view, by)] as const)))
  const list = ({ query }: HttpRequest, limit: number) => {
    const before = query.get('before')
    return ask(changesOperation, {
      ...(before && { before }),
      imports: String(query.get('imports') === 'true'),
      limit,
    })
  }

  web.route(
    'GET',
    '/changes',
    async (request) => {
      const { changes, next } = await list(request, 50)
      const names = await namesBy(
        viewFor(request),
        changes.map(({ by }) => by),
      )
      return changesPage(viewFor(request), {
        changes: changes.map((one) => ({ ...one, byName: names.get(one.by)! })),
        next,
        imports: request.query.get('imports') === 'true',
      })
    },
    { takes: taking('before', 'imports') },
  )

  web.route(
    'GET',
    '/changes.atom',
    async (request) => {
      const view = viewFor(request)
      const { changes, next } = await list(request, 100)
      const before = request.query.get('before')
      const imports = request.query.get('imports') === 'true'
      const here = (path: string, from: string | null) =>
        `${view.absolute(view.href(path))}${queryWith({ ...(imports && { imports: 'true' }), ...(from && { before: from }) })}`
      const feed = {
        title: `${view.site.name}${view.f.colon}${view.t('changes.title')}`,
        language: view.language,
        author: view.site.name,
        self: here('/changes.atom', before),
        page: here('/changes', null),
        next: next === null ? undefined : here('/changes.atom', String(next)),
        records: changes.map(asRecord),
        addressOf: ({ id, revision }: StoredRecord) => view.absolute(`/records/${id}/versions/${revision}`),
      }
      return atomResponse(feed, await lastChange())
    },
    { takes: taking('before', 'imports') },
  )

  web.route('GET', '/records/:id/history', async (request, { id = '' }) => {
    const { versions } = await ask(history, { id })
    const record = versions[0]?.status === 'withdrawn' ? undefined : await readRecord({ ask }, id)
    const named = await Promise.all(
      versions.map(async (one) => ({ ...one, changedBy: await nameOf(viewFor(request), one.changedBy) })),
    )
    const { merged } = await ask(mergedHere, { id })
    const { made } = await ask(listMade, { id })
    const names = await namesBy(
      viewFor(request),
      made.flatMap(({ translator, acceptedBy }) => [translator, acceptedBy ?? translator]),
    )
    return historyPage(viewFor(request), id, record?.body.title, named, {
      merged,
      made: made.map((one) => ({
        ...one,
        translator: names.get(one.translator)!,
        acceptedBy: one.acceptedBy && names.get(one.acceptedBy)!,
      })),
      ...(await askAs(request.who, listBroughtBack, { id })),
    })
  })

  mountBringingBack(web, pageContext)

  web.route(
    'GET',
    '/records/:id/difference',
    async (request, { id = '' }) => {
      const [from, to] = [request.query.get('from') ?? '1', request.query.get('to')]
      const found = await ask(difference, { id, from, ...(to && { to }) })
      const { versions } = await ask(history, { id })
      return differencePage(viewFor(request), {
        found,
        kind: kinds.get(found.kind)!,
        names: await namesBy(viewFor(request), [found.from.changedBy, found.to.changedBy]),
        versions: versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision),
      })
    },
    { takes: taking('from', 'to') },
  )
}

/** “Bring back this version”: a page to confirm it on, then a version more. */
function mountBringingBack(web: Web, pageContext: PageContext) {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const path = '/records/:id/versions/:revision/bring-back'
  type More = Pick<BringingBack, 'chosen' | 'reason' | 'errors' | 'isConflict'>
  const show = async ({ who, ...request }: HttpRequest, parameters: Record<string, string>, more: More = {}) => {
    const { id = '', revision = '' } = parameters
    const [record, old] = [await askAs(who, read, { id }), await askAs(who, version, { id, revision })]
    if (old.revision === record.revision) throw new Problem('versionNotFound', { id, revision })
    const { mayWhole, mayTranslations } = await askAs(who, listBroughtBack, { id })
    const languages = mayTranslations.filter((language) => language in old.translations)
    if (!mayWhole && languages.length === 0) return refuse(who, bringBack.name)
    return bringBackPage(viewFor({ who, ...request }), { record, old, mayWhole, languages, ...more })
  }
  page(path, (request, parameters) => show(request, parameters))

  take(path, async (request, form, parameters) => {
    const { id = '', revision = '' } = parameters
    const [what, reason] = [form.get('what') ?? '', (form.get('reason') ?? '').trim()]
    const typed = { chosen: what, reason }
    try {
      return await orWrong(
        async () => {
          await askAs(request.who, bringBack, {
            id,
            version: Number(revision) || 0,
            revision: Number(form.get('revision')) || 0,
            ...(what !== 'whole' && { language: what }),
            ...(reason && what === 'whole' && { reason }),
          })
          return seeOther(viewFor(request).href(`/records/${id}/history`))
        },
        (violations) => {
          // Whatever does not fit, what was chosen cannot come back so.
          const all = violations.map((one) => (one.place === 'reason' ? one : { ...one, place: 'what' }))
          return show(request, parameters, { ...typed, errors: errorsOf(viewFor(request), all, ['what', 'reason']) })
        },
      )
    } catch (error) {
      if (error instanceof Problem && error.code === 'conflict')
        return show(request, parameters, { ...typed, isConflict: true })
      throw error
    }
  })
}

const queryWith = (values: Record<string, string>) =>
  Object.keys(values).length > 0 ? `?${new URLSearchParams(values)}` : ''

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
    ...(change.note && { summary: { en: readMergeNote(change.note).words ?? '' } }),
  },
})
