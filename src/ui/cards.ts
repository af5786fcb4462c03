/** A record in a list: its title, its kind, the facts that tell most, the beginning of its text. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { onOneLine } from '#kernel/i18n/spaces.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import { isBare } from '#records/bare.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { areaOf, faceOf, languageMark, outcomeBadge, polarityBadge } from './badges.ts'
import { markIfDemonstration } from './demonstration.ts'
import { fieldName, inLanguage, label, languageNamed, textOf, withoutRegion, type View } from './view.ts'

const excerptLength = 170
const mostValues = 4
const introductions = ['summary', 'description', 'problem', 'definition', 'citation', 'note']

const saidByBadges = ['outcome', 'polarity']

export const recordPath = (id: string) => `/records/${id}`

/** Names the title of a card on its page, for links and boxes that are about its record: whoever hears them hears the title too. */
export const titleId = ({ number }: Pick<StoredRecord, 'number'>) => `t${number}`

/** @param isNamed its title is named by {@link titleId}; a page that shows a record twice may name one of them */
export function card(
  view: View,
  kind: Kind,
  record: StoredRecord,
  headingLevel: 2 | 3 = 3,
  more: Content = nothing,
  isNamed = false,
): Html {
  const { body } = record
  const heading = html`<a${isNamed && html` id="${titleId(record)}"`} href="${view.href(recordPath(record.id))}"
    >${textOf(view, body.title, body.originalLanguage)}</a
  >`
  const facts = lineOf(view, kind, record, saidByBadges)
  const face = faceOf(view, record)
  return html`<li class="card ${face ? 'faced' : ''}">
    ${face && html`<p class="face ${areaOf(record)}">${face}</p>`}
    <div>
      <p class="kind">${view.t(`kind.${kind.name}.one`)} ${outcomeBadge(view, body.outcome)} ${polarityBadge(view, body.polarity)} ${languageMark(view, record)} ${markIfDemonstration(view, record)}</p>
      ${headingLevel === 2 ? html`<h2>${heading}</h2>` : html`<h3>${heading}</h3>`}${excerptOf(view, body)}${facts.length > 0 && html`<p class="facts">${joined(facts, ' · ')}</p>`}${more}
    </div>
  </li>`
}

/** Below a drawing of what was found: what it is, without a word of what it says. */
export const briefCard = (view: View, kind: Kind, record: StoredRecord, more: Content = nothing): Html =>
  html`<li class="card">
    <p class="kind">${view.t(`kind.${kind.name}.one`)} ${outcomeBadge(view, record.body.outcome)} ${languageMark(view, record)} ${markIfDemonstration(view, record)}</p>
    <h2><a id="${titleId(record)}" href="${view.href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a></h2>
    ${more}
  </li>`

function excerptOf(view: View, body: StoredRecord['body']): Content {
  const found = introductions.map((name) => body[name]).find(Boolean)
  if (!found) return isBare(body) && html`<p class="bare">${view.t('card.bare')}</p>`
  if (typeof found === 'string') return html`<p>${inItsDirection(view, beginningOf(found), body.originalLanguage)}</p>`
  const { text, language } = bestText(found as Texts, view.language, body.originalLanguage)
  return html`<p>${inLanguage(view, beginningOf(text), language)}</p>`
}

function beginningOf(text: string): string {
  const plain = onOneLine(text)
  if (plain.length <= excerptLength) return plain
  const cut = plain.slice(0, excerptLength)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), excerptLength - 40))}…`
}

/** A line that is not kept by language, such as how a work is cited: most likely in that of its record, written as its letters run. */
const inItsDirection = ({ language }: View, line: string, original: string): Html =>
  html`<bdi${original !== language && html` lang="${original}"`}>${line}</bdi>`

const telling = new WeakMap<Kind, readonly FieldAt[]>()

/** The fields of the line of a kind, in its order; the same for each of its records. */
function tellingFields(kind: Kind): readonly FieldAt[] {
  const known = telling.get(kind)
  if (known) return known
  const found = fieldsOf(kind)
    .filter(({ name, field }) => kind.line.includes(name) && field.type !== 'link')
    .sort((a, b) => kind.line.indexOf(a.name) - kind.line.indexOf(b.name))
  telling.set(kind, found)
  return found
}

/** A language without its country, once; and no code with which the title begins already, as those of a curriculum do. */
function shownInLine({ type }: Field, values: readonly unknown[], title: string): readonly unknown[] {
  if (type === 'language') return [...new Set(values.map((tag) => withoutRegion(String(tag))))]
  return type === 'string' ? values.filter((value) => !beginsWith(title, String(value))) : values
}

const beginsWith = (title: string, code: string): boolean =>
  title.startsWith(code) && !/^[\p{L}\p{N}]/u.test(title.slice(code.length))

/** The kind's telling facts, in words. */
export function lineOf(
  view: View,
  kind: Kind,
  { body }: Pick<StoredRecord, 'body'>,
  except: readonly string[] = [],
): Html[] {
  const here = withinRecord(view, body)
  const title = bestText(body.title, view.language, body.originalLanguage).text
  return tellingFields(kind).flatMap(({ name, field, valuesIn }) => {
    const values = shownInLine(field, valuesIn(body), title)
    if (values.length === 0 || except.includes(name)) return []
    const words = joined(
      values.slice(0, mostValues).map((value) => leaf(here, field, value)),
      view.f.comma,
    )
    // A number among words says nothing without what it counts.
    const shown = field.type === 'number' ? html`${fieldName(view, kind.name, name)}${view.f.colon}${words}` : words
    return [values.length > mostValues ? html`${shown} +${values.length - mostValues}` : shown]
  })
}

/** One value of a field as a reader sees it. */
export function leaf(view: View, field: Field, value: unknown): Html {
  const { f } = view
  switch (field.type) {
    case 'choice':
      return label(view, field.vocabulary!, String(value))
    case 'language':
      return html`${value === 'und' ? view.t('home.notTold') : languageNamed(view, String(value))}`
    case 'text':
      return textOf(view, value as Texts)
    case 'date':
      return html`<time datetime="${String(value)}">${f.day(String(value))}</time>`
    case 'year':
      return html`${String(value)}`
    case 'number':
      return html`${field.isSigned ? `\u2066${f.signed(Number(value))}\u2069` : f.decimal(Number(value))}`
    case 'flag':
      return html`${view.t(value ? 'answer.yes' : 'answer.no')}`
    case 'money': {
      const { amount, currency } = value as { amount: number; currency: string }
      return html`${f.money(amount, currency)}`
    }
    case 'place': {
      const { latitude, longitude } = value as { latitude: number; longitude: number }
      return html`<bdi dir="ltr">${latitude.toFixed(2)}, ${longitude.toFixed(2)}</bdi>`
    }
    case 'url':
      return html`<a href="${String(value)}" rel="external"
        ><bdi
          >${String(value)
            .replace(/^https?:\/\/(www\.)?/, '')
            .replace(/\/$/, '')
            .slice(0, 80)}</bdi
        ></a
      >`
    case 'string':
      return wordsAsWritten(view, field, String(value))
    default:
      return html`<bdi>${String(value)}</bdi>`
  }
}

/** For values of a record: its words that are not kept by language are most likely in the one it was written in. */
export const withinRecord = (view: View, { originalLanguage }: StoredRecord['body']): View => ({
  ...view,
  recordLanguage: originalLanguage,
})

/** By the name that is usual in the reader's language, where there is one. */
function wordsAsWritten(view: View, { usual }: Field, words: string): Html {
  if (usual && termOf(usual, words)) return label(view, usual, words)
  return inItsDirection(view, words, view.recordLanguage ?? view.language)
}
