/** Pages of text: about, help, accessibility, credits, vocabularies, dump, history, problems. */
import { html, nothing } from '#core/html/html.ts'
import { problems, type Problem } from '#core/problem.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Collection } from '../collection.ts'
import type { DataPackage } from '../dump.ts'
import { sources } from '../fit/countries.ts'
import type { Kept } from '../record/record.ts'
import { codeList } from '../vocabularies/index.ts'
import { recordPath } from './cards.ts'
import { chooseVersions, differencePath } from './changes.ts'
import { mergedList } from './duplicates.ts'
import { crumbs, page } from './layout.ts'
import { problemWords } from './problem-words.ts'
import { inLanguage, label, textOf, type View } from './view.ts'

/** How many paragraphs each of the pages of plain text has. */
export const textSections = { about: 4, help: 8, accessibility: 3 } as const

/** A page whose paragraphs are `text.<name>.1`, `.2` …, under headings `text.<name>.1.title`. */
export function textPage(view: View, name: keyof typeof textSections): Answer {
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
    </div>`,
  })
}

export function creditsPage(
  view: View,
  collections: readonly Collection[],
  counts: ReadonlyMap<string, number>,
): Answer {
  const { t, href } = view
  const present = collections.filter(({ name }) => counts.has(name)).sort((a, b) => view.f.compare(a.title, b.title))
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
          ${Object.values(sources).map(({ name, licence, address }) => html`<li><a href="${address}" rel="external">${inLanguage(view, name, 'en')}</a>, ${licence}</li>`)}
        </ul>
      </section>
      <section class="credit">
        <h2>${t('credits.own')}</h2>
        <p>${t('credits.ownText')}</p>
      </section>`,
  })
}

export function vocabularyPage(view: View, name: string): Answer | undefined {
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

export function dumpPage(view: View, description: DataPackage | undefined): Answer {
  const { t, f } = view
  const files =
    description &&
    html`<p>${t('dump.made', { time: f.time(description.created) })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('dump.file')}</th>
            <th scope="col" class="amount">${t('dump.rows')}</th>
            <th scope="col" class="amount">${t('dump.size')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          ${[...description.resources, ...(description.log ? [description.log.file] : [])].map(
            ({ path, rows, bytes, hash }) =>
              html`<tr>
                <th scope="row"><a href="/dump/${path}" download>${path}</a></th>
                <td class="amount">${f.number(rows)}</td>
                <td class="amount">${f.bytes(bytes)}</td>
                <td><code class="long">${hash.replace('sha256:', '')}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p><a href="/dump/datapackage.json">datapackage.json</a></p>`
  return page(view, {
    title: t('nav.dump'),
    description: t('dump.lead'),
    keep: false,
    main: html`<h1>${t('nav.dump')}</h1>
      <p class="lead">${t('dump.lead')}</p>
      ${files ?? html`<p class="notice">${t('dump.none')}</p>`}`,
  })
}

export type VersionLine = {
  revision: number
  status: string
  changedAt: string
  changedBy: string
  note: string | null
}

export function historyPage(
  view: View,
  id: string,
  title: Kept['body']['title'] | undefined,
  versions: readonly VersionLine[],
  merged: readonly { id: string; at: string; reason: string }[] = [],
): Answer {
  // The versions of a withdrawn record are gone with it; that there were some is not.
  const isGone = versions[0]?.status === 'withdrawn'
  const seen = new Set(versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision))
  const { t, f, href } = view
  return page(view, {
    title: t('record.history'),
    unlisted: true,
    main: html`${crumbs(view, [{ name: title ? textOf(view, title) : id, path: recordPath(id) }])}
      <h1>${t('record.history')}</h1>
      <div class="scroll" tabindex="0" role="region" aria-label="${t('record.history')}"><table>
        <thead>
          <tr>
            <th scope="col">${t('record.version')}</th>
            <th scope="col">${t('history.when')}</th>
            <th scope="col">${t('history.who')}</th>
            <th scope="col">${t('history.why')}</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${versions.map(
            ({ revision, status, changedAt, changedBy, note }) =>
              html`<tr>
                <th scope="row">
                  ${status === 'withdrawn' ? t('history.withdrawn', { revision }) : isGone ? f.number(revision) : html`<a href="${href(`${recordPath(id)}/versions/${revision}`)}">${f.number(revision)}</a>`}
                </th>
                <td><time class="whole" datetime="${changedAt}">${f.time(changedAt)}</time></td>
                <td><bdi>${changedBy}</bdi></td>
                <td>${note ?? nothing}</td>
                <td>${isGone || revision === 1 || !seen.has(revision) || !seen.has(revision - 1) ? nothing : html`<a href="${href(differencePath(id, revision - 1, revision))}">${t('difference.link')}<span class="hidden"> ${f.number(revision)}</span></a>`}</td>
              </tr>`,
          )}
        </tbody>
      </table></div>
      ${!isGone && chooseVersions(view, id, [...seen], [...seen].slice(0, 2).toReversed())} ${mergedList(view, merged)}`,
  })
}

/** Every problem there is, for those who met one in a program. */
export function problemsPage(view: View): Answer {
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

/** What went wrong, and what to do next. Nothing of how we are built. */
export function problemPage(view: View, problem: Problem): Answer {
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
        problem.misfits.length > 0 &&
        html`<ul>
          ${words.misfits.map((one) => html`<li>${one}</li>`)}
        </ul>`
      }
      <p>${t(`problem.${problem.code}.next`, problem.values)}</p>
      ${problem.code === 'withdrawn' && html`<p><a href="${href(`${recordPath(String(problem.values.id))}/history`)}">${t('record.history')}</a></p>`}
      <p>
        <a class="button" href="${href('/')}">${t('nav.home')}</a>
        <a href="${href('/search')}">${t('search.everything')}</a>
      </p>
    </div>`,
  })
}
