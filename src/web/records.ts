/** The addresses of records: one address, many forms. */
import type { Static, TSchema } from 'typebox'
import { html, type Content } from '#core/html/html.ts'
import { Problem } from '#core/problem.ts'
import type { AnyOperation, Given, Known } from '#core/operation.ts'
import { json } from '#core/web/api.ts'
import type { Answer } from '#core/web/answer.ts'
import { openToAll } from '#core/web/headers.ts'
import { negotiateType } from '#core/web/negotiate.ts'
import type { Asked, Web, Who } from '#core/web/server.ts'
import { toBibtex, toCsl, toRis } from '#house/formats/citation.ts'
import { toSchemaOrg } from '#house/formats/schema-org.ts'
import { careOf } from '#house/care/care.ts'
import { reviewState } from '#house/drafts/told.ts'
import { mergedHere } from '#house/duplicates/merge.ts'
import { collectionsOf } from '#house/curation/members.ts'
import type { Kind } from '#house/kind.ts'
import { linksOfRecord } from '#house/links/operations.ts'
import { recordPage } from '#house/pages/record.ts'
import { historyPage } from '#house/pages/texts.ts'
import type { View } from '#house/pages/view.ts'
import { history, links as linksOperation, read, version } from '#house/record/operations.ts'
import type { Kept } from '#house/record/record.ts'
import { similar } from '#house/search/more-operations.ts'
import { search } from '#house/search/operation.ts'
import type { RecordPart } from '#house/view-part.ts'
import type { SlotName, Slots } from './mounting.ts'
import { watchedBy } from './watching.ts'

export type Asking = {
  /** As anyone may. */
  ask: <In extends TSchema, Out extends TSchema>(op: Known<In, Out>, raw: Given<In>) => Promise<Static<Out>>
  /** As the one who asks. */
  askAs: <In extends TSchema, Out extends TSchema>(who: Who, op: Known<In, Out>, raw: Given<In>) => Promise<Static<Out>>
  /** For a part of a page, which is left out where the one who asks may not have it; that is no refused act. */
  askForPart: <In extends TSchema, Out extends TSchema>(
    who: Who,
    op: Known<In, Out>,
    raw: Given<In>,
  ) => Promise<Static<Out> | undefined>
  /** Of a page that only some may open: written down, then told. @throws Problem forbidden */
  refuse: (who: Who, operationName: string) => Promise<never>
  /** Names of people by their identifiers, in that order; those erased without a name are left out. */
  namesOf: (ids: readonly string[]) => Promise<string[]>
  /** Of who changed a record: the name of a person, else as it was written down. */
  nameOf: (changedBy: string) => Promise<string>
  /** People reach this house over TLS. */
  isSecure: boolean
  view: (asked: Asked) => View
  kinds: ReadonlyMap<string, Kind>
  parts: ReadonlyMap<string, RecordPart>
  /** Any operation by its name: those that each kind has. */
  operation: (name: string) => AnyOperation | undefined
  /** What other features add to this page. */
  slot: <Name extends SlotName>(name: Name, asked: Asked, about: Slots[Name]) => Promise<Content>
}

const text = (type: string, body: string): Answer => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll },
  body,
  keep: true,
})

const forms: Record<string, (view: View, kind: Kind, record: Kept) => Answer> = {
  json: (_view, _kind, record) => json(record),
  jsonld: (view, kind, record) => json(toSchemaOrg(kind, record, view.absolute), { type: 'application/ld+json' }),
  csl: (view, _kind, record) => json([toCsl(view, record)], { type: 'application/vnd.citationstyles.csl+json' }),
  bib: (view, _kind, record) => text('application/x-bibtex', toBibtex(toCsl(view, record))),
  ris: (view, _kind, record) => text('application/x-research-info-systems', toRis(toCsl(view, record))),
}

const formOfType = {
  'text/html': 'html',
  'application/ld+json': 'jsonld',
  'application/json': 'json',
  'application/vnd.citationstyles.csl+json': 'csl',
  'application/x-bibtex': 'bib',
  'application/x-research-info-systems': 'ris',
} as const

export function mountRecords(web: Web, { ask, askAs, view: viewFor, kinds, parts, nameOf, slot }: Asking) {
  const watched = watchedBy({ askAs })
  const show = async (asked: Asked, record: Kept, old: boolean): Promise<Answer> => {
    const view = viewFor(asked)
    const kind = kinds.get(record.kind)!
    const part = parts.get(kind.name)
    const { links, counts } = await ask(linksOperation, { id: record.id })
    const gathered = part?.gathers ? await gather(record.id, part.gathers) : []
    const alike = old ? [] : (await ask(similar, { id: record.id, limit: 4 })).records
    const reviews = await reviewsOf(record.id, counts)
    const shownByPart = part?.gathers?.rel
    return recordPage(view, {
      kind,
      record,
      counts,
      gathered,
      alike,
      kinds,
      collections: (await ask(collectionsOf, { id: record.id })).collections,
      reviews,
      review: await ask(reviewState, { id: record.id }),
      care: await ask(careOf, { id: record.id }),
      addresses: old ? { links: [], files: [] } : await ask(linksOfRecord, { id: record.id }),
      watch: await watched(asked, { record: record.id }),
      old,
      // Reviews stand beside the record already, unless there are more than fit there.
      links: links.filter(
        ({ rel, direction }) =>
          direction !== 'from' ||
          (!(rel === shownByPart && gathered.length) && !(rel === 'reviews' && !old && reviews.length < mostReviews)),
      ),
      more: old ? undefined : await slot('record', asked, record),
      part: part?.show(view, record, gathered, counts) ?? html``,
    })
  }
  const mostReviews = 12
  const reviewsOf = async (id: string, counts: readonly { rel: string }[]) =>
    counts.some(({ rel }) => rel === 'reviews') ? gather(id, { rel: 'reviews', limit: mostReviews }) : []
  const gather = async (id: string, { rel, limit }: { rel: string; limit: number }) =>
    (await ask(search, { linked: `${rel}:${id}`, editions: true, limit, facets: [], facetLimit: 0, sort: 'oldest' }))
      .records

  web.route('GET', '/records/:name', async (asked, { name = '' }) => {
    const [, id = name, extension] = /^(.*?)(?:\.([a-z]+))?$/.exec(name) ?? []
    const form =
      extension ??
      formOfType[
        negotiateType(asked.accept, Object.keys(formOfType) as (keyof typeof formOfType)[]) ?? failNotAcceptable()
      ]
    if (form !== 'html' && !Object.hasOwn(forms, form)) throw new Problem('recordNotFound', { id: name.slice(0, 100) })
    const record = await readRecord(id)
    if (form !== 'html') return forms[form]!(viewFor(asked), kinds.get(record.kind)!, record)
    return show(asked, record, false)
  })

  /** An identifier that cannot be one is answered as one that is not there. */
  const readRecord = async (id: string): Promise<Kept> => {
    try {
      return await ask(read, { id })
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid')
        throw new Problem('recordNotFound', { id: id.slice(0, 100) })
      throw error
    }
  }

  web.route('GET', '/records/:id/history', async (asked, { id = '' }) => {
    const { versions } = await ask(history, { id })
    const record = versions[0]?.status === 'withdrawn' ? undefined : await readRecord(id)
    const named = await Promise.all(versions.map(async (one) => ({ ...one, changedBy: await nameOf(one.changedBy) })))
    const { merged } = await ask(mergedHere, { id })
    return historyPage(viewFor(asked), id, record?.body.title, named, merged)
  })

  web.route('GET', '/records/:id/versions/:revision', async (asked, { id, revision }) => {
    const record = await ask(version, { id, revision })
    if (negotiateType(asked.accept, ['text/html', 'application/json']) === 'application/json') return json(record)
    return show(asked, record, true)
  })
}

const failNotAcceptable = (): never => {
  throw new Problem('notAcceptable', { offered: Object.keys(formOfType).join(', ') })
}
