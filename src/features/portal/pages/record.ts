/** The page of a record: what it is, for whom, where, on what grounds, under which licence, and how to take it away. */
import { html, jsonInHtml, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { shareWays } from '#ui/share-ways.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { toSchemaOrg } from '#features/export/schema-org.ts'
import { citationText, toCsl } from '#features/export/citation.ts'
import { citationMeta } from '#features/export/citation-meta.ts'
import type { Titles } from '#features/export/people.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { demonstrationNotice, markIfDemonstration } from '#ui/demonstration.ts'
import { byline } from './byline.ts'
import { formatsOf, signposts } from '../signposts.ts'
import type { Kind } from '#records/kind.ts'
import type { Stewardship } from '#features/stewardship/stewardship.ts'
import type { LinksOfRecord } from '#features/link-check/operations.ts'
import type { Review } from '#features/editorial/drafts/timeline.ts'
import { isBare, isUndescribed } from '#records/bare.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { textsIn } from '#records/translatable-text.ts'
import { actBox } from '#features/responses/pages/acts.ts'
import { attachmentsPart } from '#features/attachments/pages/attachments.ts'
import { recordPath, withinRecord } from '#ui/cards.ts'
import type { Named } from '#features/editorial/collections/members.ts'
import { collectionBox } from '#features/editorial/pages/collections.ts'
import { isMergeable } from '#features/duplicates/mergeable.ts'
import { mergeLink } from '#features/duplicates/pages/duplicates.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { crumbs, page } from '#ui/layout.ts'
import { licenceBox } from '#ui/licence.ts'
import { linkNotes } from '#features/link-check/pages/links.ts'
import { permissionsBox } from '#ui/permissions.ts'
import { nationalLink, nationalNotice } from '#features/national-submissions/pages/national.ts'
import { careBox, careNotice, changeButton, reviewBox, reviewScores } from '#features/editorial/pages/review.ts'
import { translateLink, translationNotice } from '#ui/translation-notice.ts'
import { fieldName, languageNamed, languageWithin, paragraphsOf, textOf, type View } from '#ui/view.ts'
import { followButton, type SubscriptionState } from '#features/subscriptions/pages/subscriptions.ts'

export type RecordPage = {
  /** Names of the organisations that stand in its citation. */
  titles: Titles
  kind: Kind
  record: StoredRecord
  links: readonly Linked[]
  counts: readonly { rel: string; kind: string; count: number }[]
  /** Records of the relation that the kind's own part shows. */
  gathered: readonly StoredRecord[]
  /** Records that share telling words with it. */
  alike: readonly StoredRecord[]
  /** The kind's own part, from its feature. */
  part: Content
  /** What the page begins with in place of the introduction, and the fields that are told there. */
  lead?: { top: Content; main: Content; side: Content; told: readonly string[] } | undefined
  kinds: ReadonlyMap<string, Kind>
  review: Review
  /** Reviews of it that are records. */
  reviews: readonly StoredRecord[]
  /** The collections that it is in. */
  collections: readonly Named[]
  care: Stewardship
  /** Whether its addresses and files work. */
  addresses: LinksOfRecord
  /** Whether the requester follows it. */
  watch: SubscriptionState
  /** What other features add: below the title, and below the facts. */
  top: Content
  more: Content
  /** The version shown, when it is not the newest. */
  old?: boolean
}

/** Kinds that have a page of their own to choose from. */
const indexOf: Record<string, string> = { approach: '/approaches', lesson: '/lessons' }

export function recordPage(view: View, data: RecordPage): HttpResponse {
  const { kind, record, old } = data
  const { body } = record
  const path = recordPath(record.id)
  const title = textOf(view, body.title, body.originalLanguage)
  const plainTitle = body.title[view.language] ?? body.title[body.originalLanguage] ?? ''
  return page(view, {
    title: plainTitle,
    description: plainSummary(view, body) || `${view.t(`kind.${kind.name}.one`)}${view.f.colon}${plainTitle}`,
    unlisted: Boolean(old) || isDemonstration(record),
    isArticle: true,
    canonical: path,
    links: signposts({ ...view, titles: data.titles }, kind, record),
    changedAt: record.changedAt,
    head: html`${!isDemonstration(record) && citationMeta(toCsl({ ...view, titles: data.titles }, record)).map(([name, content]) => html`<meta name="${name}" content="${content}" />`)}
      ${
        !isDemonstration(record) &&
        html`<script type="application/ld+json">
      ${jsonInHtml(toSchemaOrg(kind, record, view.absolute, data.titles))}
    </script>`
      }`,
    main: html` ${crumbs(view, kind.isAid ? [] : [{ name: view.t(`kind.${kind.name}.many`), path: indexOf[kind.name] ?? `/search?kind=${kind.name}` }])}
      <article class="record">
        <header>
          <p class="kind">${view.t(`kind.${kind.name}.one`)} ${markIfDemonstration(view, record)}</p>
          <h1>${title}</h1>
          ${otherTitles(view, record)} ${byline(view, kind, record)}
        </header>
        ${demonstrationNotice(view, record)} ${permissionsBox(view, record)}
        ${old && html`<p class="notice">${view.t('record.oldVersion', { revision: record.revision })} <a href="${view.href(path)}">${view.t('record.newest')}</a></p>`}
        ${nationalNotice(view, data.links)} ${!old && careNotice(view, data.care)} ${translationNotice(view, record)} ${untranslatedNotice(view, kind, record)} ${data.lead?.top} ${data.top} ${!old && translateLink(view, kind, record)}
        <div class="split reverse">
          <div>
            ${data.lead?.main ?? introduction(view, body)} ${undescribed(view, data)} ${facts(view, data)} ${data.part} ${narrative(view, data)} ${attachmentsPart(view, record)}
            ${reviewScores(view, data.reviews)} ${incoming(view, data)} ${alike(view, data)} ${data.more}
          </div>
          <div class="side">${data.lead?.side} ${reviewPart(view, data)} ${collectionBox(view, data.collections)} ${!old && careBox(view, data.care, record.id)} ${!old && followButton(view, { record: record.id, watch: data.watch })} ${!old && actBox(view, data.kinds, record)} ${!old && !kind.isAid && !view.session && shareWays(view)} ${!old && nationalLink(view, record)} ${!old && isMergeable(kind) && mergeLink(view, record)} ${licenceBox(view, body)} ${takeAway({ ...view, titles: data.titles }, kind, record, old ?? false)} ${linkNotes(view, data.addresses)} ${provenance(view, record)}</div>
        </div>
      </article>`,
  })
}

/** How far it was reviewed, and the way to suggest a change. */
function reviewPart(view: View, { kind, record, review, reviews, old = false }: RecordPage): Content {
  if (kind.isAid || kind.isMadeBySystem) return nothing
  return kind.isUnreviewed ? changeButton(view, record, old) : reviewBox(view, kind, review, record, old, reviews)
}

const introductions = ['summary', 'description', 'definition']

const introduction = (view: View, body: StoredRecord['body']): Content =>
  introductions
    .filter((name, i) => body[name] && !introductions.slice(0, i).some((other) => isSame(body[other], body[name])))
    .map(
      (name) =>
        html`<div class="${name === 'summary' ? 'lead' : 'text'}">
          ${paragraphsOf(view, body[name] as Texts, body.originalLanguage)}
        </div>`,
    )

/** Sources give one text for two fields: it is shown once. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** That nothing says what it is, is said; it is no fault of the page. */
const undescribed = ({ t }: View, { kind, record: { body } }: RecordPage): Content =>
  isUndescribed(kind.body.properties, body) &&
  html`<p class="notice">${t(isBare(body) ? 'record.bare' : 'record.undescribed')}</p>`

const plainSummary = (view: View, body: StoredRecord['body']): string => {
  const texts = introductions.map((name) => body[name] as Texts | undefined).find(Boolean)
  return (texts?.[view.language] ?? texts?.[body.originalLanguage] ?? '').replaceAll(/\s+/g, ' ')
}

/** The title in its own language beside a translation; the other languages behind a summary. */
function otherTitles(view: View, { body, translations }: StoredRecord): Content {
  const { title, originalLanguage } = body
  const shown = view.language in title ? view.language : originalLanguage
  const original = shown !== originalLanguage && originalLanguage in title
  const others = Object.entries(title).filter(
    ([tag]) => tag !== shown && tag !== 'und' && !(original && tag === originalLanguage),
  )
  return html`${original && html`<p class="original">${view.t('record.originalTitle', { language: languageWithin(view, originalLanguage) })}${view.f.colon}${textOf(view, { [originalLanguage]: title[originalLanguage]! })}</p>`}
  ${others.length > 0 && html`<details class="small"><summary>${view.t('record.otherLanguages', { count: others.length })}</summary><ul>${others.map(([tag, one]) => html`<li>${languageNamed(view, tag)}${view.f.colon}${textOf(view, { [tag]: one })}${translations[tag]?.machine && html` <span class="mark">${view.t('translation.machineShort')}</span>`}</li>`)}</ul></details>`}`
}

/** Longer texts under their headings, in the order of the kind. */
function narrative(view: View, { kind, record: { body }, lead }: RecordPage): Content {
  const told = lead?.told ?? introductions
  return Object.entries((kind.body as Shape).properties!).flatMap(([name, shape]) => {
    const field = shape['x-field']
    if (field?.type !== 'text' || field.shownApart || name === 'title' || told.includes(name) || !body[name]) return []
    return [
      html`<section>
        <h2>${fieldName(view, kind.name, name)}</h2>
        ${paragraphsOf(view, body[name] as Texts, body.originalLanguage)}
      </section>`,
    ]
  })
}

/** Everything short, as terms and their values. */
function facts(view: View, { kind, record, links, lead }: RecordPage): Html {
  const here = withinRecord(view, record.body)
  const titles = new Map(links.filter(({ direction }) => direction === 'to').map((link) => [link.id, link]))
  const rows = Object.entries((kind.body as Shape).properties!).flatMap(([name, shape]) => {
    const value = record.body[name]
    if (
      value === undefined ||
      name === 'title' ||
      lead?.told.includes(name) ||
      isShownApart(shape) ||
      shape['x-field']?.type === 'text'
    )
      return []
    const shown = factOf(here, shape, value, titles)
    return shown
      ? [
          html`<div>
            <dt>${fieldName(view, kind.name, name)}</dt>
            <dd>${shown}</dd>
          </div>`,
        ]
      : []
  })
  return html`<section class="facts-box" aria-labelledby="facts">
    <h2 id="facts">${view.t('record.facts')}</h2>
    <dl>${rows}</dl>
  </section>`
}

const isShownApart = (shape: Shape): boolean =>
  shape['x-field']
    ? shape['x-field'].shownApart === true || shape['x-field'].rel === 'work'
    : shape.items
      ? isShownApart(shape.items)
      : Object.values(shape.properties ?? {}).every(isShownApart)

/** Where only the beginning was translated, that is said once, before the reader comes to the rest. */
function untranslatedNotice(view: View, kind: Kind, { body }: StoredRecord): Content {
  const { language } = view
  const { originalLanguage, title } = body
  if (language === originalLanguage || title[language] === undefined) return nothing
  const isLacking = textsIn(kind, body).some(
    ({ texts }) => texts[originalLanguage] !== undefined && texts[language] === undefined,
  )
  return (
    isLacking &&
    html`<p class="small">${view.t('record.longerIn', { language: languageWithin(view, originalLanguage) })}</p>`
  )
}

const mostShown = 12

/** Records that link here, by how they do. */
function incoming(view: View, { record, links, counts, kinds, old }: RecordPage): Content {
  const isTold = ({ kind, rel }: { kind: string; rel: string }) =>
    !old && (kinds.get(kind)?.toldWhereItLeads ?? []).includes(rel)
  const from = links.filter((link) => link.direction === 'from' && !isTold(link))
  const rels = [...new Set(from.map(({ rel }) => rel))]
  return rels.map((rel) => {
    const shown = from.filter((link) => link.rel === rel).slice(0, rel === 'work' ? 200 : mostShown)
    const total = counts.filter((one) => one.rel === rel).reduce((sum, { count }) => sum + count, 0)
    return html`<section>
      <h2>${wordsOr(view.t, `link.${rel}.${record.kind}`, view.t(`link.${rel}`))}</h2>
      <ul class="links">
        ${shown.map((link) => html`<li><a href="${view.href(recordPath(link.id))}">${textOf(view, link.title, link.originalLanguage)}</a> <span class="small">${rel === 'work' ? editionWords(view, link) : view.t(`kind.${kinds.get(link.kind)!.name}.one`)}</span></li>`)}
      </ul>
      ${total > shown.length && html`<p><a href="${view.href(`/search?linked=${encodeURIComponent(`${rel}:${record.id}`)}`)}">${view.t('record.allLinks', { count: total })}</a></p>`}
    </section>`
  })
}

/** The languages of another edition, and its year. */
const editionWords = (view: View, { languages = [], year }: RecordPage['links'][number]): string =>
  [languages.map((tag) => languageNamed(view, tag)).join(view.f.comma), year].filter(Boolean).join(' · ')

function alike(view: View, { alike: others }: RecordPage): Content {
  if (others.length === 0) return nothing
  return html`<section class="not-printed">
    <h2>${view.t('record.alike')}</h2>
    <ul class="links">
      ${others.map(({ id, kind, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a> <span class="small">${view.t(`kind.${kind}.one`)}</span></li>`)}
    </ul>
  </section>`
}

function takeAway(view: View & { titles: Titles }, kind: Kind, record: StoredRecord, isOld: boolean): Html {
  const address = (record.body.url ?? record.body.website) as string | undefined
  const source = record.origin?.url
  return html`<section aria-labelledby="take">
    <div class="not-printed">
    <h2 id="take">${view.t('record.take')}</h2>
    ${address && html`<p><a class="button" href="${address}" rel="external">${view.t('record.open')}</a></p>`}${source && source !== address && html`<p><a href="${source}" rel="external">${view.t('record.atSource')}</a></p>`}
    <p>
      <a href="${view.href(`${recordPath(record.id)}/summary`)}">${view.t('summary.link')}</a> ·
      <a href="${view.href(`/compare?id=${record.id}`)}" rel="nofollow">${view.t('compare.with')}</a>
    </p>
    <p class="small">
      ${view.t('record.formats')}
      ${formatsOf(kind).map(([format]) => html`<a href="${recordPath(record.id)}.${format}">${view.t(`format.${format}`)}</a> `)}
    </p>
    </div>
    <h3>${view.t('record.cite')}</h3>
    <p class="cite" dir="auto">${citationText(view, record, isOld)}</p>
  </section>`
}

function provenance(view: View, record: StoredRecord): Html {
  const { t, f, href } = view
  const { origin } = record
  const from = origin?.collection
  return html`<section aria-labelledby="origin">
    <h2 id="origin">${t('record.origin')}</h2>
    <dl>
      ${
        from &&
        html`<dt>${t('record.collection')}</dt>
          <dd><a href="${href('/credits')}#${from}">${view.site.collectionTitles.get(from) ?? from}</a></dd>`
      }${
        origin &&
        html`<dt>${t('record.identifierThere')}</dt>
          <dd><bdi class="long">${origin.identifier}</bdi></dd>`
      }
      <dt>${t('record.address')}</dt>
      <dd><bdi class="long">${view.absolute(recordPath(record.id))}</bdi></dd>
      <dt>${t('record.version')}</dt>
      <dd>
        ${f.number(record.revision)} ·
        <time datetime="${record.changedAt}">${f.day(record.changedAt.slice(0, 10))}</time>
        <span class="not-printed">· <a href="${href(`${recordPath(record.id)}/history`)}">${t('record.history')}</a> ·
        <a href="${href(`${recordPath(record.id)}/proof?revision=${record.revision}`)}">${t('record.proof')}</a></span>
      </dd>
    </dl>
  </section>`
}
