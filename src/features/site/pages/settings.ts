/** How the site presents itself, for its operators: one form, and the way back to earlier versions. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { fileAddress, attachmentsIn } from '#records/attachment.ts'
import type { FormField } from '#records/form/plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { control, type FormLinks } from '#ui/controls.ts'
import { errorSummary, field, form, press, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, languageWithin, type View } from '#ui/view.ts'
import { siteProfile } from '../site.ts'

export type Typed = {
  record: StoredRecord | null
  earlier: readonly StoredRecord[]
  body: Readonly<Record<string, unknown>>
  errors: Errors
  unread: ReadonlyMap<string, string>
  saved: boolean
  links: FormLinks
}

export function settingsPage(view: View, asked: readonly FormField[], parts: Typed): HttpResponse {
  const { t } = view
  const { record, earlier, body, errors, unread, saved, links } = parts
  const title = t('site.title')
  const filling = {
    kind: siteProfile.name,
    language: view.language,
    errors,
    typed: unread,
    links,
    beside: () => undefined,
  }
  const label = (place: string) =>
    place === 'logo' ? t('site.logo') : fieldName(view, siteProfile.name, place.split('.')[0]!)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${saved && html`<p class="note" role="status">${t('site.saved')}</p>`}
        ${errorSummary(view, errors, label)}
        <p class="lead">${t('site.lead')}</p>
        <p>${t('site.language', { language: languageWithin(view, view.language) })}</p>
        ${form(
          view,
          '/settings',
          html`<input type="hidden" name="revision" value="${record?.revision ?? 0}" />
            ${asked.map((one) => control(view, one, body[one.name] ?? undefined, filling))}
            ${logoField(view, body, errors)}
            <button>${t('form.save')}</button>`,
          { takesFiles: true },
        )}
        ${record && earlier.length > 0 && versions(view, record, earlier)}
      </div>`,
  })
}

function logoField(view: View, body: Readonly<Record<string, unknown>>, errors: Errors): Html {
  const { t } = view
  const [logo] = attachmentsIn(body)
  return html`${
    logo &&
    html`<p><img src="${fileAddress(logo)}" alt="${t('site.logoNow')}" height="48" /></p>
      <label class="box" for="f-removeLogo"><input id="f-removeLogo" type="checkbox" name="removeLogo" value="1" /> ${t('site.logoRemove')}</label>`
  }
    ${field(view, { name: 'logo', label: t('site.logo'), hint: t('site.logoHint'), errors, isRequired: false }, (marks) => html`<input${marks} type="file" accept="image/png,image/jpeg,image/webp" />`)}`
}

function versions(view: View, { revision }: StoredRecord, earlier: readonly StoredRecord[]): Html {
  const { t, f } = view
  return html`<h2>${t('site.earlier')}</h2>
    <ul>
      ${earlier.map((one) => html`<li>${f.time(one.changedAt)}${view.f.colon}<bdi>${one.body.title[one.body.originalLanguage] ?? ''}</bdi> ${press(view, '/settings/bring-back', t('site.bringBack', { version: one.revision }), { revision: String(revision), version: String(one.revision) })}</li>`)}
    </ul>`
}
