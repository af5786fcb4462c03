/** What may be told twice, and making one record of two. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { compare } from '#features/compare/compare.ts'
import { merge } from './merge.ts'
import { callAlike, callDifferent, listDuplicates } from './pairs.ts'
import { likelyDuplicates } from './suggest.ts'
import { chooseMergePage, mergePage } from './pages/duplicates.ts'
import { duplicatesPage, duplicatesPath } from './pages/pairs.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { may } from '#kernel/permission.ts'
import { ownIdIn } from '#records/names.ts'
import { recordsCalled } from '#features/editorial/record-choices.ts'
import { read } from '#records/operations.ts'
import type { StoredRecord } from '#records/record.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

const none: Errors = new Map()

export function mountDuplicates(web: Web, pageContext: PageContext) {
  mountPairs(web, pageContext)
  mountChoosing(web, pageContext)
  mountMerging(web, pageContext)
}

function mountPairs(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const placeIn = (given: URLSearchParams) => ({
    kind: kinds.has(given.get('kind') ?? '') ? given.get('kind')! : '',
    after: (given.get('after') ?? '').slice(0, 100),
  })

  page('/duplicates', async (request) => {
    const { kind, after } = placeIn(request.query)
    const found = await askAs(request.who, listDuplicates, { ...(after && { after }), ...(kind && { kind }) })
    const ids = (request.query.get('different') ?? '').split(' ').filter((id) => ownIdIn(id))
    const called = await Promise.all(
      ids.slice(0, 2).map((id) => readRecord(pageContext, request, id).catch(() => undefined)),
    )
    const different = called.filter((one) => one !== undefined)
    return duplicatesPage(viewFor(request), { ...found, kind, after, different })
  })

  // Whoever works through the list goes on where they are.
  take('/duplicates', async (request, form) => {
    const { one, other } = pairIn(form)
    await askAs(request.who, callDifferent, { one, other })
    return seeOther(viewFor(request).href(duplicatesPath({ ...placeIn(form), different: `${one} ${other}` })))
  })
  take('/duplicates/undo', async (request, form) => {
    await askAs(request.who, callAlike, pairIn(form))
    return seeOther(viewFor(request).href(duplicatesPath(placeIn(form))))
  })
}

const pairIn = (form: URLSearchParams) => ({ one: form.get('one') ?? '', other: form.get('other') ?? '' })

const readRecord = ({ askAs }: PageContext, request: HttpRequest, id: string) => askAs(request.who, read, { id })

function mountChoosing(web: Web, pageContext: PageContext) {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const curators = async (request: HttpRequest) => {
    if (!may(request.who.actor, 'record.merge')) await refuse(request.who, 'records.merge')
  }

  page('/records/:id/merge', async (request, { id = '' }) => {
    await curators(request)
    const from = await readRecord(pageContext, request, id)
    const typed = request.query.get('into')
    const { into, offered } = await otherOf(pageContext, request, from, typed ?? '')
    if (into) return show(pageContext, request, from, into)
    const { records } = await askAs(request.who, likelyDuplicates, { id })
    return chooseMergePage(viewFor(request), from, { likely: records, typed, offered })
  })
}

/** The record that is meant by its identifier, address or title, else those that may be. */
async function otherOf(pageContext: PageContext, request: HttpRequest, from: StoredRecord, typed: string) {
  const isOther = (one: StoredRecord) => one.kind === from.kind && one.id !== from.id
  const id = ownIdIn(typed)
  if (id) {
    const record = await readRecord(pageContext, request, id).catch(() => undefined)
    return { into: record && isOther(record) ? record : undefined, offered: [] }
  }
  if (!typed.trim()) return { into: undefined, offered: [] }
  const found = await recordsCalled(pageContext, request.who, { typed, to: [from.kind] })
  const [called, offered] = [found.called.filter(isOther), found.offered.filter(isOther)]
  return { into: called.length === 1 ? called[0] : undefined, offered }
}

type Given = { taken?: readonly string[]; joined?: readonly string[]; reason?: string; errors?: Errors }

async function show(
  { askAs, view: viewFor, kinds }: PageContext,
  request: HttpRequest,
  from: StoredRecord,
  into: StoredRecord,
  { taken, joined = [], reason = '', errors = none }: Given = {},
) {
  const compared = await askAs(request.who, compare, { id: [from.id, into.id] })
  // What only the one that goes says would be lost else.
  const onlyThere = Object.keys(from.body).filter((name) => into.body[name] === undefined)
  const parts = { compared, kind: kinds.get(from.kind)!, taken: taken ?? onlyThere, joined, reason, errors }
  return mergePage(viewFor(request), parts)
}

function mountMerging(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)

  const mergeThem = async (request: HttpRequest, form: URLSearchParams, { id = '' }: Record<string, string>) => {
    const into = form.get('into') ?? ''
    const reason = form.get('reason') ?? ''
    const chosen = (side: string) =>
      [...form].flatMap(([name, value]) => (name.startsWith('f.') && value === side ? [name.slice(2)] : []))
    const [taken, joined] = [chosen('from'), chosen('both')]
    return orWrong(
      async () => {
        for (const name of form.keys()) if (name.startsWith('f.')) chosenIn(form, name, ['from', 'into', 'both'])
        await askAs(request.who, merge, {
          id,
          into,
          revision: Number(form.get('revision')) || 1,
          intoRevision: Number(form.get('intoRevision')) || 1,
          take: taken,
          join: joined,
          reason,
        })
        return seeOther(viewFor(request).href(`/records/${into}?merged=${id}`))
      },
      async (violations) => {
        const sides = [...form.keys()].filter((name) => name.startsWith('f.'))
        // What both say together may be more than the field holds: that is told at the field.
        const placed = violations.map((one) => {
          const side = `f.${one.place.split('.')[0]}`
          return sides.includes(side) ? { ...one, place: side } : one
        })
        const errors = errorsOf(viewFor(request), placed, ['reason', 'take', 'join', 'into', 'id', ...sides])
        const other = ownIdIn(into)
        if (!other || other === id) {
          const from = await readRecord(pageContext, request, id)
          const { records } = await askAs(request.who, likelyDuplicates, { id })
          return {
            ...chooseMergePage(viewFor(request), from, { likely: records, typed: into, offered: [] }),
            status: 422,
          }
        }
        return show(
          pageContext,
          request,
          await readRecord(pageContext, request, id),
          await readRecord(pageContext, request, into),
          { taken, joined, reason, errors },
        )
      },
    )
  }
  take('/records/:id/merge', mergeThem)
}
