/** All indicators by theme, with words to look for. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { crumbs, page } from '#ui/layout.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'
import { publisherIn } from '../publishers.ts'
import type { Listed } from '../values.ts'
import { titleOf } from './value-words.ts'

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** All words stand in its names, in any language, or in its code. */
function isMeant({ record }: Listed, words: readonly string[]): boolean {
  const { code, title, definition = {}, method = {} } = record.body
  const said = plain([code, ...[title, definition, method].flatMap((texts) => Object.values(texts))].join(' '))
  return words.every((word) => said.includes(word))
}

const themeOf = ({ record }: Listed) => record.body.theme ?? ''

export type Indicators = { all: readonly Listed[]; q: string }

/** Those in whose names the words stand, by theme and in the order of their names. */
export function indicatorsByTheme(view: View, { all, q }: Indicators): [theme: string, found: Listed[]][] {
  const words = plain(q).split(/\s+/).filter(Boolean)
  const found = all
    .filter((one) => isMeant(one, words))
    .sort((a, b) => view.f.compare(titleOf(view, a.record.body.title), titleOf(view, b.record.body.title)))
  const themes = [...Object.keys(codeList('indicator-themes')!.terms), '']
  return themes.map((theme) => [theme, found.filter((one) => themeOf(one) === theme)])
}

export function indicatorListPage(view: View, indicators: Indicators): HttpResponse {
  const { t, href } = view
  const { q } = indicators
  const themes = indicatorsByTheme(view, indicators)
  const count = themes.reduce((sum, [, found]) => sum + found.length, 0)
  return page(view, {
    title: t('kind.indicator.many'),
    description: t('indicators.lead'),
    unlisted: q !== '',
    main: html`${crumbs(view, [{ name: plainLabel(view, 'areas', 'monitoring'), path: '/monitoring' }])}
      <h1>${t('kind.indicator.many')}</h1>
      <p class="lead">${t('indicators.lead')}</p>
      <form class="row-form" action="${href('/indicators')}">
        <p class="choice">
          <label for="c-words">${t('indicators.words')}</label>
          <input id="c-words" name="q" type="search" value="${q}" maxlength="200" />
        </p>
        <p><button>${t('indicators.find')}</button></p>
      </form>
      <p class="count" role="status"><strong>${t('indicators.found', { count })}</strong></p>
      ${themes.map(([theme, found]) => themePart(view, theme, found))}`,
  })
}

function themePart(view: View, theme: string, found: readonly Listed[]): Html {
  if (found.length === 0) return html``
  const name = theme ? plainLabel(view, 'indicator-themes', theme) : view.t('indicators.otherThemes')
  return html`<section>
    <h2>${name}</h2>
    <ul>
      ${found.map((one) => item(view, one))}
    </ul>
  </section>`
}

function item(view: View, { record, areas, newest }: Listed): Html {
  const { t, href } = view
  const { code, title, unit, publisher = '' } = record.body
  const about = [
    plainLabel(view, 'indicator-units', unit),
    publisherIn(view.language, publisher),
    newest === null ? t('indicators.noValues') : t('indicators.reach', { count: areas, year: String(newest) }),
  ]
  return html`<li>
    <a href="${href(`/indicators/${code}`)}">${textOf(view, title, 'en')}</a>
    <span class="small">${about.filter(Boolean).join(' · ')}</span>
  </li>`
}
