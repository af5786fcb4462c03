/** The control for each thing a kind asks for, filled with what is known of it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { hasMessage } from '#kernel/i18n/messages.ts'
import type { FormField } from '#records/form/plan.ts'
import { pickField } from '#records/form/read.ts'
import { languageNamed as tagNamed, languagesLike } from '#records/vocabularies/language-names.ts'
import { codeNamed, nameToType, termsLike } from '#records/vocabularies/names.ts'
import { dateToType } from '#records/locale-values/dates.ts'
import { numberToType } from '#records/locale-values/numbers.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { isDescribable } from '#records/kind.ts'
import { recordPath } from './cards.ts'
import { recordToType, titleAndPlace } from './record-to-type.ts'
import type { StoredRecord } from '#records/record.ts'
import { choices, field, fieldId, select, type Choice, type Errors } from './forms.ts'
import { fieldName, languageNamed, plainLabel, plainTitle, textOf, type View } from './view.ts'

/** Records by field: those that it leads to, and, where a form shows them all, those that it may lead to. */
export type FormLinks = {
  chosen: ReadonlyMap<string, readonly StoredRecord[]>
  offered: ReadonlyMap<string, readonly StoredRecord[]>
  /** By what was typed: the records that may be meant. */
  typed?: ReadonlyMap<string, readonly StoredRecord[]>
}
export const noLinks: FormLinks = { chosen: new Map(), offered: new Map() }

type ControlOf = (member: FormField, path: string, value: unknown) => Html
export type FilesControl = (
  view: View,
  formField: FormField,
  value: unknown,
  filling: Filling,
  controlOf: ControlOf,
) => Html

export type Filling = {
  kind: string
  /** The language that the texts are written in. */
  language: string
  errors: Errors
  /** What was typed into fields that could not be read: pairs of field and text. */
  typed: ReadonlyMap<string, string>
  /** Shown beside a field: comments on it, what somebody else wrote meanwhile. */
  beside: (name: string) => Content
  /** The draft, for what only those see who may see it; and how large its files may be. */
  draft?: string
  megabytes?: number
  /** The control for files that are attached. */
  files?: FilesControl
  links?: FormLinks
  /** One more empty row in this list of groups. */
  more?: string | undefined
}

const emptyRows = 1

export function control(view: View, formField: FormField, value: unknown, filling: Filling): Html {
  const { beside, links = noLinks } = filling
  return html`${one(view, formField, formField.name, value, filling)}${leadsTo(view, links.chosen.get(formField.name))}${beside(formField.name)}`
}

/** What an address in a field is the address of. */
const leadsTo = (view: View, linked: readonly StoredRecord[] = []): Content =>
  linked.length > 0 &&
  html`<ul class="pinned">
    ${linked.map(({ id, body }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></li>`)}
  </ul>`

/**
 * Whose words a field is called and explained by. What a kind says of a field of its own is not meant for one of that name in
 * its rows: the title of a picture is no title of a record.
 */
const ownerOf = ({ site }: View, { kind }: Filling, path: string, name: string): string =>
  path !== name && name in (site.kinds?.get(kind)?.body.properties ?? {}) ? path.split('.')[0]! : kind

const hintOf = ({ t }: View, owner: string, { name, isList, control: how, field: of }: FormField): Content => {
  const own = hintAt(t, `hint.${owner}.${name}`) ?? hintAt(t, `hint.${name}`)
  const usual =
    how === 'lines'
      ? t('form.hint.lines')
      : how === 'names'
        ? t(namesHints[of.type === 'language' ? 'language' : 'other'][isList ? 'many' : 'one'])
        : of.type === 'date'
          ? t('form.hint.date')
          : of.type === 'link' && how !== 'select'
            ? t('form.hint.link')
            : ''
  return [own, usual].filter(Boolean).join(' ') || undefined
}

const namesHints = {
  language: { one: 'form.hint.language', many: 'form.hint.languages' },
  other: { one: 'form.hint.name', many: 'form.hint.names' },
} as const

const hintAt = (t: View['t'], key: string) => (hasMessage(key) ? t(key) : undefined)

function one(view: View, formField: FormField, path: string, value: unknown, filling: Filling): Html {
  const { control: how, isRequired } = formField
  const owner = ownerOf(view, filling, path, formField.name)
  const parts = {
    name: path,
    label: fieldName(view, owner, formField.name),
    hint: hintOf(view, owner, formField),
    errors: filling.errors,
    isRequired,
  }
  if (how === 'files' && filling.files)
    return filling.files(view, formField, value, filling, (member, place, known) =>
      one(view, member, place, known, filling),
    )
  if (how === 'groups') return groups(view, formField, path, value, filling)
  if (how === 'money' || how === 'place') return pair(view, formField, path, value, filling)
  if (how === 'boxes' || how === 'radios')
    return choices(view, { ...parts, ...revocable(view, formField, boxes(view, formField, value)) })
  if (how === 'flag')
    return choices(view, {
      ...parts,
      ...revocable(view, formField, {
        type: 'radio',
        values: value === undefined ? [] : [String(value)],
        of: (['true', 'false'] as const).map((one) => ({ value: one, label: view.t(`form.flag.${one}`) })),
      }),
    })
  const text = filling.typed.get(path) ?? textOfValue(view, formField, value, filling)
  const isOwn = formField.field.type === 'text' || formField.field.type === 'words'
  const language = isOwn ? html` lang="${filling.language}" dir="${directionOf(filling.language)}"` : html` dir="auto"`
  const limit = formField.max !== undefined && !formField.isList ? html` maxlength="${formField.max}"` : nothing
  if (how === 'select') {
    const known = formField.field.vocabulary
      ? terms(view, formField.field.vocabulary)
      : (filling.links?.offered.get(path) ?? []).map(({ id, body }) => ({ value: id, label: plainTitle(view, body) }))
    const chosen = String(value ?? '')
    // What is chosen stays chosen until somebody chooses otherwise, even where it is offered no more.
    const isKnown = !chosen || known.some((one) => one.value === chosen)
    const of = isKnown ? known : [{ value: chosen, label: chosen }, ...known]
    return select(view, { ...parts, value: chosen, empty: view.t('form.choose'), choices: of })
  }
  const isChosen = ['choice', 'language', 'link'].includes(formField.field.type)
  if (how === 'line' || how === 'number' || (how === 'names' && !formField.isList))
    return field(
      view,
      parts,
      (marks) =>
        html`<input${marks} type="text" value="${text}"${how === 'number' ? html` inputmode="decimal"` : nothing}${language}${isChosen ? nothing : limit}${isChosen && suggestedBy(view, formField)} />${isChosen && meant(view, formField, path, filling)}`,
    )
  const isInRow = path !== formField.name
  const rows = how === 'text' && !isInRow ? 7 : 3
  return field(
    view,
    parts,
    (marks) =>
      html`<textarea${marks} rows="${rows}"${language}${limit}${isChosen && suggestedBy(view, formField)}>\n${text}</textarea>${isChosen && meant(view, formField, path, filling)}`,
  )
}

/** For scripts: where to ask what a field may be filled with. */
function suggestedBy({ t, href }: View, { field: of }: FormField): Html {
  const asked =
    of.type === 'link'
      ? new URLSearchParams((of.to?.length ? of.to : ['']).map((kind) => ['kind', kind]))
      : new URLSearchParams({ list: of.type === 'language' ? 'languages' : (of.vocabulary ?? '') })
  return html` data-choices="${href(`/choices?${asked}`)}" data-find="${t('form.find')}" data-added="${t('form.added')}"`
}

/** What may be meant by each entry that was not understood; `none of these` leaves it to be mended. */
function meant(view: View, formField: FormField, path: string, { typed, links }: Filling): Content {
  const { field: of } = formField
  const lines = (typed.get(path) ?? '').split(/\r?\n/).map((line) => line.trim())
  return [...new Set(lines)].slice(0, mostMeant).map((line) => {
    const options = optionsFor(view, of, line, links)
    if (of.type === 'link' && options.length === 0 && links?.typed?.has(line)) return toDescribe(view, of, line)
    if (line === '' || options.length === 0) return nothing
    const name = pickField(path, line)
    return html`<fieldset class="meant">
      <legend>${view.t('form.meant', { text: line })}</legend>
      ${options.map(({ value, label }) => html`<label class="box"><input type="radio" name="${name}" value="${value}" /> <span dir="auto">${label}</span></label>`)}
      <label class="box"><input type="radio" name="${name}" value="" checked /> <span>${view.t('form.meantNone')}</span></label>
      ${of.type === 'link' && toDescribe(view, of, line)}
    </fieldset>`
  })
}
const mostMeant = 20

/** What has no record here is described first: which kinds it may be of, each with the way to begin. */
function toDescribe({ t, href, site }: View, { to = [] }: FormField['field'], line: string): Content {
  const kinds = to.filter((name) => {
    const kind = site.kinds.get(name)
    return kind !== undefined && isDescribable(kind)
  })
  if (kinds.length === 0) return nothing
  return html`<p class="note">
    ${t('form.notHereYet', { text: line })}
    ${kinds.map((name) => html`<a href="${href(`/share?kind=${name}`)}">${t('form.describe', { kind: t(`kind.${name}.one`) })}</a> `)}
  </p>`
}

function optionsFor(view: View, of: FormField['field'], line: string, links: FormLinks | undefined) {
  if (of.type === 'link')
    return (links?.typed?.get(line) ?? []).map((record) => ({ value: record.id, label: titleAndPlace(view, record) }))
  if (of.type === 'language')
    return tagNamed(line) === undefined
      ? languagesLike(line).map((tag) => ({ value: tag, label: languageNamed(view, tag) }))
      : []
  const list = of.vocabulary ?? ''
  return codeNamed(list, line) === undefined
    ? termsLike(list, line).map((code) => ({ value: code, label: plainLabel(view, list, code) }))
    : []
}

function linkToType(view: View, id: string, { chosen }: FormLinks = noLinks): string {
  const record = [...chosen.values()].flat().find((one) => one.id === id)
  return record ? recordToType(view, record) : id
}

type Offered = { type: 'radio' | 'checkbox'; values: readonly string[]; of: readonly Choice[] }

/** A button once pressed stays so: what need not be answered can be left unsaid again. */
const revocable = ({ t }: View, { isRequired }: FormField, offered: Offered): Offered =>
  offered.type === 'checkbox' || isRequired
    ? offered
    : {
        ...offered,
        values: offered.values.length > 0 ? offered.values : [''],
        of: [...offered.of, { value: '', label: t('compare.unsaid') }],
      }

const boxes = (view: View, { control: how, field: { vocabulary = '' } }: FormField, value: unknown) => ({
  type: how === 'radios' ? ('radio' as const) : ('checkbox' as const),
  values: [value ?? []].flat() as string[],
  of: terms(view, vocabulary),
})

const terms = (view: View, list: string) =>
  Object.keys(codeList(list)?.terms ?? {}).map((code) => ({ value: code, label: plainLabel(view, list, code) }))

/** A value as it would be typed. */
function textOfValue(view: View, { field: of }: FormField, value: unknown, { language, links }: Filling): string {
  if (value === undefined || value === null) return ''
  if (of.type === 'text') return (value as Record<string, string>)[language] ?? ''
  if (of.type === 'words') return ((value as Record<string, string[]>)[language] ?? []).join('\n')
  const told = (code: unknown): string =>
    of.type === 'choice'
      ? nameToType(of.vocabulary ?? '', String(code), view.language)
      : of.type === 'language'
        ? languageToType(view, String(code))
        : of.type === 'link'
          ? linkToType(view, String(code), links)
          : of.type === 'date'
            ? dateToType(String(code), view.language)
            : of.type === 'number'
              ? numberToType(code as number, view.language)
              : String(code)
  return [value].flat().map(told).join('\n')
}

/** Rows of fields that belong together, with one empty row at the end, and a button for more. */
function groups(view: View, formField: FormField, path: string, value: unknown, filling: Filling): Html {
  const { t } = view
  const error = filling.errors.get(path)
  const known = ((formField.isList ? value : value === undefined ? [] : [value]) ?? []) as Record<string, unknown>[]
  const rows = formField.isList ? known.length + emptyRows + (filling.more === path ? 2 : 0) : 1
  const label = fieldName(view, filling.kind, formField.name)
  const hint = hintOf(view, filling.kind, formField)
  return html`<fieldset class="${error ? 'field wrong' : 'field'}" id="${fieldId(path)}"${hint && html` aria-describedby="${fieldId(path)}-hint"`}>
    <legend>${label}${!formField.isRequired && html` <span class="soft">${t('form.optional')}</span>`}</legend>
    ${hint && html`<p class="hint" id="${fieldId(path)}-hint">${hint}</p>`} ${error && html`<p class="error">${error}</p>`}
    ${Array.from({ length: rows }, (_, row) => {
      const place = formField.isList ? `${path}.${row}` : path
      const members = formField.members.map((member) =>
        one(view, member, `${place}.${member.name}`, known[row]?.[member.name], filling),
      )
      return formField.isList
        ? html`<fieldset class="row">
            <legend class="soft">${t('form.row', { label, number: row + 1 })}</legend>
            ${members}
          </fieldset>`
        : html`<div class="row">${members}</div>`
    })}
    ${formField.isList && html`<button class="quiet" name="more" value="${path}">${t('form.more')}</button>`}
  </fieldset>`
}

function pair(view: View, formField: FormField, path: string, value: unknown, filling: Filling): Html {
  const error = filling.errors.get(path)
  const names = formField.control === 'money' ? (['amount', 'currency'] as const) : (['latitude', 'longitude'] as const)
  const known = (value ?? {}) as Record<string, unknown>
  return html`<fieldset class="${error ? 'field wrong' : 'field'}" id="${fieldId(path)}">
    <legend>${fieldName(view, filling.kind, formField.name)}${!formField.isRequired && html` <span class="soft">${view.t('form.optional')}</span>`}</legend>
    ${error && html`<p class="error">${error}</p>`}
    <div class="pair">
      ${names.map((name) => field(view, { name: `${path}.${name}`, label: view.t(`form.${name}`), errors: filling.errors }, (marks) => html`<input${marks} type="text" value="${filling.typed.get(`${path}.${name}`) ?? typedPart(view, known[name])}" dir="ltr"${name === 'currency' ? html` maxlength="60" size="12"` : html` inputmode="${name === 'amount' ? 'decimal' : 'text'}"`} />`))}
    </div>
  </fieldset>`
}

const typedPart = (view: View, value: unknown): string =>
  typeof value === 'number' ? numberToType(value, view.language) : String(value ?? '')

/** By its name where that is read back as the same, else by its tag. */
export function languageToType(view: View, tag: string): string {
  const name = languageNamed(view, tag)
  return tagNamed(name) === tag ? name : tag
}
