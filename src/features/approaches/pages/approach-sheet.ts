/** What an adviser takes to a meeting: an approach on one sheet, with what is known, how well, and where that stands. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import { countriesOf, yearsOf } from '#features/clearing-house/pages/practice-tile.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { clipped } from '#ui/clipped.ts'
import { effectWords } from '#ui/effect-line.ts'
import { fieldName, inLanguage, plainLabel, textOf, type View } from '#ui/view.ts'
import { approachFacts, directionName, panelClassOf, type PanelSays } from './approach-figures.ts'
import type { Summary } from '../shapes.ts'

/** So many fit on two printed pages; the page of the approach has the rest. */
const most = { practices: 5, studies: 5, problems: 2, lessons: 4, references: 6 }
const letters = { text: 450, citation: 220, line: 160 }

type Of = { record: StoredRecord; summary: Summary }

export function approachSheet(view: View, of: Of): Html {
  const { t } = view
  const parts: [string, Content][] = [
    [t('approach.tried'), practices(view, of)],
    [t('approach.found'), studies(view, of)],
    [t('approach.wrong'), [textIn(view, of, 'goesWrong'), problems(view, of)]],
    [t('approach.lessons'), lessons(view, of)],
    [t('approach.unknown'), [textIn(view, of, 'notKnown'), unknown(view, of)]],
    [t('approach.panels'), panels(view, of)],
    [fieldName(view, '', 'references'), references(view, of)],
  ]
  return html`<dl class="sheet-facts">
      ${approachFacts(view, of.summary)} ${needs(view, of)}
    </dl>
    ${parts.map(([title, content]) => html`${content}`.text.trim() !== '' && html`<section><h2>${title}</h2>${content}</section>`)}
    <p class="small">${t('approach.rules', { version: of.summary.rules })}</p>`
}

const clip = (view: View, texts: Texts, longest: number, original = 'en'): Html => {
  const { beginning, language } = clipped(view, texts, original, longest)
  return inLanguage(view, beginning, language)
}

const list = (items: readonly Content[]): Content =>
  items.length > 0 ? html`<ul>${items.map((one) => html`<li>${one}</li>`)}</ul>` : nothing

const textIn = (view: View, { record: { body } }: Of, name: string): Content =>
  body[name] ? html`<p dir="auto">${clip(view, body[name] as Texts, letters.text, body.originalLanguage)}</p>` : nothing

function needs(view: View, { record: { body } }: Of): Content {
  return (['connectivity', 'electricity', 'devices'] as const).map((name) => {
    const value = body[name]
    return (
      typeof value === 'string' &&
      html`<div><dt>${fieldName(view, 'approach', name)}</dt><dd>${plainLabel(view, `needed-${name}`, value)}</dd></div>`
    )
  })
}

/** Those that ended otherwise than most stand among the first, so that the list does not flatter. */
function practices(view: View, { summary: { practices: all } }: Of): Content {
  if (all.total === 0) return html`<p>${view.t('approach.unknown.fewPractices')}</p>`
  const byOutcome = [...Map.groupBy(all.all, ({ outcome = '' }) => outcome).values()]
  const chosen = new Set([...byOutcome.flatMap(([first]) => first ?? []), ...all.all].slice(0, most.practices))
  return list(
    all.all
      .filter((one) => chosen.has(one))
      .map(({ title, outcome, countries, startedOn }) => {
        const facts = [countriesOf(view, { countries }), yearsOf({ startedOn })].filter(Boolean)
        const end = outcome ? plainLabel(view, 'outcomes', outcome) : view.t('home.notTold')
        return html`${clip(view, title, letters.line)} (${joined(facts, view.f.comma)})${view.f.colon}${end}`
      }),
  )
}

function studies(view: View, { summary: { effects } }: Of): Content {
  if (effects.studies.length === 0) return html`<p>${view.t('approach.unknown.noStudy')}</p>`
  return list(
    effects.studies.slice(0, most.studies).map((study) => {
      const found = [
        study.evidenceLevel && plainLabel(view, 'evidence-levels', study.evidenceLevel),
        study.direction && directionName(view, study.direction),
        study.effect !== undefined &&
          effectWords(view, { effect: study.effect, low: study.interval?.low, high: study.interval?.high }),
      ].filter(Boolean)
      const cited = study.citation
        ? html`<bdi>${clipped(view, { und: study.citation }, 'und', letters.citation).beginning}</bdi>`
        : html`${clip(view, study.title, letters.line)} <bdi>${joined([countriesOf(view, study), study.year ?? ''].filter(Boolean), ' ')}</bdi>`
      return html`<strong>${joined(found as Content[], ' · ')}</strong><br />${cited}`
    }),
  )
}

const problems = (view: View, { summary }: Of): Content =>
  list(
    summary.problems
      .slice(0, most.problems)
      .map(
        ({ trouble, done }) =>
          html`${clip(view, trouble, letters.line)}${done && html` <span class="soft">${view.t('practice.solved')}${view.f.colon}</span>${clip(view, done, letters.line)}`}`,
      ),
  )

const lessons = (
  view: View,
  {
    summary: {
      lessons: { first },
    },
  }: Of,
): Content =>
  list(
    first
      .slice(0, most.lessons)
      .map(
        ({ title, polarity }) =>
          html`${polarity && html`${plainLabel(view, 'polarities', polarity)}${view.f.colon}`}${textOf(view, title, 'en')}`,
      ),
  )

const unknown = (view: View, { summary }: Of): Content =>
  list(summary.unknown.map((code) => wordsOr(view.t, `approach.unknown.${code}`, code)))

const panels = (view: View, { record: { body } }: Of): Content =>
  list(
    ((body.panels ?? []) as PanelSays[])
      .filter(({ panelClass }) => panelClass)
      .map((one) => html`${plainLabel(view, 'panels', one.panel)}${view.f.colon}${panelClassOf(view, one)}`),
  )

type Reference = { citation: string; publisher?: string; year?: number; url?: string }

const references = (view: View, { record: { body } }: Of): Content =>
  list(
    ((body.references ?? []) as Reference[]).slice(0, most.references).map(({ citation, publisher, year, url }) => {
      const shown = clipped(view, { und: citation }, 'und', letters.citation).beginning
      const rest = [publisher, year].filter(Boolean).map((one) => html`<bdi>${one}</bdi>`)
      return html`<bdi>${shown}</bdi> ${joined(rest, view.f.comma)} ${url && html`<bdi class="long">${url}</bdi>`}`
    }),
  )
