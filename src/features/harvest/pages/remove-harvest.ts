/** Before a source is harvested no more: what ends, and the question what becomes of its records. */
import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { choices, errorSummary, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { removals } from '../removing.ts'
import type { HarvestLine } from '../shapes.ts'
import { harvestPath } from './harvests.ts'

export function removeHarvestPage(view: View, source: HarvestLine, errors: Errors): HttpResponse {
  const { t, href } = view
  const title = t('harvest.removeTitle')
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('harvest.title'), path: '/harvest' },
      { name: html`<bdi>${source.title}</bdi>`, path: harvestPath(source.name) },
    ])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, () => t('harvest.removeRecords'))}
        <p class="lead"><bdi>${source.title}</bdi> · <bdi class="long" dir="ltr">${source.address}</bdi></p>
        <p>${t('harvest.removeLead')}</p>
        ${form(
          view,
          `${harvestPath(source.name)}/remove`,
          html`${choices(view, {
            name: 'records',
            label: t('harvest.removeRecords'),
            errors,
            type: 'radio',
            values: [],
            of: removals.map((one) => ({
              value: one,
              label: t(`harvest.removeRecords.${one}`),
              hint: t(`harvest.removeRecords.${one}Hint`),
            })),
          })}
            <p><button class="danger">${t('harvest.removeButton')}</button> <a href="${href(harvestPath(source.name))}">${t('harvest.removeCancel')}</a></p>`,
        )}
      </div>`,
  })
}
