/** The rules by which approaches are summed up, for who reads the figures; docs/guide/approaches.md has them with their reasons. */
import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { least, rules } from '../shapes.ts'

const told = [
  'belonging',
  'ends',
  'byStudy',
  'across',
  'silent',
  'strength',
  'cost',
  'needs',
  'lessons',
  'few',
  'panels',
  'narrowed',
  'limits',
] as const

export function rulesPage(view: View): HttpResponse {
  const { t } = view
  const numbers = { practices: least.practices, effects: least.effects, costs: least.costs }
  return page(view, {
    title: t('rules.title'),
    description: t('rules.lead'),
    main: html`${crumbs(view, [{ name: t('approaches.title'), path: '/approaches' }])}
      <h1>${t('rules.title')}</h1>
      <p class="lead">${t('rules.lead')}</p>
      <p>${t('rules.version', { version: rules })}</p>
      <dl class="rules">
        ${told.map((name) => html`<dt>${t(`rules.${name}`)}</dt><dd>${name === 'few' ? t('rules.few.text', numbers) : t(`rules.${name}.text`)}</dd>`)}
      </dl>
      <p><a href="${view.href('/evidence-levels')}">${t('effect.levelsMore')}</a></p>`,
  })
}
