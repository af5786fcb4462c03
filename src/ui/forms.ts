/** The parts of forms: a label and a hint at each field, errors at the field and gathered above, linked to one another. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Violation } from '#kernel/problem.ts'
import { ruleWords } from './problem-words.ts'
import type { View } from './view.ts'

/** What was wrong with the values of a form, by field: the first of each, and all entries that are not known. */
export type Errors = ReadonlyMap<string, string>

const entryRules = new Set(['unknownName', 'nearName', 'recordLink'])

/** The field of a form that a place belongs to: `title` for `title.en`, and for `body.title` where an operation takes a body. */
function fieldAt(place: string, fields: readonly string[]): string | undefined {
  const names = place.split('.')
  for (let start = 0; start < names.length; start++)
    for (let end = names.length; end > start; end--) {
      const name = names.slice(start, end).join('.')
      if (fields.includes(name)) return name
    }
  return undefined
}

/** The errors of a form in words; a place within a field, such as `title.en`, belongs to the nearest field that there is. */
export function errorsOf(view: View, violations: readonly Violation[], fields: readonly string[]): Errors {
  const errors = new Map<string, string>()
  for (const violation of violations) {
    const name = fieldAt(violation.place, fields) ?? fields[0]!
    const words = ruleWords(view, violation)
    const said = errors.get(name)
    if (said === undefined) errors.set(name, words)
    // Of a list, each entry that is not known is named: they are mended at one go.
    else if (entryRules.has(violation.rule) && !said.includes(words)) errors.set(name, `${said} · ${words}`)
  }
  return errors
}

export const fieldId = (name: string) => `f-${name.replaceAll(/[^\w-]/g, '-')}`

/** Above a form that was not taken: what to mend, each a link to its field. */
export function errorSummary({ t, f }: View, errors: Errors, labelOf: (name: string) => string): Html {
  if (errors.size === 0) return nothing
  return html`<div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1">
    <h2 id="errors-title">${t('form.errors')}</h2>
    <ul>
      ${[...errors].map(([name, words]) => html`<li><a href="#${fieldId(name)}">${labelOf(name)}${f.colon}${words}</a></li>`)}
    </ul>
  </div>`
}

export type FieldParts = {
  name: string
  label: Content
  hint?: Content
  errors: Errors
  isRequired?: boolean
  /** Tells it apart where a page has several fields of that name; the summary leads to the one without. */
  part?: string | undefined
}

const idOf = ({ name, part }: Pick<FieldParts, 'name' | 'part'>) => fieldId(part ? `${part}.${name}` : name)

const describedBy = (id: string, hint: Content, error: string | undefined) => {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean)
  return ids.length > 0 ? html` aria-describedby="${ids.join(' ')}"` : nothing
}

/** A label, what helps, what is wrong, and the control. */
export function field(view: View, parts: FieldParts, control: (marks: Html) => Html): Html {
  const { name, label, hint, errors, isRequired = true } = parts
  const error = errors.get(name)
  const id = idOf(parts)
  const marks = html` id="${id}" name="${name}"${describedBy(id, hint, error)}${error ? html` aria-invalid="true"` : nothing}`
  return html`<div class="${error ? 'field wrong' : 'field'}">
    <label for="${id}">${label}${!isRequired && html` <span class="soft">${view.t('form.optional')}</span>`}</label>
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${error && html`<p class="error" id="${id}-error">${error}</p>`}
    ${control(marks)}
  </div>`
}

type Input = FieldParts & {
  value?: string
  type?: string
  autocomplete?: string
  max?: number
  direction?: 'ltr' | 'auto'
}

export const input = (
  view: View,
  { value = '', type = 'text', autocomplete, max, direction = 'auto', ...parts }: Input,
): Html =>
  field(
    view,
    parts,
    (marks) =>
      html`<input${marks} type="${type}" value="${type === 'password' ? '' : value}" dir="${direction}"${autocomplete ? html` autocomplete="${autocomplete}"` : nothing}${max ? html` maxlength="${max}"` : nothing} />`,
  )

export type Choice = { value: string; label: Content; hint?: Content }

export const select = (
  view: View,
  {
    choices,
    value = '',
    empty,
    ...parts
  }: FieldParts & { choices: readonly Choice[]; value?: string; empty?: Content },
): Html =>
  field(
    view,
    parts,
    (marks) =>
      html`<select${marks}>
        ${empty !== undefined && html`<option value="">${empty}</option>`}
        ${choices.map((one) => html`<option value="${one.value}"${one.value === value && html` selected`}>${one.label}</option>`)}
      </select>`,
  )

/** Some of a few, or one of them: boxes or buttons under one legend. */
export function choices(
  { t }: View,
  {
    name,
    label,
    hint,
    errors,
    isRequired = true,
    of,
    values,
    type = 'checkbox',
    further,
    part,
  }: FieldParts & {
    of: readonly Choice[]
    values: readonly string[]
    type?: 'checkbox' | 'radio'
    /** Choices that few look for, folded away under these words until one is chosen. */
    further?: { label: string; of: readonly Choice[] }
  },
): Html {
  const error = errors.get(name)
  const id = idOf({ name, part })
  const box = (one: Choice, at?: number) =>
    html`<label class="box"><input type="${type}" name="${name}" value="${one.value}"${at === 0 && html` id="${id}"`}${values.includes(one.value) && html` checked`} /> <span>${one.label}${one.hint && html` <span class="hint">${one.hint}</span>`}</span></label>`
  return html`<fieldset class="${error ? 'field wrong' : 'field'}"${describedBy(id, hint, error)}>
    <legend>${label}${!isRequired && html` <span class="soft">${t('form.optional')}</span>`}</legend>
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    ${error && html`<p class="error" id="${id}-error">${error}</p>`}
    <div class="boxes">${of.map(box)}</div>
    ${
      further &&
      html`<details${further.of.some(({ value }) => values.includes(value)) && html` open`}>
        <summary>${further.label}</summary>
        <div class="boxes">${further.of.map((one) => box(one))}</div>
      </details>`
    }
  </fieldset>`
}

/** A form that sends to this node; of a session, with the mark that other sites do not know. */
export const form = (
  { session, href }: View,
  path: string,
  content: Content,
  { takesFiles = false }: { takesFiles?: boolean } = {},
): Html =>
  html`<form method="post" action="${href(path)}" class="form" novalidate${takesFiles && html` enctype="multipart/form-data"`}>
    ${session && html`<input type="hidden" name="csrf" value="${session.csrf}" />`} ${content}
  </form>`

/** A form of a single button. */
export const press = (view: View, path: string, words: Content, hidden: Readonly<Record<string, string>> = {}): Html =>
  form(
    view,
    path,
    html`${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}<button class="quiet">${words}</button>`,
  )
