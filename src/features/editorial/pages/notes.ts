/** What a table said of a draft and no field took: all of it, and one note on its way into a field. */
import { html, type Content } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { stepsOf } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import { errorSummary, field, fieldId, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, type View } from '#ui/view.ts'
import { fieldsForNotes, type DraftNote } from '../drafts/notes.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { draftPath, draftTitle } from './draft.ts'

export const notesPath = (draft: string, note?: string) => `/drafts/${draft}/notes${note ? `/${note}` : ''}`

type Parts = { draft: DraftShape; kind: Kind }

const crumbsTo = (view: View, draft: DraftShape, isOne: boolean) =>
  crumbs(view, [
    { name: view.t('nav.desk'), path: '/desk' },
    { name: draftTitle(view, draft), path: draftPath(draft.id) },
    ...(isOne ? [{ name: view.t('notes.title'), path: notesPath(draft.id) }] : []),
  ])

const nameOf = (view: View, kind: Kind, { name, field: of }: DraftNote) =>
  name || (of ? fieldName(view, kind.name, of) : view.t('notes.unnamed'))

export function notesPage(view: View, { draft, kind, notes }: Parts & { notes: readonly DraftNote[] }): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('notes.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbsTo(view, draft, false)}
      <div class="narrow">
        <h1>${t('notes.title')}</h1>
        <p class="lead">${t('notes.lead')}</p>
        ${notes.length === 0 && html`<p>${t('notes.none')}</p>`}
        <dl>
          ${notes.map((note) => html`<dt dir="auto">${nameOf(view, kind, note)}</dt><dd><span dir="auto">${note.text}</span> ${draft.mayWrite && html`<a href="${href(notesPath(draft.id, note.id))}">${t('notes.open')}<span class="hidden"> ${nameOf(view, kind, note)}</span></a>`}</dd>`)}
        </dl>
        <p><a href="${href(draftPath(draft.id))}">${t('draft.overview')}</a></p>
      </div>`,
  })
}

export function notePage(
  view: View,
  { draft, kind, note }: Parts & { note: DraftNote },
  errors: Errors = new Map(),
  typed: Readonly<Record<string, string>> = {},
): HttpResponse {
  const { t, href } = view
  const title = nameOf(view, kind, note)
  const offered = fieldsForNotes(kind)
  const chosen = typed.field ?? note.field
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbsTo(view, draft, true)}
      <div class="narrow">
        <h1><bdi>${title}</bdi></h1>
        ${errorSummary(view, errors, (place) => t(place === 'field' ? 'notes.field' : 'notes.text'))}
        ${form(
          view,
          notesPath(draft.id, note.id),
          html`${field(view, { name: 'text', label: t('notes.text'), hint: t('notes.textHint'), errors, isRequired: true }, (marks) => html`<textarea${marks} rows="5" dir="auto">\n${typed.text ?? note.text}</textarea>`)}
            ${field(
              view,
              { name: 'field', label: t('notes.field'), hint: t('notes.fieldHint'), errors, isRequired: true },
              (marks) => html`<select${marks}>
                <option value="">${t('form.choose')}</option>
                ${stepsOf(kind).map((step) => {
                  const own = offered.filter((one) => step.asked.some(({ name }) => name === one.name))
                  return (
                    own.length > 0 &&
                    html`<optgroup label="${t(`step.${step.name}`)}">${own.map(({ name }) => html`<option value="${name}"${name === chosen && html` selected`}>${fieldName(view, kind.name, name)}</option>`)}</optgroup>`
                  )
                })}
              </select>`,
            )}
            <div class="row">
              <button>${t('notes.take')}</button>
              <button class="quiet" name="go" value="delete" formnovalidate>${t('notes.delete')}</button>
            </div>`,
        )}
        <p><a href="${href(notesPath(draft.id))}">${t('notes.back')}</a></p>
      </div>`,
  })
}

/** On the page of a draft: that there are some. */
export const notesLink = ({ t, href }: View, draft: string, count: number): Content =>
  count > 0 && html`<p class="note"><a href="${href(notesPath(draft))}">${t('notes.count', { count })}</a></p>`

/** Beside a field: what its table said there, and what did not fit. */
export function notesBeside({ t, href }: View, draft: string, field: string, notes: readonly DraftNote[]): Content {
  const own = notes.filter((note) => note.field === field)
  return (
    own.length > 0 &&
    html`<ul class="pinned">
      ${own.map((note) => html`<li>${t('notes.unfit')} <bdi>${note.text.slice(0, 300)}</bdi> <a href="${href(notesPath(draft, note.id))}" id="${fieldId(field)}-note-${note.id}">${t('notes.open')}</a></li>`)}
    </ul>`
  )
}
