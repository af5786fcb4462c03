/** The addresses of records: one address, many forms. */
import { taking } from '#kernel/http/asked-names.ts'
import { html } from '#kernel/html/html.ts'
import { noSuch, Problem } from '#kernel/problem.ts'
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { negotiateType } from '#kernel/http/negotiate.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { ambProfile, ambType, isInAmb, toAmb } from '#features/export/amb.ts'
import { toBibtex } from '#features/export/bibtex.ts'
import { toCsl } from '#features/export/citation.ts'
import { toRis } from '#features/export/ris.ts'
import { schemaOrgType, toSchemaOrg } from '#features/export/schema-org.ts'
import type { Titles } from '#features/export/people.ts'
import { titlesFor } from '#features/export/titles.ts'
import { stewardshipOf } from '#features/stewardship/stewardship.ts'
import { reviewState } from '#features/editorial/drafts/timeline.ts'
import { collectionsOf } from '#features/editorial/collections/members.ts'
import type { Kind } from '#records/kind.ts'
import { linksOfRecord } from '#features/link-check/operations.ts'
import { recordPage } from './pages/record.ts'
import type { View } from '#ui/view.ts'
import { links as linksOperation, version } from '#records/operations.ts'
import { readLinking } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import { similar } from '#search/explain-and-suggest.ts'
import type { PageContext } from '#ui/page-context.ts'
import { readLinkedRecord, readRecord, type WithLinks } from '#ui/read-record.ts'
import { askedOfLeads, leads } from './leads.ts'
import { backToPage, linkSetMediaType, linkSetOf } from './signposts.ts'
import { subscriptionOf } from '#features/subscriptions/routes.ts'

const text = (type: string, body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll },
  body,
  keep: true,
})

/** JSON in UTF-8, without a `charset`: its media type has none (RFC 8259 §11, RFC 9264 §4.2). */
const withType = (answer: HttpResponse, type: string): HttpResponse => ({
  ...answer,
  headers: { ...answer.headers, 'content-type': type },
})

type Cited = View & { titles: Titles }

const forms: Record<string, (view: Cited, kind: Kind, record: StoredRecord) => HttpResponse> = {
  json: (_view, _kind, record) => json(record),
  jsonld: (view, kind, record) => withType(json(toSchemaOrg(kind, record, view.absolute, view.titles)), schemaOrgType),
  amb: (view, kind, record) => {
    if (!isInAmb(kind)) throw noSuch('form', 'amb')
    return withType(json(toAmb(view, kind, record)), ambType)
  },
  linkset: (view, kind, record) => withType(json(linkSetOf(view, kind, record)), linkSetMediaType),
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
  [linkSetMediaType]: 'linkset',
} as const

export function mountRecords(
  web: Web,
  { ask, askOnce, askAs, view: viewFor, kinds, parts, slot, askedBySlots }: PageContext,
) {
  const takes = taking(...askedOfLeads, ...askedBySlots('recordTop', 'record'))
  const watched = subscriptionOf({ askAs })
  const show = async (
    request: HttpRequest,
    { record, links, counts }: WithLinks,
    old: boolean,
  ): Promise<HttpResponse> => {
    const view = viewFor(request)
    const kind = kinds.get(record.kind)!
    const part = parts.get(kind.name)
    const gathered = part?.gathers ? await gather(record.id, part.gathers) : []
    const lead = await leads.get(kind.name)?.(askOnce, { asked: request, view, kind, record, links, counts })
    // What is linked is shown as what it is to the record.
    const linked = [...new Set(links.map(({ id }) => id))].slice(0, 1_000)
    const alike = old ? [] : (await ask(similar, { id: record.id, limit: mostAlike, without: linked })).records
    const reviews = await reviewsOf(record.id, counts)
    const shownByPart = part?.gathers?.rel
    return recordPage(view, {
      kind,
      record,
      lead,
      counts,
      gathered,
      alike,
      kinds,
      collections: (await ask(collectionsOf, { id: record.id })).collections,
      reviews,
      review: await ask(reviewState, { id: record.id }),
      care: await ask(stewardshipOf, { id: record.id }),
      addresses: old ? { links: [], files: [] } : await ask(linksOfRecord, { id: record.id }),
      watch: await watched(request, { record: record.id }),
      old,
      titles: await titlesFor(ask, view, [record]),
      // Reviews stand beside the record already, unless there are more than fit there.
      links: links.filter(
        ({ rel, direction }) =>
          direction !== 'from' ||
          (!(rel === shownByPart && gathered.length) &&
            !lead?.toldRelations.includes(rel) &&
            !(rel === 'reviews' && !old && reviews.length < mostReviews)),
      ),
      top: old ? undefined : await slot('recordTop', request, record),
      more: old ? undefined : await slot('record', request, record),
      part: part?.show(view, record, gathered, counts) ?? html``,
    })
  }
  const mostReviews = 12
  const mostAlike = 4
  const reviewsOf = async (id: string, counts: readonly { rel: string }[]) =>
    counts.some(({ rel }) => rel === 'reviews') ? gather(id, { rel: 'reviews', limit: mostReviews }) : []
  const gather = async (id: string, { rel, limit }: { rel: string; limit: number }) =>
    (await ask(readLinking, { ids: [id], rel, limit })).records

  web.route(
    'GET',
    '/records/:name',
    async (request, { name = '' }) => {
      const [, id = name, extension] = /^(.*?)(?:\.([a-z]+))?$/.exec(name) ?? []
      const form = extension ?? formWanted(request.accept)
      if (form !== 'html' && !Object.hasOwn(forms, form))
        throw new Problem('recordNotFound', { id: name.slice(0, 100) })
      if (form !== 'html') {
        const record = await readRecord({ ask }, id)
        const view = viewFor(request)
        const titles = await titlesFor(ask, view, [record])
        const answer = forms[form]!({ ...view, titles }, kinds.get(record.kind)!, record)
        const headers = { ...answer.headers, link: backToPage(view, record) }
        return { ...answer, headers, changedAt: record.changedAt }
      }
      return show(request, await readLinkedRecord({ ask }, id), false)
    },
    { takes },
  )

  web.route('GET', '/records/:id/versions/:revision', async (request, { id, revision }) => {
    const record = await ask(version, { id, revision })
    if (negotiateType(request.accept, ['text/html', 'application/json']) === 'application/json') return json(record)
    return show(request, { record, ...(await ask(linksOperation, { id: record.id })) }, true)
  })
}

/** A profile is asked for by a parameter of its media type (RFC 6906). */
const formWanted = (accept: string | undefined): string =>
  accept?.includes(`profile="${ambProfile}"`)
    ? 'amb'
    : formOfType[negotiateType(accept, Object.keys(formOfType) as (keyof typeof formOfType)[]) ?? failNotAcceptable()]

const failNotAcceptable = (): never => {
  throw new Problem('notAcceptable', { offered: Object.keys(formOfType).join(', ') })
}
