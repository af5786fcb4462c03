/** Pages of text: about, help, accessibility, credits, vocabularies, problems. */
import { html } from '#kernel/html/html.ts'
import { problems, type Problem } from '#kernel/problem.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Source } from '#records/sources/source.ts'
import { sources as indicatorSources } from '#features/matching/countries.ts'
import { sourceLink } from '#features/matching/pages/matching.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import { reachOperators } from '#ui/operators.ts'
import { problemWords, violationWords } from '#ui/problem-words.ts'
import { inLanguage, label, textOf, type View } from '#ui/view.ts'

/** How many paragraphs each of the pages of plain text has. */
export const textSections = { about: 4, help: 8, accessibility: 3 } as const

/** Pages whose last paragraph says to tell the people who run the site. */
const saysToTellOperators: ReadonlySet<keyof typeof textSections> = new Set(['accessibility'])

/** A page whose paragraphs are `text.<name>.1`, `.2` …, under headings `text.<name>.1.title`. */
export function textPage(view: View, name: keyof typeof textSections): HttpResponse {
  const { t } = view
  return page(view, {
    title: t(`nav.${name}`),
    description: t(`text.${name}.lead`),
    main: html`<div class="prose">
      <h1>${t(`nav.${name}`)}</h1>
      <p class="lead">${t(`text.${name}.lead`)}</p>
      ${Array.from(
        { length: textSections[name] },
        (_, i) =>
          html`<h2>${t(`text.${name}.${i + 1}.title`)}</h2>
            <p>${t(`text.${name}.${i + 1}`)}</p>`,
      )}
      ${saysToTellOperators.has(name) && reachOperators(view)}
    </div>`,
  })
}

export function creditsPage(view: View, sources: readonly Source[], counts: ReadonlyMap<string, number>): HttpResponse {
  const { t, href } = view
  const present = sources.filter(({ name }) => counts.has(name)).sort((a, b) => view.f.compare(a.title, b.title))
  return page(view, {
    title: t('nav.credits'),
    description: t('credits.lead'),
    main: html`<h1>${t('nav.credits')}</h1>
      <p class="lead">${t('credits.lead')}</p>
      ${present.map(
        ({ name, title, publisher, source }) =>
          html`<section id="${name}" class="credit">
            <h2>${inLanguage(view, title, 'en')}</h2>
            <p>${inLanguage(view, source.attribution, 'en')}</p>
            <dl>
              <dt>${t('credits.publisher')}</dt>
              <dd>${inLanguage(view, publisher, 'en')}</dd>
              <dt>${t('credits.source')}</dt>
              <dd>
                <a href="${source.address}" rel="external"><bdi class="long">${source.address}</bdi></a>
                <bdi class="small long">${source.revision}</bdi>
              </dd>
              <dt>${t('credits.licence')}</dt>
              <dd>
                <a href="${source.licence}" rel="license external"><bdi class="long">${source.licence}</bdi></a>
              </dd>
              <dt>${t('credits.records')}</dt>
              <dd><a href="${href(`/search?collection=${name}`)}">${view.f.number(counts.get(name)!)}</a></dd>
            </dl>
          </section>`,
      )}
      <section class="credit">
        <h2>${t('credits.indicators')}</h2>
        <ul>
          ${Object.values(indicatorSources).map((source) => html`<li>${sourceLink(view, source)}</li>`)}
        </ul>
      </section>
      <section class="credit">
        <h2>${t('credits.own')}</h2>
        <p>${t('credits.ownText')}</p>
      </section>`,
  })
}

export function vocabularyPage(view: View, name: string): HttpResponse | undefined {
  const list = codeList(name)
  if (!list) return undefined
  return page(view, {
    title: list.title[view.language] ?? list.title.en!,
    main: html`<h1>${textOf(view, list.title)}</h1>
      <p>${view.t('vocabulary.about')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${view.t('vocabulary.code')}</th>
            <th scope="col">${view.t('vocabulary.label')}</th>
          </tr>
        </thead>
        <tbody>
          ${Object.keys(list.terms).map(
            (code) =>
              html`<tr id="${code}">
                <th scope="row"><code>${code}</code></th>
                <td>${label(view, name, code)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  })
}

/** Every problem there is, for those who met one in a program. */
export function problemsPage(view: View): HttpResponse {
  const { t } = view
  const rows = Object.entries(problems).map(
    ([code, { status }]) =>
      html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${String(status)}</td><td>${t(`problem.${code}.title`)}</td><td>${t(`problem.${code}.next`)}</td></tr>`,
  )
  return page(view, {
    title: t('problems.title'),
    main: html`<h1>${t('problems.title')}</h1><p class="lead">${t('problems.lead')}</p><table><thead><tr><th scope="col">${t('vocabulary.code')}</th><th scope="col">HTTP</th><th scope="col">${t('problems.what')}</th><th scope="col">${t('problems.next')}</th></tr></thead><tbody>${rows}</tbody></table>`,
  })
}

const saysToContact: ReadonlySet<string> = new Set(['forbidden', 'internal', 'scannerFailed'])

/** What went wrong, and what to do next. Nothing of how we are built. */
export function problemPage(view: View, problem: Problem): HttpResponse {
  const { t, href } = view
  const words = problemWords(view, problem)
  return page(view, {
    title: words.title,
    status: problem.status,
    unlisted: true,
    keep: false,
    main: html`<div class="prose">
      <h1>${words.title}</h1>
      <p class="lead">${words.detail}</p>
      ${
        problem.violations.length > 0 &&
        html`<ul>
          ${violationWords(view, problem.violations).map((one) => html`<li>${one}</li>`)}
        </ul>`
      }
      <p>${t(`problem.${problem.code}.next`, problem.values)}</p>
      ${view.site.look?.hasContact && saysToContact.has(problem.code) && reachOperators(view)}
      ${problem.code === 'withdrawn' && html`<p><a href="${href(`${recordPath(String(problem.values.id))}/history`)}">${t('record.history')}</a></p>`}
      <p>
        <a class="button" href="${href('/')}">${t('nav.home')}</a>
        <a href="${href('/search')}">${t('search.everything')}</a>
      </p>
    </div>`,
  })
}
