/** One run of a source: what would become of a file, what became of it, and taking it back. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { recordPath } from '#ui/cards.ts'
import { form } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { noteWords, problemWords } from '#ui/problem-words.ts'
import { textOf, type View } from '#ui/view.ts'
import type { Difference, Line, RunLine, RunReport, SourceLine } from '../shapes.ts'
import { runPath, sourcePath } from './paths.ts'
import { countsOf } from './sources.ts'

export type RunParts = {
  source: SourceLine
  run: RunLine
  report: RunReport
  differences: readonly Difference[]
  next: number | null
  isNewest: boolean
}

const secondsBetweenLooks = 3

/** While it goes on, the page asks again by itself. */
export function runPage(view: View, { source, run, report, differences, next, isNewest }: RunParts): HttpResponse {
  const { t, f, href } = view
  const goesOn = run.state === 'running' || run.state === 'undoing'
  const answer = page(view, {
    title: `${source.title}${view.f.colon}${run.fileName}`,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: t('sources.title'), path: '/sources' },
      { name: source.title, path: sourcePath(source.name) },
    ])}
      <h1><bdi>${run.fileName}</bdi></h1>
      <p class="lead" role="status">${t(`sources.state.${run.state}`)}</p>
      <p class="soft">${f.day(run.startedAt.slice(0, 10))}${run.by && html` · <bdi>${run.by}</bdi>`}</p>
      ${report.failed && failed(view, report.failed)}
      ${goesOn ? html`<p>${t('sources.goesOn')} <a href="${href(runPath(run.id))}">${t('sources.lookAgain')}</a></p>` : html`<p>${t(run.state === 'previewed' ? 'sources.would' : 'sources.did')} ${countsOf(view, run.counts)}</p>`}
      ${run.state === 'undone' && html`<p>${t('sources.undone', { restored: run.restored })} ${run.leftAlone > 0 && t('sources.leftAlone', { count: run.leftAlone })}</p>`}
      ${run.state === 'previewed' && decide(view, run)}
      ${differences.length > 0 && differencesPart(view, run, differences, next)}
      ${linesPart(view, 'refused', report.refused, run.counts.refused)} ${linesPart(view, 'notes', report.notes, run.counts.notes)}
      ${run.state === 'done' && isNewest && undoForm(view, run)}`,
  })
  return goesOn ? { ...answer, headers: { ...answer.headers, refresh: String(secondsBetweenLooks) } } : answer
}

function failed(view: View, { code, values }: NonNullable<RunReport['failed']>): Html {
  const { title, detail, next } = problemWords(view, { code, values } as never)
  return html`<p class="warning">${title}${view.f.stop}${detail} ${next}</p>`
}

const decide = (view: View, { id, counts }: RunLine): Html => {
  const { t } = view
  const isNothing = counts.added + counts.changed + (counts.withdrawn ?? 0) === 0
  return html`<div class="narrow">
    ${isNothing ? html`<p class="note">${t('sources.nothingToDo')}</p>` : form(view, runPath(id, 'start'), html`<p>${t('sources.startLead')}</p><button>${t('sources.start')}</button>`)}
    ${form(view, runPath(id, 'discard'), html`<button class="quiet">${t('sources.discard')}</button>`)}
  </div>`
}

function differencesPart(view: View, { id }: RunLine, differences: readonly Difference[], next: number | null): Html {
  const { t, href } = view
  return html`<h2 id="differences">${t('sources.differences')}</h2>
    <ul>
      ${differences.map((one) => html`<li><span class="soft">${t(`sources.what.${one.what}`)}</span> <a href="${href(recordPath(one.id))}">${textOf(view, one.title, one.originalLanguage)}</a>${one.what === 'changed' && html` <a href="${href(`${recordPath(one.id)}/history`)}">${t('sources.versions')}</a>`}</li>`)}
    </ul>
    ${next !== null && html`<p><a class="button" href="${href(`${runPath(id)}?after=${next}#differences`)}" rel="next">${t('search.next')}</a></p>`}`
}

function linesPart(view: View, part: 'refused' | 'notes', lines: readonly Line[], count: number): Content {
  if (lines.length === 0) return false
  const { t, f } = view
  const isRefused = part === 'refused'
  const rows = lines.map(
    (line) => html`<tr>
      <th scope="row"><bdi class="long">${line.place}</bdi></th>
      <td>${noteWords(view, line.code, line.values)}</td>
      ${isRefused && html`<td>${line.bytes && html`<code class="long" dir="auto">${line.bytes}</code>`}</td>`}
    </tr>`,
  )
  const table = html`<div class="wide" role="region" tabindex="0" aria-label="${t(`sources.${part}`)}">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('sources.place')}</th>
          <th scope="col">${t('sources.reason')}</th>
          ${isRefused && html`<th scope="col">${t('sources.bytes')}</th>`}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
  const some =
    lines.length < count &&
    html`<p>${t('sources.someOf', { shown: f.number(lines.length), count: f.number(count) })}</p>`
  if (isRefused) return html`<h2 id="refused">${t('sources.refused')}</h2>${some}${table}`
  return html`<details><summary>${t('sources.notes')}${f.bracketed(f.number(count))}</summary>${some}${table}</details>`
}

const undoForm = (view: View, { id }: RunLine): Html =>
  html`<div class="narrow">
    <h2 id="undo">${view.t('sources.undo')}</h2>
    <p>${view.t('sources.undoLead')}</p>
    ${form(view, runPath(id, 'undo'), html`<button class="danger">${view.t('sources.undoButton')}</button>`)}
  </div>`
