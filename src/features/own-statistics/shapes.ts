/** The shapes in which tables of statistics are asked for and answered. */
import { Type, type Static } from 'typebox'
import { columnDimensions, decimals, plainRoles } from './columns.ts'
import type { Found } from './rows.ts'
import type { StatisticsImport } from './store.ts'
import { importStates } from './tables.ts'

export const Publisher = Type.String({ minLength: 2, maxLength: 90, pattern: '\\S', 'x-rule': 'blank' })
export const IndicatorCode = Type.String({
  maxLength: 100,
  default: '',
  description: 'Of all rows, where no column says it',
})
export const AreaCode = Type.String({ maxLength: 3, default: '', description: 'Of all rows, where no column says it' })
export const DecimalSign = Type.Enum([...decimals], {
  default: 'auto',
  description: 'The sign of decimals; `auto`: found out',
})
export const RoleName = Type.String({
  maxLength: 20,
  pattern: `^(?:${[...plainRoles, ...columnDimensions].join('|')}|y[12][0-9]{3})$`,
  description: 'What a column holds; `y2015`: values of that year; `none`: not taken in',
})

export const Line = Type.Object(
  {
    id: Type.String(),
    fileName: Type.String(),
    state: Type.Enum([...importStates]),
    publisher: Type.String(),
    publishedOn: Type.String(),
    indicator: Type.String(),
    area: Type.String(),
    decimal: Type.Enum([...decimals]),
    columns: Type.Array(Type.String()),
    counts: Type.Object({
      added: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
      leftOut: Type.Integer({ description: 'Rows with errors, left out as was asked' }),
    }),
    createdAt: Type.String(),
    changedAt: Type.String(),
  },
  { $id: 'StatisticsImport' },
)
export type ImportLine = Static<typeof Line>

export const lineOf = ({ ownerId: _, file: __, release: ___, choices, ...rest }: StatisticsImport): ImportLine => ({
  ...rest,
  ...choices,
})

export const WrongCell = Type.Object({
  row: Type.Integer({ description: 'As spreadsheet programs number it; 0 where the whole file is meant' }),
  column: Type.String({ description: 'Letter and name' }),
  cell: Type.String(),
  rule: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
})

export const Told = Type.Object({
  indicator: Type.String(),
  area: Type.String(),
  period: Type.Integer(),
  dimensions: Type.String(),
  value: Type.Union([Type.Number(), Type.Null()]),
  before: Type.Union([Type.Number(), Type.Null()], { description: 'What holds now, where it changes' }),
})
export type ToldValue = Static<typeof Told>

export const toldOf = ({ indicator, area, period, dimensions, value }: Found, before: number | null): ToldValue => ({
  indicator,
  area,
  period,
  dimensions,
  value,
  before,
})
