/** JSON Schema checks, compiled once (Ajv, draft 2020-12). What does not fit is told by place and rule, in no language. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Static, TSchema } from 'typebox'
import { isDay, isMoment } from './days.ts'
import { unknownName } from './nearest.ts'
import { Problem, type Violation } from './problem.ts'

// Our own schemas are checked against the meta-schema by a test, which is dear, and not at each start.
const options = {
  strict: false,
  allErrors: true,
  // The schema of what does not fit may name the rule that it is told by.
  verbose: true,
  useDefaults: true,
  validateFormats: true,
  validateSchema: false,
  meta: false,
  // To make the code of a check smaller takes longer than to make it, and the checks gain nothing that can be measured.
  code: { optimize: false },
} as const
/** ISO 4217, of today and of times before; not those that say that there is none, or that are for trials. */
const currencies = new Set(Intl.supportedValuesOf('currency').filter((code) => code !== 'XXX' && code !== 'XTS'))

/** What the formats of our schemas take, by name (JSON Schema 2020-12, Validation §7). */
export const formats = {
  'web-address': isWebAddress,
  'harvest-address': (text: string) => isWebAddress(text) || /^folder:\/\/\/[^\s]+$/.test(text),
  orcid: isOrcid,
  'date-time': isMoment,
  'calendar-date': isOfCalendar,
  'currency-code': (text: string) => !/^[A-Z]{3}$/.test(text) || currencies.has(text),
  // eslint-disable-next-line no-control-regex -- these are what it looks for
  'one-line': (text: string) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text),
}
const strictly = new Ajv2020({ ...options, formats })
/** Addresses and flags carry only text: '20' is taken for 20, 'true' for true, one value for a list of one. */
const fromText = new Ajv2020({ ...options, formats, coerceTypes: 'array' })

/** What is written as a day is one of the calendar; what is not so written, its pattern judges. */
function isOfCalendar(text: string): boolean {
  return !/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text) || isDay(text)
}

/** ISO 7064, modulus 11-2: the last sign follows from the fifteen before it. */
export function isOrcid(text: string): boolean {
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/.test(text)) return false
  const sum = Array.from(text.replaceAll('-', '').slice(0, 15), Number).reduce((all, digit) => (all + digit) * 2, 0)
  const rest = (12 - (sum % 11)) % 11
  return text.at(-1) === (rest === 10 ? 'X' : String(rest))
}

export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return false
  if (!URL.canParse(text)) return false
  // A name of a host has no empty part; a full one may end with a stop.
  return new URL(text).hostname.replace(/\.$/, '').split('.').every(Boolean)
}

const compiled = {
  strictly: new WeakMap<object, ValidateFunction>(),
  fromText: new WeakMap<object, ValidateFunction>(),
}

function validatorOf(schema: TSchema, how: keyof typeof compiled): ValidateFunction {
  const known = compiled[how].get(schema)
  if (known) return known
  const made = (how === 'strictly' ? strictly : fromText).compile(anonymous(schema) as TSchema)
  compiled[how].set(schema, made)
  return made
}

/** Names are for the API description: one schema may stand in several places of another. */
function anonymous(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anonymous)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(([name, value]) => name !== '$id' || typeof value !== 'string')
  return Object.fromEntries(entries.map(([name, value]) => [name, anonymous(value)]))
}

/** What is wrong with a value, if anything, and the value with types instead of text and with what is usual where it says nothing. */
export function judge<Schema extends TSchema>(
  schema: Schema,
  given: unknown,
  how: keyof typeof compiled = 'strictly',
): { violations: Violation[]; value: Static<Schema> } {
  const validate = validatorOf(schema, how)
  // The validator writes into what it judges, and what callers hold is theirs.
  const value = how === 'fromText' || hasDefaults(schema) ? copyOf(given) : given
  const violations = validate(value) ? [] : once((validate.errors ?? []).slice(0, 50).map(toViolation))
  return { violations, value: value as Static<Schema> }
}

/** An empty text breaks several rules, and is told but once. */
const once = (all: readonly Violation[]): Violation[] => [
  ...new Map(all.map((one) => [`${one.place} ${one.rule} ${JSON.stringify(one.values)}`, one])).values(),
]

const withDefaults = new WeakMap<object, boolean>()

/** Whether a check adds what is usual where nothing was said. */
export function hasDefaults(schema: object): boolean {
  const known = withDefaults.get(schema)
  if (known !== undefined) return known
  const inner = Object.values(schema).filter((one): one is object => typeof one === 'object' && one !== null)
  const found = ('default' in schema && 'type' in schema) || inner.some(hasDefaults)
  withDefaults.set(schema, found)
  return found
}

/** Copies plain data; anything else, such as a date, is passed on as it is. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether the value fits, and if not, where and why. */
export const violationsOf = (schema: TSchema, value: unknown, how: keyof typeof compiled = 'strictly'): Violation[] =>
  judge(schema, value, how).violations

/** What fits as its schema says: numbers where they came as text, what is usual where nothing was said. @throws Problem invalid, with every misfit. */
export function validate<Schema extends TSchema>(
  schema: Schema,
  given: unknown,
  how: keyof typeof compiled = 'strictly',
): Static<Schema> {
  const { violations, value } = judge(schema, given, how)
  if (violations.length) throw new Problem('invalid', { count: violations.length }, { violations })
  return value
}

/** Rules of form are told by what is asked for there (`x-rule`): a pattern says nothing to people. */
const formRules = ['pattern', 'format']
/** Some forms have words of their own, whatever else is asked for there. */
const ruleOfFormat: Readonly<Record<string, string>> = { 'calendar-date': 'noSuchDay', 'one-line': 'oneLine' }

/** Where a schema names the rule that is told in place of one of JSON Schema. */
const ruleNamedFor = (keyword: string): string =>
  formRules.includes(keyword)
    ? 'x-rule'
    : keyword === 'type'
      ? 'x-type-rule'
      : keyword === 'additionalProperties'
        ? 'x-name-rule'
        : ''

function toViolation({ instancePath, keyword, params, propertyName, parentSchema, data }: ErrorObject): Violation {
  const missing = keyword === 'required' ? [params.missingProperty as string] : []
  const extra = keyword === 'additionalProperties' ? [params.additionalProperty as string] : []
  const ofName = propertyName ? [propertyName] : []
  const place = [...instancePath.split('/').slice(1), ...missing, ...extra, ...ofName].join('.')
  const ofFormat = keyword === 'format' ? ruleOfFormat[params.format as string] : undefined
  if (ofFormat) return { place, rule: ofFormat, values: { text: data } }
  const named: unknown = parentSchema?.[ruleNamedFor(keyword)]
  if (typeof named === 'string') return { place, rule: named, values: {} }
  // Who left a field empty has to fill it in, and not to count.
  if (keyword === 'minLength' && data === '') return { place, rule: 'blank', values: {} }
  if (keyword === 'additionalProperties') {
    const names = Object.keys((parentSchema?.properties ?? {}) as object)
    return { place, rule: keyword, values: unknownName(extra[0]!, names) }
  }
  return { place, rule: keyword, values: params as Record<string, unknown> }
}
