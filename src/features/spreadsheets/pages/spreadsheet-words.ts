/** Words of a table that were not recognised, and what each stands for in all rows. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { languagesLike } from '#records/vocabularies/language-names.ts'
import { termsLike } from '#records/vocabularies/names.ts'
import type { Kind } from '#records/kind.ts'
import { fieldId, form, type Errors } from '#ui/forms.ts'
import { languageNamed, plainLabel, type View } from '#ui/view.ts'
import type { Preview, WordCount } from '../shapes.ts'
import { targetLabel } from '../targets.ts'
import { asNote, ignored, listOf } from '../words.ts'
import { sheetPath } from './spreadsheets.ts'

const mostShown = 60
/** Lists of no more terms are offered whole; of longer ones what may be meant, and a field to type another. */
const shortList = 60

export function wordsPart(view: View, kind: Kind, { sheet, words }: Preview, errors: Errors): Content {
  if (words.length === 0) return false
  const { t } = view
  const shown = words.slice(0, mostShown)
  const typed = [...new Set(shown.map(({ field }) => listOf(kind, field) ?? ''))].filter(isLong)
  return html`<div class="narrow">
    <h2 id="words">${t('sheet.words.title')}</h2>
    <p>${t('sheet.words.lead')}</p>
    ${typed.filter((list) => list !== 'languages').map((list) => html`<datalist id="terms-${list}">${Object.keys(codeList(list)?.terms ?? {}).map((code) => html`<option value="${plainLabel(view, list, code)}"></option>`)}</datalist>`)}
    ${form(
      view,
      sheetPath(sheet.id, 'words'),
      html`${shown.map((word, at) => wordFields(view, kind, { word, at, error: errors.get(`words.${at}`) }))}
        ${words.length > shown.length && html`<p class="soft">${t('sheet.words.more', { count: words.length - shown.length })}</p>`}
        <button>${t('sheet.words.button')}</button>`,
    )}
  </div>`
}

const isLong = (list: string): boolean =>
  list === 'languages' || Object.keys(codeList(list)?.terms ?? {}).length > shortList

const termLabel = (view: View, list: string, code: string): string =>
  list === 'languages' ? languageNamed(view, code) : plainLabel(view, list, code)

function wordFields(
  view: View,
  kind: Kind,
  { word: { field: path, word, to, count }, at, error }: { word: WordCount; at: number; error: string | undefined },
): Html {
  const { t } = view
  const list = listOf(kind, path) ?? ''
  const like = list === 'languages' ? languagesLike(word) : termsLike(list, word)
  const isCode = to !== '' && to !== ignored && to !== asNote && !error
  const codes = isLong(list)
    ? [...new Set([...(isCode ? [to] : []), ...like])]
    : [...new Set([...like, ...Object.keys(codeList(list)?.terms ?? {})])]
  const [toId, termId] = [fieldId(`words.${at}`), fieldId(`term.${at}`)]
  const option = (value: string, label: string) =>
    html`<option value="${value}"${value === to && html` selected`}>${label}</option>`
  return html`<fieldset class="row">
    <legend><bdi>${word}</bdi> <span class="soft">${targetLabel(kind, path, view.language)} · ${t('sheet.words.count', { count })}</span></legend>
    <input type="hidden" name="word.${at}" value="${word}" /><input type="hidden" name="field.${at}" value="${path}" />
    ${error && html`<p class="error">${error}</p>`}
    <div class="pair">
      <div class="field">
        <label for="${toId}">${t('sheet.words.to')}</label>
        <select id="${toId}" name="to.${at}">
          ${option('', t('sheet.words.keep'))} ${option(ignored, t('sheet.words.ignore'))} ${option(asNote, t('sheet.words.note'))}
          ${codes.length > 0 && html`<optgroup label="${t('sheet.words.terms')}">${codes.map((code) => option(code, termLabel(view, list, code)))}</optgroup>`}
        </select>
      </div>
      ${
        isLong(list) &&
        html`<div class="field">
          <label for="${termId}">${t('sheet.words.other')}</label>
          <input id="${termId}" name="term.${at}" type="text" dir="auto" value="${error ? to : ''}" maxlength="300"${list !== 'languages' && html` list="terms-${list}"`} />
        </div>`
      }
    </div>
  </fieldset>`
}
