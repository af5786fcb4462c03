/** Every component once, with values that try it: long words, other scripts, zeros. Looked at by people and by axe. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { barChart, effectChart, worldMap, yearChart } from '#ui/charts.ts'
import { crumbs, page } from '#ui/layout.ts'
import { licenceBox } from '#ui/licence.ts'
import { label, paragraphsOf, textOf, type View } from '#ui/view.ts'

const body = { title: { en: 'Example' }, originalLanguage: 'en' }

export const examples: Record<string, (view: View) => Html> = {
  'textOf: a text in another language keeps its tag and direction': (view) =>
    html`<p>${textOf(view, { ar: 'التعليم للجميع' })} · ${textOf(view, { zh: '人人受教育' })}</p>`,
  'paragraphsOf: blank lines part paragraphs': (view) =>
    html`<div>${paragraphsOf(view, { sw: 'Moja.\nBado moja.\n\nMbili.' })}</div>`,
  'label: a vocabulary’s word, or its code where it has none': (view) =>
    html`<p>
      ${label(view, 'countries', 'KE')} · ${label(view, 'subjects', '0613')} · ${label(view, 'outcomes', 'unheard-of')}
    </p>`,
  'crumbs: where the reader is': (view) => crumbs(view, [{ name: view.t('nav.areas'), path: '/areas' }]),
  'licenceBox: permits, requires, prohibits': (view) =>
    html`${licenceBox(view, { ...body, licence: 'CC-BY-NC-SA-4.0' })}`,
  'barChart: names stand whole, however long': (view) =>
    barChart(view, { id: 'bars', title: 'barChart', of: view.t('facet.subject') }, [
      { name: 'Information and communication technologies', count: 12_345, href: '#bars' },
      { name: '信息和通信技术与计算机科学基础课程', count: 678 },
      { name: 'تكنولوجيا المعلومات والاتصالات', count: 9 },
      { name: 'None', count: 0 },
    ]),
  'yearChart: years without anything stay empty': (view) =>
    yearChart(view, { id: 'years', title: 'yearChart', of: view.t('facet.year') }, [
      { year: 1998, count: 2 },
      { year: 2015, count: 40 },
      { year: 2026, count: 17 },
    ]),
  'worldMap: a circle with its number for a country, islands too, and one for neighbours that it would cover': (view) =>
    worldMap(view, { id: 'map', title: 'worldMap', of: view.t('facet.country') }, [
      { code: 'BR', name: 'Brazil', count: 30 },
      { code: 'TV', name: 'Tuvalu', count: 3, href: '#map' },
      { code: 'RW', name: 'Rwanda', count: 4 },
      { code: 'BI', name: 'Burundi', count: 2 },
    ]),
  'effectChart: effects with and without an interval': (view) =>
    effectChart(view, { id: 'effects', title: 'effectChart', of: view.t('kind.evidence.one') }, [
      { name: 'Reading', href: '#effects', effect: 0.42, low: 0.1, high: 0.74 },
      { name: 'Attendance', href: '#effects', effect: -0.08 },
    ]),
  'notice, warning and button': () =>
    html`<p class="notice">notice</p>
      <p class="warning">warning</p>
      <p><a class="button" href="#bars">button</a></p>`,
}

export const examplesPage = (view: View): HttpResponse =>
  page(view, {
    title: 'Components',
    unlisted: true,
    main: html`<h1 lang="en">Components</h1>
      ${Object.entries(examples).map(
        ([name, show]) =>
          html`<section>
            <h2 lang="en" dir="ltr">${name}</h2>
            ${show(view)}
          </section>`,
      )}`,
  })
