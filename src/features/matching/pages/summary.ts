/** A record on one printed page: what it is, the facts, the beginnings of its texts, where the whole is. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { citationText } from '#features/export/citation.ts'
import { titlesOfLinked } from '#features/export/titles.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import type { Review } from '#features/editorial/drafts/timeline.ts'
import type { Linked } from '#records/operations.ts'
import { isOutOfDate, type StoredRecord, type Texts } from '#records/record.ts'
import { recordPath, withinRecord } from '#ui/cards.ts'
import { clipped } from '#ui/clipped.ts'
import { crumbs, page } from '#ui/layout.ts'
import { factOf } from '#ui/facts.ts'
import { fieldName, inLanguage, plainLabel, textOf, type View } from '#ui/view.ts'

export type Summary = {
  kind: Kind
  record: StoredRecord
  links: readonly Linked[]
  review: Review
  /** What a feature tells of its kind in place of the facts and texts of the record; empty for most kinds. */
  told: Content
}

type Shape = { 'x-field'?: Field; items?: Shape; properties?: Record<string, Shape> }

const introductions = ['summary', 'description', 'definition']
/** Letters that fit: of the introduction, and of all sections together. Chinese says more in fewer. */
const room = { introduction: 900, sections: 1_700, facts: 14, fact: 160 }
const denser = 0.45
const leastOfSection = 120
const whatWentWrong: readonly string[] = ['problemsMet', 'unintendedEffects', 'goesWrong']

const roomIn = (view: View, letters: number) => Math.round(view.language === 'zh' ? letters * denser : letters)
export const summaryPath = (id: string, end = '') => `${recordPath(id)}/summary${end}`

export function summaryPage(view: View, data: Summary): HttpResponse {
  const { t, href } = view
  const { kind, record } = data
  const { body, id } = record
  return page(view, {
    title: t('summary.title', { title: body.title[view.language] ?? body.title[body.originalLanguage] ?? '' }),
    unlisted: true,
    main: html`${crumbs(view, [
      { name: t(`kind.${kind.name}.many`), path: `/search?kind=${kind.name}` },
      { name: textOf(view, body.title, body.originalLanguage), path: recordPath(id) },
    ])}
      <p class="not-printed">
        ${view.site.makesPdf && html`<a class="button" href="${href(summaryPath(id, '.pdf'))}" rel="nofollow">${t('summary.pdf')}</a>`}
        <span class="small">${t('summary.print')}</span>
      </p>
      ${sheet(view, data)}`,
  })
}

/** The document that is printed alone: no header, no search field, and a policy that lets nothing in but its style. */
export function summaryDocument(view: View, data: Summary, style: string): string {
  const { body } = data.record
  return html`<!doctype html>
    <html lang="${view.language}" dir="${directionOf(view.language)}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src data:" />
        <title>${body.title[view.language] ?? body.title[body.originalLanguage] ?? ''}</title>
        <link rel="stylesheet" href="data:text/css;base64,${Buffer.from(style).toString('base64')}" />
      </head>
      <body class="alone">
        ${sheet(view, data)}
      </body>
    </html>`.text
}

function sheet(view: View, data: Summary): Html {
  const { t } = view
  const { kind, record } = data
  const { body } = record
  return html`<article class="sheet">
    <header>
      <p class="kind">${view.site.name} · ${t(`kind.${kind.name}.one`)}</p>
      <h1>${textOf(view, body.title, body.originalLanguage)}</h1>
    </header>
    ${isOutOfDate(record, view.language) && html`<p class="warning">${t('translation.outOfDate')}</p>`}
    ${record.translations[view.language]?.machine && html`<p class="warning">${t('translation.machine')}</p>`}
    ${introduction(view, body)}
    ${middle(view, data)} ${foot(view, data)}
  </article>`
}

function middle(view: View, data: Summary): Content {
  const { kind, record, told } = data
  if (html`${told}`.text.trim() !== '') return told
  return html`<dl class="sheet-facts">${facts(view, data)}</dl>
    ${sections(view, kind, record.body)}`
}

function introduction(view: View, body: StoredRecord['body']): Content {
  const name = introductions.find((one) => body[one])
  if (!name) return nothing
  const { beginning, language } = clipped(
    view,
    body[name] as Texts,
    body.originalLanguage,
    roomIn(view, room.introduction),
  )
  return html`<p class="lead" dir="auto">${inLanguage(view, beginning, language)}</p>`
}

const shapesOf = (kind: Kind) => Object.entries(kind.body.properties as Record<string, Shape>)
const isText = (shape: Shape) => shape['x-field']?.type === 'text'
/** Rows that are texts alone, such as what went wrong and what was done about it: they read as one text. */
const isRowsOfTexts = ({ items }: Shape): boolean => {
  const members = Object.values(items?.properties ?? {})
  return members.length > 0 && members.every(isText)
}
/** Left to the whole page; who wrote it is told here too, since the sheet goes from hand to hand without that page. */
const isApart = (shape: Shape): boolean =>
  shape['x-field']
    ? shape['x-field'].shownApart === true || shape['x-field'].rel === 'work'
    : shape.items
      ? isApart(shape.items)
      : isGroupApart(Object.values(shape.properties ?? {}))
const isGroupApart = (members: readonly Shape[]): boolean =>
  members.every(isApart) && !members.every((one) => one['x-field']?.tellsWho)
const longLeft: ReadonlySet<string> = new Set(['title', 'originalLanguage', 'keywords', 'identifiers'])

const isSection = (shape: Shape) => isText(shape) || isRowsOfTexts(shape)

/** What tells most comes first: the kind's own line, then the rest in its order. */
function facts(view: View, { kind, record, links }: Summary): Html[] {
  const titles = new Map(links.filter(({ direction }) => direction === 'to').map((link) => [link.id, link]))
  const place = (name: string) => (kind.line.includes(name) ? kind.line.indexOf(name) : kind.line.length)
  return shapesOf(kind)
    .filter(
      ([name, shape]) => record.body[name] !== undefined && !isSection(shape) && !isApart(shape) && !longLeft.has(name),
    )
    .sort(([a], [b]) => place(a) - place(b))
    .flatMap(([name, shape]) => {
      const value = record.body[name]
      const shown = factOf(
        withinRecord(view, record.body),
        shape,
        Array.isArray(value) ? value.slice(0, 6) : value,
        titles,
      )
      if (!shown || shown.text.replaceAll(/<[^>]*>/g, '').length > room.fact * 2) return []
      return [html`<div><dt>${fieldName(view, kind.name, name)}</dt><dd>${shown}</dd></div>`]
    })
    .slice(0, room.facts)
}

/** Each text gets an even share of the room; what a short one leaves, the others have. */
function sections(view: View, kind: Kind, body: StoredRecord['body']): Html[] {
  const first = introductions.find((one) => body[one])
  const texts = shapesOf(kind).filter(
    ([name, shape]) =>
      isSection(shape) && !isApart(shape) && name !== 'title' && name !== first && body[name] !== undefined,
  )
  let left = roomIn(view, room.sections)
  const most = Math.floor(left / roomIn(view, leastOfSection))
  // What went wrong is what others most need to know before they try the same: it is never what is left out.
  const isKept = ([name]: (typeof texts)[number]) => whatWentWrong.includes(name)
  const others = texts.filter((one) => !isKept(one)).slice(0, most - texts.filter(isKept).length)
  const shown = texts.filter((one) => isKept(one) || others.includes(one))
  return shown.flatMap(([name, shape], i) => {
    const share = Math.floor(left / (shown.length - i))
    const value = isText(shape) ? (body[name] as Texts) : textOfRows(body[name] as Record<string, Texts>[])
    const { beginning, language } = clipped(view, value, body.originalLanguage, share)
    left -= beginning.length
    return [
      html`<section>
        <h2>${fieldName(view, kind.name, name)}</h2>
        <p dir="auto">${inLanguage(view, beginning, language)}</p>
      </section>`,
    ]
  })
}

/** All rows as one text, in the languages that each of their texts has; else each in the first that it has. */
function textOfRows(rows: readonly Record<string, Texts>[]): Texts {
  const all = rows.flatMap((row) => Object.values(row))
  const shared = Object.keys(all[0] ?? {}).filter((tag) => all.every((one) => tag in one))
  const tags = shared.length > 0 ? shared : Object.keys(all[0] ?? {}).slice(0, 1)
  const lineIn = (row: Record<string, Texts>, tag: string) =>
    Object.values(row)
      .map((one) => one[tag] ?? Object.values(one)[0] ?? '')
      .join(' · ')
  return Object.fromEntries(tags.map((tag) => [tag, rows.map((row) => lineIn(row, tag)).join(' ')]))
}

function foot(view: View, { record, links, review }: Pick<Summary, 'record' | 'links' | 'review'>): Html {
  const { t, f } = view
  const { body } = record
  const licences = [body.licence ?? body.licences ?? []].flat() as string[]
  return html`<footer>
    <p>${t('summary.short')} <bdi class="long">${view.absolute(recordPath(record.id))}</bdi></p>
    <p>
      ${t('record.version')}${view.f.colon}${f.number(record.revision)}, ${f.day(record.changedAt.slice(0, 10))} ·
      ${t('record.review')}${view.f.colon}${t(`review.${review.state}`)}${review.at && html`, ${f.day(review.at.slice(0, 10))}`}${licences.length > 0 && html` · ${t('summary.licence')}${view.f.colon}${licences.map((code) => plainLabel(view, 'licences', code)).join(f.comma)}`}
    </p>
    <p dir="auto">${citationText({ ...view, titles: titlesOfLinked(view, links) }, record)}</p>
  </footer>`
}

/** Where this node makes no PDF: how any browser does. */
export const noPdfPage = (view: View, { name, path }: { name: string; path: string }): HttpResponse =>
  page(view, {
    title: view.t('summary.noPdfTitle'),
    // A program that asked for a PDF must not take this page for one.
    status: 501,
    unlisted: true,
    keep: false,
    main: html`<div class="prose">
      <h1>${view.t('summary.noPdfTitle')}</h1>
      <p class="lead">${view.t('summary.noPdf')}</p>
      <ol>
        <li>${view.t('summary.step1')} <a href="${view.href(path)}">${name}</a></li>
        <li>${view.t('summary.step2')}</li>
        <li>${view.t('summary.step3')}</li>
      </ol>
    </div>`,
  })
