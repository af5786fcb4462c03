/** Transactions and budgets as records hold them. One that cannot be read makes its activity refused: a part is never the whole. */
import { isDay } from '#kernel/days.ts'
import type { Activity, Budget, Transaction, Value } from '#codecs/iati/activity.ts'
import type { Note } from '#records/sources/source.ts'
import { known } from '#records/sources/row.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { largestValue, mostTransactions } from '../funding.ts'
import type { Funding } from '../money/flows.ts'
import type { Organisations } from './organisations.ts'
import { textsOf } from './narrative-texts.ts'

/** Thrown with what a reader is told. */
export class Unfit extends Error {
  note: Note
  constructor(code: string, values: NonNullable<Note['values']> = {}) {
    super(code)
    this.note = { code, values }
  }
}

const mostBudgets = 500
const years = { first: 1900, last: 2100 }

/** A day of the calendar in years that money of today can be of; nothing for others, such as the year 1013. */
export function dayWritten(text: string | undefined): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T|Z|[+-]\d{2}:\d{2}$)/.exec(text ?? '')?.[0]
  if (!day || !isDay(day)) return undefined
  const year = Number(day.slice(0, 4))
  return year >= years.first && year <= years.last ? day : undefined
}

/** xsd:decimal, and no more than money can be; nothing for `1e400`, `NaN` or `1,000`. */
export function numberWritten(text: string | undefined): number | undefined {
  const value = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text ?? '') ? Number(text) : Number.NaN
  return Math.abs(value) <= largestValue ? value : undefined
}

type Place = { element: string; number: number }

const unfit = ({ element, number }: Place, field: string, value = ''): Unfit =>
  new Unfit('moneyUnfit', { element, number, field, value: value.slice(0, 100) })

function valueIn(one: Value, place: Place, date: string | undefined) {
  const value = numberWritten(one.value)
  if (value === undefined) throw unfit(place, 'value', one.value)
  const currency = one.currency?.toUpperCase() ?? ''
  if (!/^[A-Z]{3}$/.test(currency)) throw unfit(place, 'currency', one.currency)
  const valueDate = one.valueDate === undefined ? date : dayWritten(one.valueDate)
  if (!valueDate) throw unfit(place, 'value-date', one.valueDate)
  return { value, currency, valueDate }
}

function transactionIn(one: Transaction, number: number, organisations: Organisations, notes: Note[]) {
  const place = { element: 'transaction', number }
  const date = dayWritten(one.date)
  if (!date) throw unfit(place, 'transaction-date', one.date)
  if (!termOf('transaction-types', one.type ?? '')) throw unfit(place, 'transaction-type', one.type)
  return known({
    transactionType: one.type,
    date,
    ...valueIn(one, place, date),
    provider: organisations.idOf(one.provider),
    receiver: organisations.idOf(one.receiver),
    note: one.description && textsOf(one.description, 5_000, notes),
    country: one.country && termOf('countries', one.country) ? one.country : undefined,
    sector: one.sector?.slice(0, 100),
  })
}

function budgetIn(one: Budget, number: number) {
  const place = { element: 'budget', number }
  const [from, to] = [dayWritten(one.from), dayWritten(one.to)]
  if (!from) throw unfit(place, 'period-start', one.from)
  if (!to) throw unfit(place, 'period-end', one.to)
  const isKnown = (list: string, code: string | undefined) => (code && termOf(list, code) ? code : undefined)
  return known({
    budgetType: isKnown('budget-types', one.type),
    budgetStatus: isKnown('budget-statuses', one.status),
    from,
    to,
    ...valueIn(one, place, from),
  })
}

/** @throws Unfit */
export function moneyIn({ transactions, budgets }: Activity, organisations: Organisations, notes: Note[]) {
  if (transactions.length > mostTransactions || budgets.length > mostBudgets)
    throw new Unfit('tooMuchMoney', { count: Math.max(transactions.length, budgets.length), limit: mostTransactions })
  const kept = transactions.map((one, at) => transactionIn(one, at + 1, organisations, notes)) as NonNullable<
    Funding['transactions']
  >
  return { transactions: kept, budgets: budgets.map((one, at) => budgetIn(one, at + 1)), amount: committed(kept) }
}

/** What was committed in all, where it is of one currency. */
function committed(transactions: NonNullable<Funding['transactions']>) {
  const outgoing = transactions.filter(({ transactionType }) => transactionType === '2')
  const [currency, other] = [...new Set(outgoing.map((one) => one.currency))]
  const sum = outgoing.reduce((total, { value }) => total + value, 0)
  return currency !== undefined && other === undefined && sum > 0
    ? { amount: Number(sum.toFixed(6)), currency }
    : undefined
}
