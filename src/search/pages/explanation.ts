/** Why a record stands where it stands, and how ranking works, for everyone. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { Explained } from '../explain-and-suggest.ts'
import { card } from '#ui/cards.ts'
import { crumbs, page } from '#ui/layout.ts'
import { wayText } from './search-help.ts'
import { fieldName, languageNamed, type View } from '#ui/view.ts'

/** `back`: the path of the search that the reader comes from. */
type Question = { q: string; back: string; kinds: ReadonlyMap<string, Kind> }
type Clause = Explained['clauses'][number]
type Branch = Clause['branches'][number]

export function explanationPage(view: View, explained: Explained, { q, back, kinds }: Question): HttpResponse {
  const { t, f, href } = view
  const { record, edition = record, found, score, clauses, prominence, likeness } = explained
  const kind = kinds.get(edition.kind)!
  return page(view, {
    title: t('explain.title'),
    query: q,
    unlisted: true,
    main: html`${crumbs(view, [{ name: t('search.title'), path: back }])}
      <h1>${t('explain.title')}</h1>
      <ol class="cards">
        ${card(view, kinds.get(record.kind)!, record, 2)}
      </ol>
      ${
        edition !== record &&
        html`<p class="notice">${t('explain.byEdition')}</p>
          <ol class="cards">
            ${card(view, kind, edition, 2)}
          </ol>`
      }
      ${
        !found || clauses.length === 0
          ? html`<p class="notice">${t(q ? 'explain.notFound' : 'explain.noWords')}</p>`
          : html`<p>${t('explain.total', { words: q.slice(0, 200), score: f.decimal(score) })}</p>
              ${clauses.map((clause) => clauseTable(view, explained, kind, clause))}
              ${prominence !== 1 && html`<p>${t('explain.prominence', { kind: t(`kind.${kind.name}.many`), factor: f.decimal(prominence) })}</p>`}`
      }
      ${likeness !== undefined && html`<p>${t('explain.meaning', { likeness: f.decimal(likeness) })}</p>`}
      <p><a href="${href('/ranking')}">${t('explain.how')}</a></p>`,
  })
}

function clauseTable(view: View, { ways }: Explained, kind: Kind, { name, score, branches }: Clause): Html {
  const { t, f } = view
  const heading = t('explain.clause', { word: name, score: f.decimal(score) })
  return html`<section>
    <h2>${heading}</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="${heading}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('explain.term')}</th>
            <th scope="col">${t('explain.places')}</th>
            <th scope="col" class="amount">${t('explain.documents')}</th>
            <th scope="col" class="amount">${t('explain.rarity')}</th>
            <th scope="col" class="amount">${t('explain.impact')}</th>
            <th scope="col" class="amount">${t('explain.weight')}</th>
            <th scope="col" class="amount">${t('explain.score')}</th>
          </tr>
        </thead>
        <tbody>
          ${rowsOf(view, ways, branches).map((row) => rowOf(view, kind, row))}
        </tbody>
      </table>
    </div>
  </section>`
}

type Row = { term: Branch['terms'][number]; weight: number; score: number; counted: boolean; way: string | undefined }

/** A word that was found by the same way is told once: what it earns at several places is added up. */
function rowsOf(view: View, ways: Explained['ways'], branches: readonly Branch[]): Row[] {
  const rows = new Map<string, Row>()
  const inOrder = branches.filter(({ score }) => score > 0).toSorted((a, b) => Number(b.counted) - Number(a.counted))
  for (const branch of inOrder) {
    const way = branch.way === undefined ? undefined : wayText(view, ways[branch.way]!)
    const own = new Map<string, Row>()
    for (const term of branch.terms.filter(({ score }) => score > 0)) {
      const key = JSON.stringify([term.term, term.language, term.isStem, way])
      const before = own.get(key)
      const score = term.score * branch.weight + (before?.score ?? 0)
      own.set(key, { term, weight: term.weight * branch.weight, score, counted: branch.counted, way })
    }
    for (const [key, row] of own) if (!rows.has(key)) rows.set(key, row)
  }
  return [...rows.values()]
}

function rowOf(view: View, kind: Kind, { term, weight, score, counted, way }: Row): Html {
  const { t, f } = view
  return html`<tr${counted ? nothing : html` class="aside"`}>
    <th scope="row">
      <bdi>${term.language ? `${t('field.originalLanguage')}${view.f.colon}${languageNamed(view, term.language)}` : term.term}</bdi>${term.isStem && html` <span class="small">${t('explain.stem')}</span>`}${way && html`<br /><span class="small">${way}</span>`}
    </th>
    <td>${view.f.list(term.places.map((field) => fieldName(view, kind.name, field)))}</td>
    <td class="amount">${f.number(term.documents)}</td>
    <td class="amount">${f.decimal(term.rarity)}</td>
    <td class="amount">${f.decimal(term.impact)}</td>
    <td class="amount">${f.decimal(weight)}</td>
    <td class="amount">${f.decimal(score)}</td>
  </tr>`
}

const parts = ['words', 'rarity', 'places', 'ways', 'language', 'kinds', 'ties', 'not'] as const

export function rankingPage(view: View): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('ranking.title'),
    description: t('ranking.lead'),
    main: html`<div class="prose">
      <h1>${t('ranking.title')}</h1>
      <p class="lead">${t('ranking.lead')}</p>
      ${parts.map(
        (part) =>
          html`<h2>${t(`ranking.${part}.title`)}</h2>
            <p>${t(`ranking.${part}`)}</p>`,
      )}
    </div>`,
  })
}
