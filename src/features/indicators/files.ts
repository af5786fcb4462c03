/** What a page of an indicator shows, as pictures and as files for spreadsheets, with a sheet that says what it is. */
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { writeXlsx, type Cell } from '#codecs/xlsx/write-xlsx.ts'
import { directionOf, type Language } from '#kernel/i18n/languages.ts'
import { canDraw, pngOf, type Letters } from '#kernel/png.ts'
import { csvOf, csvResponse } from '#features/export/csv-response.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { plainLabel, type View } from '#ui/view.ts'
import { citationOf } from './pages/indicator.ts'
import { noPngPage } from './pages/no-png.ts'
import { fontsOf, pictureOf } from './pages/pictures.ts'
import { areaName, breakdownWords, titleOf } from './pages/value-words.ts'
import { publisherIn } from './publishers.ts'
import { isOfAll } from './choices.ts'
import type { Shown } from './shown.ts'
import type { Latest, Value } from './values.ts'

const columns = ['indicator', 'area', 'name', 'year', 'breakdown', 'value', 'status', 'published'] as const
const statuses = 'observation-statuses'
const changeColumns = ['firstYear', 'firstValue', 'change'] as const

type Row = Pick<Value, 'area' | 'period' | 'dimensions' | 'value' | 'status'> &
  Pick<Latest, 'first'> & { indicator: string; publishedOn: string }

/** The lines of a chart; of a map or ranking the value of each area. */
function rowsOf({ told, series, latest, dimensions, choices }: Shown): Row[] {
  if (!isOfAll(choices)) return series.flatMap(({ indicator, values }) => values.map((one) => ({ ...one, indicator })))
  const { code, releasedOn = '' } = told.record.body
  return latest.map((one) => ({ ...one, dimensions, indicator: code, publishedOn: choices.asOf ? '' : releasedOn }))
}

const isOfChange = ({ choices }: Shown) => isOfAll(choices) && choices.since !== undefined

/** For programs: names and codes that are the same in every language. */
function codedTable(view: View, shown: Shown): Cell[][] {
  const isChange = isOfChange(shown)
  const cells = (row: Row): Cell[] => [
    row.indicator,
    row.area,
    areaName(view, row.area),
    row.period,
    row.dimensions,
    row.value,
    row.status,
    row.publishedOn,
    ...(isChange ? [row.first?.period ?? null, row.first?.value ?? null, changeOf(row)] : []),
  ]
  return [[...columns, ...(isChange ? changeColumns : [])], ...rowsOf(shown).map(cells)]
}

/** For people: the same columns with headings and values in their language. */
function namedTable(view: View, shown: Shown): Cell[][] {
  const { t } = view
  const isChange = isOfChange(shown)
  const head = [
    t('kind.indicator.one'),
    t('field.code'),
    t('indicators.area'),
    t('facet.year'),
    t('indicators.breakdown'),
    t('indicators.value'),
    codeList(statuses)!.title[view.language]!,
    t('field.releasedOn'),
    ...(isChange ? [t('indicators.first'), t('indicators.firstValue'), t('indicators.change')] : []),
  ]
  const [, ...lines] = codedTable(view, shown)
  return [
    head,
    ...lines.map((line) =>
      line.map((cell, at) => {
        if (typeof cell !== 'string') return cell
        if (columns[at] === 'breakdown') return breakdownWords(view, cell)
        return columns[at] === 'status' ? plainLabel(view, statuses, cell) : cell
      }),
    ),
  ]
}

/** Without the noise of binary fractions, which spreadsheets would show. */
const changeOf = ({ value, first }: Row): number | null =>
  value === null || !first ? null : Number((value - first.value).toPrecision(12))

const nameOf = ({ told }: Shown) => `qingdao-${told.record.body.code}`

export const indicatorCsv = (view: View, shown: Shown): HttpResponse =>
  csvResponse(csvOf(codedTable(view, shown).map((row) => row.map((cell) => String(cell ?? '')))), nameOf(shown))

export async function indicatorWorkbook(view: View, shown: Shown): Promise<HttpResponse> {
  const rightToLeft = directionOf(view.language) === 'rtl'
  const body = await writeXlsx([
    {
      name: view.t('indicators.values'),
      rows: namedTable(view, shown),
      rightToLeft,
    },
    { name: view.t('indicators.notes'), rows: notesOf(view, shown), widths: [30, 90], rightToLeft },
  ])
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${nameOf(shown)}.xlsx"`,
      'cache-control': 'no-cache',
      ...openToAll,
    },
    body,
    keep: true,
  }
}

const pictureHeaders = { 'cache-control': 'no-cache', ...openToAll }

export const indicatorSvg = (view: View, shown: Shown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'image/svg+xml; charset=utf-8', ...pictureHeaders },
  body: pictureOf(view, shown),
  keep: true,
})

/** Where no font here has the letters of the language, a page that says so: a picture with gaps would be worse than none. */
export async function indicatorPng(view: View, shown: Shown): Promise<HttpResponse> {
  const isReady = await canDraw(lettersOf[view.language], fontsOf(view)).catch(() => false)
  if (!isReady) return noPngPage(view, shown)
  return {
    status: 200,
    headers: {
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="${nameOf(shown)}.png"`,
      ...pictureHeaders,
    },
    body: await pngOf(pictureOf(view, shown)),
    keep: true,
  }
}

/** Two letters of the script of each language that differ much in size. */
const lettersOf: Readonly<Record<Language, Letters>> = {
  en: ['i', 'W'],
  fr: ['i', 'W'],
  es: ['i', 'W'],
  ar: ['ا', 'ص'],
  ru: ['г', 'Щ'],
  zh: ['一', '国'],
}

function notesOf(view: View, shown: Shown): Cell[][] {
  const { t } = view
  const { body } = shown.told.record
  const of = (texts: Readonly<Record<string, string>> | undefined) => (texts ? titleOf(view, texts) : '')
  return [
    [t('field.title'), of(body.title)],
    [t('field.code'), body.code],
    [t('indicators.breakdown'), breakdownWords(view, shown.dimensions)],
    [t('field.definition'), of(body.definition)],
    [t('field.limits'), of(body.limits)],
    [t('field.indicator.method'), of(body.method)],
    [t('field.unit'), plainLabel(view, 'indicator-units', body.unit)],
    [t('field.publisher'), publisherIn(view.language, body.publisher ?? '')],
    [t('field.licence'), body.licence ?? ''],
    [t('field.releasedOn'), body.releasedOn ?? ''],
    [t('indicators.cite'), citationOf(view, shown)],
  ]
}
