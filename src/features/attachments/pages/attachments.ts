/** Pictures and documents: on the page of a record, and in the form where they are brought. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { attachmentsIn, fileAddress, isPicture, type Attachment } from '#records/attachment.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import type { FilesControl } from '#ui/controls.ts'
import { field, fieldId } from '#ui/forms.ts'
import { fieldName, plainLabel, textOf, type View } from '#ui/view.ts'

const accepted = '.png,.jpg,.jpeg,.webp,.gif,.pdf,.odt,.ods,.odp,.docx,.xlsx,.pptx'

const plainText = (view: View, texts: Texts | undefined, original: string): string =>
  texts?.[view.language] ?? texts?.[original] ?? Object.values(texts ?? {})[0] ?? ''

export function attachmentsPart(view: View, { body }: Pick<StoredRecord, 'body'>): Content {
  const all = attachmentsIn(body)
  if (all.length === 0) return nothing
  return html`<section aria-labelledby="attachments">
    <h2 id="attachments">${fieldName(view, '', 'attachments')}</h2>
    ${attachmentsShown(view, all, body.originalLanguage)}
  </section>`
}

/** Pictures, then documents. `draft`: for those who read them before they are published. */
export function attachmentsShown(view: View, all: readonly Attachment[], original: string, draft?: string): Html {
  const [pictures, documents] = [all.filter(isPicture), all.filter((one) => !isPicture(one))]
  return html`${pictures.map((one) => html`<figure class="picture">${picture(view, one, original, draft)}${caption(view, one, original)}</figure>`)}
    ${documents.length > 0 && html`<ul class="links">${documents.map((one) => html`<li><a href="${fileAddress(one, draft)}">${one.title ? textOf(view, one.title, original) : html`<bdi>${one.name}</bdi>`}</a> <span class="small">${told(view, one)}${rights(view, one)}</span></li>`)}</ul>`}`
}

const picture = (view: View, one: Attachment, original: string, draft?: string): Html =>
  html`<img src="${fileAddress(one, draft)}" alt="${plainText(view, one.alternative, original)}"${one.width && one.height && html` width="${one.width}" height="${one.height}"`} loading="lazy" decoding="async" />`

function caption(view: View, one: Attachment, original: string): Content {
  const by = rights(view, one)
  if (!one.title && !by) return nothing
  return html`<figcaption>${one.title && textOf(view, one.title, original)}${by}</figcaption>`
}

const rights = (view: View, { credit, licence }: Attachment): Content =>
  (credit || licence) &&
  html` <span class="soft">· ${credit && html`<bdi>${credit}</bdi>`}${credit && licence && ', '}${licence && plainLabel(view, 'licences', licence)}</span>`

const endings: Record<string, string> = { 'application/pdf': 'PDF' }
const typeName = ({ mediaType, name }: Attachment) =>
  endings[mediaType] ?? name.split('.').at(-1)!.toUpperCase().slice(0, 5)

const kilobyte = 1024
/** `PDF, 340 kB`: what it costs to open it. */
const told = (view: View, one: Attachment): string =>
  view.t('file.told', { type: typeName(one), kilobytes: Math.max(1, Math.round(one.bytes / kilobyte)) })

const texts = ['title', 'alternative', 'licence', 'credit']

/** What is there, each with its texts and a box to take it away; and room for one more. */
export const fileRows: FilesControl = (view, formField, value, filling, controlOf) => {
  const { t } = view
  const { name: path } = formField
  const error = filling.errors.get(path)
  const members = texts.map((name) => formField.members.find((one) => one.name === name)!)
  const fieldsOf = (place: string, one?: Attachment) =>
    members
      .filter(({ name }) => name !== 'alternative' || !one || isPicture(one))
      .map((member) => (member.name === 'alternative' && one ? { ...member, isRequired: true } : member))
      .map((member) => controlOf(member, `${place}.${member.name}`, one?.[member.name as keyof Attachment]))
  return html`<fieldset class="${error ? 'field wrong' : 'field'}" id="${fieldId(path)}">
    <legend>${fieldName(view, filling.kind, path)} <span class="soft">${t('form.optional')}</span></legend>
    ${error && html`<p class="error">${error}</p>`}
    ${attachmentsIn({ attachments: value }).map(
      (one, at) =>
        html`<fieldset class="row">
          <legend><bdi>${one.name}</bdi> <span class="soft">${told(view, one)}</span></legend>
          ${isPicture(one) ? html`<p class="picture">${picture(view, one, filling.language, filling.draft)}</p>` : html`<p><a href="${fileAddress(one, filling.draft)}">${t('file.open')}</a></p>`}
          <input type="hidden" name="${path}.${at}.file" value="${one.file}" />
          ${fieldsOf(`${path}.${at}`, one)}
          <label class="box"><input type="checkbox" name="${path}.${at}.remove" value="true" /> ${t('file.remove')}</label>
        </fieldset>`,
    )}
    <fieldset class="row">
      <legend>${t('file.add')}</legend>
      ${field(view, { name: `${path}.new.file`, label: t('sheet.file'), hint: t('file.hint', { megabytes: filling.megabytes ?? 10 }), errors: filling.errors, isRequired: false }, (marks) => html`<input${marks} type="file" accept="${accepted}" />`)}
      ${fieldsOf(`${path}.new`)}
    </fieldset>
  </fieldset>`
}
