/** What the columns of a table of statistics mean, guessed from their names; whoever brought it corrects the guess. */
import { plainName, codeNamed } from '#records/vocabularies/names.ts'
import { withPlainDigits } from '#records/locale-values/digits.ts'
import { dimensionNames, type DimensionName } from '#features/indicators/dimensions.ts'
import { years } from '#features/indicators/sources/ddf.ts'
import usual from './usual-headers.json' with { type: 'json' }

/** Breakdowns that a column may tell; who the source is, is said for the whole file. */
export const columnDimensions = dimensionNames.filter((name) => name !== 'source')

export const plainRoles = ['indicator', 'area', 'year', 'value', 'status', 'none'] as const
/** `y2015`: the values of that year, as wide tables have them. */
export type Role = (typeof plainRoles)[number] | DimensionName | `y${number}`

export const decimals = ['auto', '.', ','] as const
export type Decimal = (typeof decimals)[number]

/** What whoever brought the file says of it. */
export type Choices = {
  publisher: string
  publishedOn: string
  /** Of all rows, where no column says it; empty where one does. */
  indicator: string
  area: string
  decimal: Decimal
  columns: Role[]
}

const roleByName = new Map(
  Object.entries(usual).flatMap(([role, names]) => names.map((name) => [plain(name), role as Role] as const)),
)
/** `OBS_VALUE` is “obs value”. */
function plain(name: string): string {
  return plainName(name.replaceAll(/[_.]/g, ' '))
}

/** All names by which the row of headers is found. */
export const headerNames: readonly string[] = [...roleByName.keys()]

/** `2015`, `YR2015`, `2015 [YR2015]` and the digits of other scripts. */
export function yearIn(header: string): number | undefined {
  const [, year] = /^(?:yr\s*)?(\d{4})(?:\.0+)?(?:\s*\[yr\d{4}\])?$/i.exec(withPlainDigits(header).trim()) ?? []
  return year === undefined ? undefined : Number(year)
}
export const isYear = (year: number): boolean => year >= years.first && year <= years.last

function roleOf(header: string): Role {
  const year = yearIn(header)
  if (year !== undefined) return isYear(year) ? `y${year}` : 'none'
  const named = roleByName.get(plain(header))
  if (named) return named
  const dimension = codeNamed('indicator-dimensions', header)
  return columnDimensions.find((name) => name === dimension) ?? 'none'
}

/** Each role once: of a name and a code of the country, the first counts. */
export function guessedRoles(header: readonly string[]): Role[] {
  const taken = new Set<Role>()
  const isLong = header.some((name) => roleOf(name) === 'value')
  return header.map((name) => {
    const role = roleOf(name)
    if (role === 'none' || taken.has(role) || (isLong && yearOf(role) !== undefined)) return 'none'
    taken.add(role)
    return role
  })
}

export const yearOf = (role: Role): number | undefined => (/^y\d{4}$/.test(role) ? Number(role.slice(1)) : undefined)

/** What is wrong with the columns themselves, before any row is read. */
export type ColumnFault = 'noValues' | 'valueAndYears' | 'noYear' | 'noArea' | 'noIndicator' | 'roleTwice'

export function columnFault({ columns, indicator, area }: Choices): ColumnFault | undefined {
  const has = (role: Role) => columns.includes(role)
  const isWide = columns.some((role) => yearOf(role) !== undefined)
  const named = columns.filter((role) => role !== 'none')
  if (new Set(named).size < named.length) return 'roleTwice'
  if (!isWide && !has('value')) return 'noValues'
  if (isWide && has('value')) return 'valueAndYears'
  if (!isWide && !has('year')) return 'noYear'
  if (!has('area') && area === '') return 'noArea'
  if (!has('indicator') && indicator === '') return 'noIndicator'
  return undefined
}
