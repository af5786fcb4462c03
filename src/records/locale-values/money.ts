/** Amounts and currencies (ISO 4217) as people write them: 1 500 €, US$ 20, 3,000 Kenyan shillings. */
import { languages, localeOf } from '#kernel/i18n/languages.ts'
import { withPlainDigits } from './digits.ts'
import { fault, isFault, type Fault } from './fault.ts'
import { readNumber } from './numbers.ts'

export type Money = { amount: number; currency: string }

/** Names that several currencies have, and that none of them may be taken for. */
const unclear = Symbol('unclear')
let known: ReadonlyMap<string, string | typeof unclear> | undefined

const plain = (name: string) => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[\s.]/g, '').toLowerCase()

/** What CLDR does not have: other signs, and forms in other cases. */
const furtherNames: Readonly<Record<string, readonly string[]>> = {
  EUR: ['euros', 'евро'],
  USD: ['US dollars', 'US$', 'USD$', '美金'],
  GBP: ['£', 'pounds sterling'],
  CNY: ['元', 'RMB', 'rmb¥'],
  RUB: ['rubles', 'roubles', 'рублей', 'рубли', 'рубля', 'руб'],
  INR: ['₹', 'Indian rupees'],
  KES: ['KSh', 'Kenya shillings'],
  NGN: ['₦', 'naira'],
  GHS: ['GH₵', 'cedis'],
  XOF: ['FCFA', 'F CFA'],
}

/** In use today, or of states and times that a practice may tell of. */
const codes = () => Intl.supportedValuesOf('currency')

function currencyNames() {
  if (known) return known
  const names = new Map<string, string | typeof unclear>()
  const put = (name: string, code: string) => {
    const key = plain(name)
    const before = names.get(key)
    names.set(key, before === undefined || before === code ? code : unclear)
  }
  const all = codes()
  for (const language of languages) {
    const locale = localeOf[language]
    const display = new Intl.DisplayNames(locale, { type: 'currency' })
    for (const currency of all) {
      put(display.of(currency)!, currency)
      for (const currencyDisplay of ['symbol', 'name'] as const)
        for (const count of currencyDisplay === 'name' ? [1, 2, 5] : [1])
          put(
            new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
              .formatToParts(count)
              .find(({ type }) => type === 'currency')!.value,
            currency,
          )
    }
  }
  // Many countries have dollars, pounds and pesos; what stands alone may be any of them.
  for (const sign of ['$', '£', '¥', 'kr', 'rs']) names.set(sign, unclear)
  for (const [code, further] of Object.entries(furtherNames)) for (const name of further) names.set(plain(name), code)
  for (const code of all) names.set(code.toLowerCase(), code)
  known = names
  return names
}

/** The code of a currency by its code, sign or name in any of the six languages. */
export function readCurrency(text: string): string | Fault {
  const found = currencyNames().get(plain(text))
  if (typeof found === 'string') return found
  return fault(found === undefined ? 'currency' : 'currencyUnclear', text)
}

const figures = /[\d٠-٩۰-۹][\d٠-٩۰-۹.,'’٫٬\s]*[千万萬亿億]?/u

/** What was written for an amount and for its currency, which may stand with the amount. */
export function readMoney(amount: string, currency: string, how: { language: string }): Money | Fault {
  const text = withPlainDigits(amount)
  const [number = ''] = figures.exec(text) ?? []
  const beside = text.replace(number, ' ').trim()
  const code = readCurrency(currency.trim() || (beside === '-' ? '' : beside))
  if (beside && beside !== '-' && currency.trim()) {
    const other = readCurrency(beside)
    const isOther = isFault(other) ? other.fault === 'currency' : other !== code
    if (isOther) return fault('number', amount)
  }
  const value = readNumber(beside === '-' ? text : number.trim(), how)
  if (isFault(value)) return fault('number', amount)
  return isFault(code) ? code : { amount: value, currency: code }
}
