/** The sources that are harvested, and the form that adds one after a look at it. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { errorSummary, form, input, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { noteWords } from '#ui/problem-words.ts'
import type { View } from '#ui/view.ts'
import type { Looked } from '../look.ts'
import { columnTerms } from '../inputs/table.ts'
import type { HarvestLine } from '../shapes.ts'
import { formatsRead } from '../tables.ts'

export const addFields = ['address', 'prefix', 'set', 'everyHours'] as const
export type Typed = Partial<Record<(typeof addFields)[number], string>>
const rhythms = ['0', '24', '168', '720'] as const

export const harvestPath = (name: string) => `/harvest/${name}`

export const rhythmField = (view: View, value: string, errors: Errors): Html =>
  select(view, {
    name: 'everyHours',
    label: view.t('harvest.every'),
    errors,
    value,
    choices: rhythms.map((one) => ({ value: one, label: view.t(`harvest.every.${one}`) })),
  })

type Parts = {
  sources: readonly HarvestLine[]
  typed: Typed
  errors: Errors
  looked?: Looked
  /** Somebody comes from a source that they removed just now, with what they chose for its records. */
  removed?: string | null
}

export function harvestsPage(view: View, { sources, typed, errors, looked, removed }: Parts): HttpResponse {
  const { t, f, href } = view
  const labels = {
    address: t('harvest.address'),
    prefix: t('harvest.prefix'),
    set: t('harvest.set'),
    everyHours: t('harvest.every'),
  }
  const item = ({ name, title, refused, lastAt, progress, problem, isPaused }: HarvestLine) =>
    html`<li>
      <a href="${href(harvestPath(name))}"><bdi>${title}</bdi></a><br /><span class="soft">${t(stateOf({ progress, problem, isPaused }))}${lastAt && html` · ${f.day(lastAt.slice(0, 10))}`}${refused > 0 && html` · ${t('harvest.refusedCount', { count: refused })}`}</span>
    </li>`
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: t('harvest.title') }) : t('harvest.title'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <div class="narrow">
        <h1>${t('harvest.title')}</h1>
        ${errorSummary(view, errors, (name) => labels[name as keyof typeof labels] ?? name)}
        ${(removed === 'keep' || removed === 'withdraw') && html`<p class="note" role="status">${t(`harvest.removed.${removed}`)}</p>`}
        <p class="lead">${t('harvest.lead')}</p>
        ${sources.length === 0 ? html`<p class="soft">${t('harvest.none')}</p>` : html`<ul class="plain">${sources.map(item)}</ul>`}
        <h2 id="add">${t('harvest.add')}</h2>
        ${looked && lookedPart(view, looked)}
        ${form(
          view,
          '/harvest',
          html`${input(view, { name: 'address', label: labels.address, hint: t('harvest.addressHint'), value: typed.address ?? '', type: 'url', direction: 'ltr', max: 1_000, errors })}
            ${looked && looked.columns.length > 0 && columnsPart(view, looked)}
            ${select(view, { name: 'prefix', label: labels.prefix, errors, value: typed.prefix || 'oai_dc', choices: formatsRead.map((one) => ({ value: one, label: one })) })}
            ${input(view, { name: 'set', label: labels.set, hint: t('harvest.setHint'), isRequired: false, value: typed.set ?? '', direction: 'ltr', max: 300, errors })}
            ${rhythmField(view, typed.everyHours ?? '24', errors)}
            <p><button name="act" value="check" class="quiet">${t('harvest.check')}</button> <button name="act" value="add">${t('harvest.add')}</button></p>`,
        )}
      </div>`,
  })
}

export const stateOf = ({ progress, problem, isPaused }: Pick<HarvestLine, 'progress' | 'problem' | 'isPaused'>) =>
  progress ? 'harvest.running' : problem ? 'harvest.failed' : isPaused ? 'harvest.paused' : 'harvest.waits'

/** The nth column's name and what it means; `readColumns` reads them back. */
export const columnField = (n: number) => `column.${n}`
export const columnNameField = (n: number) => `columnName.${n}`
export const mostColumns = 100

function columnsPart(view: View, { columns }: Looked): Html {
  const { t } = view
  const meanings = [
    { value: '', label: t('harvest.column.none') },
    ...columnTerms.map((value) => ({ value, label: t(`harvest.column.${value}`) })),
  ]
  return html`<fieldset>
    <legend>${t('harvest.columns')}</legend>
    <p class="hint">${t('harvest.columnsHint')}</p>
    ${columns
      .slice(0, mostColumns)
      .map(
        ({ name, means }, n) =>
          html`<input type="hidden" name="${columnNameField(n)}" value="${name}" />${select(view, { name: columnField(n), label: html`<bdi>${name}</bdi>`, errors: new Map(), isRequired: true, value: means, choices: meanings })}`,
      )}
  </fieldset>`
}

function lookedPart(view: View, looked: Looked): Html {
  const { t, f } = view
  const { input: kind, repository, readable, size, counts, samples, refused, unmapped } = looked
  return html`<div class="note" role="status">
    <p><strong><bdi>${repository}</bdi></strong> · ${t(`harvest.input.${kind}`)}${size !== undefined && html` · ${t(kind === 'sitemap' ? 'harvest.pages' : 'harvest.size', { count: size })}`}${kind === 'oai-pmh' && html` · ${readable.length > 0 ? html`<bdi>${readable.join(', ')}</bdi>` : t('harvest.unreadable')}`}</p>
    <p>${t('harvest.lookedAt', counts)}</p>
    ${samples.length > 0 && html`<p>${t('harvest.first')}</p>`}
    <ul>
      ${samples.map(({ title, url }) => html`<li>${url ? html`<a href="${url}" rel="external nofollow"><bdi>${title}</bdi></a>` : html`<bdi>${title}</bdi>`}</li>`)}
    </ul>
    ${refused.length > 0 && html`<ul>${refused.map(({ identifier, code, values }) => html`<li><bdi class="long" dir="ltr">${identifier}</bdi>${view.f.colon}${noteWords(view, code, values)}</li>`)}</ul>`}
    ${unmapped.length > 0 && html`<p>${t('harvest.unmapped')}${view.f.colon}${f.list(unmapped.map(({ value, count }) => `${value} (${f.number(count)})`))}</p>`}
  </div>`
}
