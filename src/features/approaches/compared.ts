/** What approaches are chosen by, where they are compared: it is computed, and so in none of their fields. */
import type { FurtherRows } from '#features/compare/further-rows.ts'
import type { Content } from '#kernel/html/html.ts'
import { html } from '#kernel/html/html.ts'
import { strengthSign } from '#ui/effect-line.ts'
import { plainLabel, type View } from '#ui/view.ts'
import {
  costFigure,
  costInWords,
  endsBar,
  endsInWords,
  foundFigure,
  effectInWords,
  spreadInWords,
} from './pages/approach-figures.ts'
import { approachSummary } from './summary.ts'
import type { Summary } from './shapes.ts'

type Row = {
  name: 'approaches.cost' | 'approaches.strength' | 'approaches.effect' | 'approaches.practices'
  shown: (view: View, summary: Summary) => Content
  plain: (view: View, summary: Summary) => string
}

const strongestIn = ({ effects }: Summary) => effects.levels[0]?.value

const rows: readonly Row[] = [
  {
    name: 'approaches.cost',
    shown: (view, { costs }) => costFigure(view, costs.ranges),
    plain: (view, { costs }) => costInWords(view, costs.ranges),
  },
  {
    name: 'approaches.strength',
    shown: (view, summary) =>
      html`${strengthSign(view, strongestIn(summary))} <div class="small">${view.t('approaches.studies', { count: summary.effects.studies.length })}</div>`,
    plain: (view, summary) => {
      const strongest = strongestIn(summary)
      const studies = view.t('approaches.studies', { count: summary.effects.studies.length })
      return strongest ? `${plainLabel(view, 'evidence-levels', strongest)} (${studies})` : studies
    },
  },
  {
    name: 'approaches.effect',
    shown: (view, { effects }) => foundFigure(view, effects, effects.studies.length),
    plain: (view, { effects }) =>
      [effectInWords(view, effects), ...spreadInWords(view, effects.directions, effects.studies.length)].join('; '),
  },
  {
    name: 'approaches.practices',
    shown: (view, { practices }) =>
      html`${practices.total > 0 && endsBar(view, practices.outcomes)}${view.t('approaches.practiceCount', { count: practices.total })}
        <div class="small">${endsInWords(view, practices.outcomes)}</div>`,
    plain: (view, { practices }) =>
      [view.t('approaches.practiceCount', { count: practices.total }), endsInWords(view, practices.outcomes)]
        .filter(Boolean)
        .join(view.f.colon),
  },
]

export const comparedApproaches: FurtherRows = async ({ ask }, view, records) => {
  const summaries = await Promise.all(records.map(({ id }) => ask(approachSummary, { id })))
  return rows.map(({ name, shown, plain }) => ({
    name: view.t(name),
    cells: summaries.map((summary) => ({ shown: shown(view, summary), plain: plain(view, summary) })),
  }))
}
