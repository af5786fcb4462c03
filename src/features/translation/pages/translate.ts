/** A record and its translation side by side: each text, what it said when it was last translated, and room for the new. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import { isOutOfDate, type StoredRecord } from '#records/record.ts'
import { textsIn, type TextAt } from '#records/translatable-text.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, field, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { translatePath, translationNotice } from '#ui/translation-notice.ts'
import { fieldName, languageWithin, paragraphsOf, textOf, type View } from '#ui/view.ts'

export type Translating = {
  kind: Kind
  record: StoredRecord
  language: string
  /** Whether it is published at once, or waits until it is accepted. */
  right: 'publish' | 'suggest'
  /** One’s own suggestion that waits: it is shown in place of what readers see, and renewed. */
  suggested?: Readonly<Record<string, string>>
  /** The version that the translation there is was made from; nothing where that is the newest, or none. */
  before: StoredRecord | undefined
  /** What was typed, by place, where the form was not taken. */
  typed?: ReadonlyMap<string, string>
  isConflict?: boolean
  errors?: Errors
}

const longestLine = 300
const none: Errors = new Map()

export const translatablesOf = (kind: Kind, record: StoredRecord): TextAt[] =>
  textsIn(kind, record.body).filter(({ texts }) => texts[record.body.originalLanguage] !== undefined)

/** `problemsMet.0.trouble` → “Problems met 1: What went wrong”. */
export function placeName(view: View, kind: Kind, place: string): string {
  const [first, ...rest] = place.split('.')
  const names = rest.map((part) => (/^\d+$/.test(part) ? view.f.number(Number(part) + 1) : view.t(`field.${part}`)))
  return [fieldName(view, kind.name, first!), ...names].join(' · ')
}

export function translatePage(view: View, parts: Translating): HttpResponse {
  const { t } = view
  const { kind, record, language, typed, right, suggested, isConflict = false, errors = none } = parts
  const { originalLanguage, title } = record.body
  const [from, to] = [languageWithin(view, originalLanguage), languageWithin(view, language)]
  const name = t('translate.title', { language: to })
  const isMachine = typed ? typed.get('machine') === 'true' : record.translations[language]?.machine === true
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: name }) : name,
    status: isConflict ? 409 : errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, title, originalLanguage), path: recordPath(record.id) }])}
      <h1>${name}</h1>
      <p class="lead">${t('translate.lead', { from, to })}</p>
      ${right === 'suggest' && html`<p class="note">${t('translate.isSuggestion')}</p>`}
      ${suggested && html`<p class="notice">${t('translate.renewsOwn')}</p>`}
      ${madeFrom(view, parts)} ${isConflict && html`<p class="errors" role="alert">${t('translate.conflict')}</p>`}
      ${errorSummary(view, errors, (place) => placeName(view, kind, place))}
      ${form(
        view,
        translatePath(record.id, language),
        html`<input type="hidden" name="revision" value="${record.revision}" />
          ${translatablesOf(kind, record).map((text) => pair(view, parts, text, errors))}
          <label class="box"><input type="checkbox" name="machine" value="true"${isMachine && html` checked`} /> <span>${t('translate.machine')} <span class="hint">${t('translate.machineHint')}</span></span></label>
          <button>${t(right === 'suggest' ? 'translate.suggestButton' : 'translate.button')}</button>`,
      )}`,
  })
}

function madeFrom(view: View, { record, language }: Translating): Content {
  const made = record.translations[language]
  const version = (revision: number) => view.f.number(revision)
  return html`${translationNotice({ ...view, language: language as View['language'] }, record)}
    <p>
      ${view.t('translate.from', { revision: version(record.revision) })}
      ${made && isOutOfDate(record, language) && view.t('translate.before', { revision: version(made.ofRevision) })}
    </p>`
}

/** The original with what it said before, and the field for its translation. */
function pair(view: View, parts: Translating, { place, texts, max }: TextAt, errors: Errors): Html {
  const { kind, record, language, before, typed, suggested } = parts
  const { originalLanguage } = record.body
  const words = texts[originalLanguage]!
  const then = before && wordsAt(kind, before, place)
  const isChanged = before !== undefined && then !== words
  const rows = Math.min(16, Math.max(words.length > longestLine ? 5 : 2, Math.ceil(words.length / 60)))
  const value = typed?.get(place) ?? suggested?.[place] ?? texts[language] ?? ''
  return html`<div class="sides">
    <div>
      <h2>${placeName(view, kind, place)}</h2>
      ${paragraphsOf(view, { [originalLanguage]: words })}
      ${
        isChanged &&
        html`<div class="note">
          <p>${view.t(then === undefined ? 'translate.isNew' : 'translate.then')}</p>
          ${then !== undefined && html`<del>${paragraphsOf(view, { [originalLanguage]: then })}</del>`}
        </div>`
      }
    </div>
    ${field(
      view,
      {
        name: place,
        label: html`${placeName(view, kind, place)} <span class="soft">(${languageWithin(view, language)})</span>`,
        errors,
      },
      (marks) =>
        html`<textarea${marks} rows="${rows}" lang="${language}" dir="${directionOf(language)}"${max ? html` maxlength="${max}"` : undefined}>\n${value}</textarea>`,
    )}
  </div>`
}

const wordsAt = (kind: Kind, { body }: StoredRecord, place: string): string | undefined =>
  textsIn(kind, body).find((one) => one.place === place)?.texts[body.originalLanguage]
