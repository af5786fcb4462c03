/** Before a node is followed no more: what ends, and the question what becomes of its records. */
import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { choices, errorSummary, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import type { FollowedNode } from '../nodes/operations.ts'
import { removals } from '../nodes/removing.ts'

export function removePage(view: View, node: FollowedNode, errors: Errors): HttpResponse {
  const { t, f, href } = view
  const title = t('network.removeTitle')
  const isRemoved = node.state === 'removed'
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('network.title'), path: '/network' }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, () => t('network.removeRecords'))}
        <p class="lead">${textOf(view, node.name)} · <bdi class="long" dir="ltr">${node.address}</bdi></p>
        <p>${f.sentences(t('network.removeLead'), t('network.removeTold'))}</p>
        <p>${f.sentences(t('network.recordsHere', { count: node.records }), t('network.removeOthers'))}</p>
        ${form(
          view,
          `/network/${encodeURIComponent(node.id)}/remove`,
          html`${choices(view, {
            name: 'records',
            label: t('network.removeRecords'),
            errors,
            type: 'radio',
            values: isRemoved ? ['withdraw'] : [],
            of: removals
              .filter((one) => !isRemoved || one === 'withdraw')
              .map((one) => ({
                value: one,
                label: t(`network.removeRecords.${one}`),
                hint: t(`network.removeRecords.${one}Hint`),
              })),
          })}
            <p><button class="danger">${t(isRemoved ? 'network.withdrawButton' : 'network.removeButton')}</button> <a href="${href('/network')}">${t('network.back')}</a></p>`,
        )}
      </div>`,
  })
}
