/** The comparison of approaches as CSV (RFC 4180): a line for each, in the order of the page. */
import { csvOf } from '#features/export/csv-response.ts'
import { plainText } from '#features/export/plain-value.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { recordPath } from '#ui/cards.ts'
import { plainLabel, type View } from '#ui/view.ts'
import {
  costInWords,
  directionName,
  directionsInOrder,
  panelInWords,
  type PanelSays,
} from './pages/approach-figures.ts'
import { inOrderOf, supplies, type ShownLine, type Table } from './pages/approaches.ts'

type Column = readonly [name: string, valueOf: (line: ShownLine) => string | number | undefined]

const countIn = (all: readonly { value: string; count: number }[], wanted: string) =>
  all.find(({ value }) => value === wanted)?.count ?? 0

/** Numbers are written plainly, so that a spreadsheet can count with them. */
function columnsOf(view: View): Column[] {
  const { t } = view
  const outcomes = [...Object.keys(codeList('outcomes')!.terms), 'unsaid']
  return [
    [t('approaches.name'), (line) => plainText(view, line.title, line.originalLanguage)],
    [t('kind.practice.many'), ({ practices }) => practices],
    ...outcomes.map((outcome): Column => [
      `${t('practice.outcome')} · ${outcome === 'unsaid' ? t('home.notTold') : plainLabel(view, 'outcomes', outcome)}`,
      (line) => countIn(line.outcomes, outcome),
    ]),
    [t('kind.study.many'), ({ studies }) => studies],
    ...directionsInOrder.map((direction): Column => [
      `${t('approach.found')} · ${directionName(view, direction)}`,
      (line) => countIn(line.directions, direction),
    ]),
    [t('approaches.strength'), ({ strongest }) => strongest && plainLabel(view, 'evidence-levels', strongest)],
    [t('approaches.withEffect'), ({ withEffect }) => withEffect],
    [t('approaches.medianEffect'), ({ median }) => median],
    [t('approaches.lowestEffect'), ({ lowest }) => lowest],
    [t('approaches.highestEffect'), ({ highest }) => highest],
    [t('approaches.cost'), ({ costs }) => costInWords(view, costs)],
    ...supplies.map(([name, list]): Column => [
      t(`criterion.${name}`),
      (line) => (line[name] === undefined ? undefined : plainLabel(view, list, line[name])),
    ]),
    [
      t('approaches.panel'),
      ({ panels }) =>
        (panels as PanelSays[])
          .filter(({ panel, panelClass }) => panel === 'smart-buys' && panelClass)
          .map((one) => panelInWords(view, one))
          .join('; '),
    ],
    [t('record.address'), ({ id }) => view.absolute(recordPath(id))],
  ]
}

export function approachesCsv(view: View, { lines, sort }: Table): string {
  const columns = columnsOf(view)
  return csvOf([
    columns.map(([name]) => name),
    ...inOrderOf(view, lines, sort).map((line) => columns.map(([, valueOf]) => String(valueOf(line) ?? ''))),
  ])
}
