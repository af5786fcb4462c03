/** From the fields of a sent form to the values of a body. What cannot be read is kept as it was typed, to be mended. */
import type { Violation } from '#kernel/problem.ts'
import { ownIdIn } from '../names.ts'
import { isFault, type Fault } from '../locale-values/fault.ts'
import { readDate, readSingleDate } from '../locale-values/dates.ts'
import { readMoney } from '../locale-values/money.ts'
import { readNumber, readYear } from '../locale-values/numbers.ts'
import { violationsOf } from '#kernel/schema.ts'
import { labelOf } from '../vocabularies/index.ts'
import { languageNamed } from '../vocabularies/language-names.ts'
import { codeNamed, termsLike } from '../vocabularies/names.ts'
import type { FormField, Step } from './plan.ts'

type Body = Readonly<Record<string, unknown>>
/** `unread`: what was typed into fields that do not fit, by field; `misfits` says why. */
export type ReadForm = { values: Record<string, unknown>; unread: Record<string, string>; violations: Violation[] }

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** Thrown within this file alone: a value that does not fit, with the rule that it breaks and the control it was in. */
class Unfit extends Error {
  readonly rule: string
  readonly values: Record<string, string>
  path: string | undefined
  constructor(rule: string, values: Record<string, string> = {}) {
    super(rule)
    this.rule = rule
    this.values = values
  }
}

/** What a function of `locale-values` read. @throws Unfit where it could not. */
function expectRead<Value>(read: Value | Fault): Value {
  if (isFault(read)) throw new Unfit(read.fault, read.values)
  return read
}

function readOne({ field, control, max }: FormField, path: string, text: string, written: Written): unknown {
  const { reader, links } = written
  if (max !== undefined && text.length > max) throw new Unfit('maxLength', { limit: String(max) })
  switch (field.type) {
    case 'choice': {
      const list = field.vocabulary ?? ''
      const code = codeNamed(list, text) ?? codeNamed(list, pickedFor(path, text, written))
      if (code === undefined) throw unknownName(list, text, written)
      return code
    }
    case 'language': {
      const tag = languageNamed(text) ?? languageNamed(pickedFor(path, text, written))
      if (tag === undefined) throw new Unfit('unknownName', { text })
      return tag
    }
    case 'link': {
      const id = linkedIdIn(text) ?? ownIdIn(pickedFor(path, text, written)) ?? links?.get(text)
      if (id === undefined) throw new Unfit('recordLink', { text })
      return id
    }
    case 'number':
      return expectRead(readNumber(text, { language: reader, isCount: field.isCount }))
    case 'year':
      return expectRead(readYear(text))
    case 'date':
      return expectRead(readSingleDate(text, { language: reader }))
    case 'flag':
      if (text !== 'true' && text !== 'false') throw new Unfit('notOffered')
      return text === 'true'
    default:
      return control === 'line' ? text.replaceAll(/\s+/g, ' ') : text
  }
}

/** The record that a text leads to by itself: its identifier, its address, or its title with the identifier behind it. */
export const linkedIdIn = (text: string): string | null => ownIdIn(/\[([^[\]\s]+)\]$/.exec(text)?.[1] ?? text)

/** Where something else was typed than a name, a form offers what may be meant; this is the field that says which. */
export const pickField = (path: string, text: string): string => `pick.${path}.${text}`
const pickedFor = (path: string, text: string, { form }: Written): string => form.get(pickField(path, text)) ?? ''

function unknownName(list: string, text: string, { reader }: Written): Unfit {
  // Of several that may be meant none is told before the others: a form offers them all.
  const [code, ...more] = termsLike(list, text, 2)
  const near = code && more.length === 0 ? labelOf(list, code, reader)?.text : undefined
  return near === undefined ? new Unfit('unknownName', { text }) : new Unfit('nearName', { text, near })
}

const isText = ({ field }: FormField) => field.type === 'text' || field.type === 'words'

/**
 * `language`: of the texts. `reader`: of the page, in whose way numbers and dates are written. `links`: records by what was
 * typed for them. `wrong`: all that could not be read.
 */
type Written = {
  form: URLSearchParams
  language: string
  reader: string
  links: ReadonlyMap<string, string> | undefined
  wrong: Violation[]
}

/** The value of one thing asked for; undefined where it was left empty, or could not be read, which `wrong` then tells. */
function readFormField(formField: FormField, path: string, written: Written, before: unknown): unknown {
  return orWrong(path, written, () => readControl(formField, path, written, before))
}

function orWrong<Value>(path: string, { wrong }: Written, read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    wrong.push({ place: error.path ?? path, rule: error.rule, values: error.values })
    return undefined
  }
}

function readControl(formField: FormField, path: string, written: Written, before: unknown): unknown {
  const { form } = written
  const { control, isList } = formField
  const all = form
    .getAll(path)
    .map((text) => text.trim())
    .filter(Boolean)
  if (control === 'groups' || control === 'files') return readGroups(formField, path, written, before)
  if (control === 'money') return readAmount(path, written)
  if (control === 'place') return readPlace(path, written)
  if (isText(formField))
    return readTexts(formField, path, all.join('\n'), written, before as Record<string, unknown> | undefined)
  const texts = control === 'boxes' ? all : isList ? linesOf(all.join('\n')) : all.slice(0, 1)
  const read = texts.map((text) => orWrong(path, written, () => readOne(formField, path, text, written)))
  const values = [...new Set(read.filter((value) => value !== undefined))]
  if (values.length === 0) return undefined
  if (control === 'boxes' && isSameSet(values, before)) return before
  return isList ? values : values[0]
}

/** Boxes stand in the order of their vocabulary; who changes none of them changes nothing. */
const isSameSet = (values: unknown[], before: unknown): boolean =>
  Array.isArray(before) && before.length === values.length && values.every((one) => before.includes(one))

/** The form shows a text in its original language; its translations are kept. */
function readTexts(
  formField: FormField,
  path: string,
  text: string,
  written: Written,
  before: Record<string, unknown> = {},
): unknown {
  const { language } = written
  const { [language]: _, ...others } = before
  if (text.trim() === '') return Object.keys(others).length > 0 ? others : undefined
  const own = formField.field.type === 'words' ? linesOf(text) : readOne(formField, path, text, written)
  return { [language]: own, ...others }
}

const isFilled = (place: string, form: URLSearchParams): boolean =>
  [...form].some(([name, text]) => name.startsWith(`${place}.`) && text.trim() !== '')

/** The numbers of the rows of a field that say something, in the order of the form. */
export const filledRows = (path: string, form: URLSearchParams): number[] =>
  [...new Set([...form.keys()].flatMap((name) => /^(\d{1,3})\./.exec(rowPart(path, name))?.[1] ?? []))]
    .filter((row) => isFilled(`${path}.${row}`, form))
    .map(Number)
const rowPart = (path: string, name: string) => (name.startsWith(`${path}.`) ? name.slice(path.length + 1) : '')

/** Rows that were left empty are none; of the texts in others, what the form does not show stays. */
function readGroups({ members, isList }: FormField, path: string, written: Written, before: unknown): unknown {
  const { form } = written
  const rows = filledRows(path, form)
  const places = isList
    ? rows.map((row) => ({ place: `${path}.${row}`, known: (before as unknown[] | undefined)?.[row] }))
    : [{ place: path, known: before }]
  const groups = places.flatMap(({ place, known }) => {
    if (!isFilled(place, form)) return []
    const entries = members.flatMap((member) => {
      const value = readFormField(
        member,
        `${place}.${member.name}`,
        written,
        (known as Body | undefined)?.[member.name],
      )
      return value === undefined ? [] : [[member.name, value] as const]
    })
    return entries.length > 0 ? [Object.fromEntries(entries)] : []
  })
  if (groups.length === 0) return undefined
  return isList ? groups : groups[0]
}

function readAmount(path: string, { form, reader }: Written): unknown {
  const [amount = '', currency = ''] = ['amount', 'currency'].map((part) => form.get(`${path}.${part}`)?.trim())
  if (amount === '') return undefined
  const read = readMoney(amount, currency, { language: reader })
  if (!isFault(read)) return read
  const unfit = new Unfit(read.fault, read.values)
  unfit.path = `${path}.${read.fault === 'number' ? 'amount' : 'currency'}`
  throw unfit
}

function readPlace(path: string, { form, reader }: Written): unknown {
  const [latitude, longitude] = (['latitude', 'longitude'] as const).map((part) => {
    const text = form.get(`${path}.${part}`)?.trim() ?? ''
    if (text === '') return undefined
    const read = readNumber(text, { language: reader, isUngrouped: true })
    const isThere = !isFault(read) && Math.abs(read) <= (part === 'latitude' ? 90 : 180)
    if (isThere) return read
    const unfit = new Unfit(part, { text })
    unfit.path = `${path}.${part}`
    throw unfit
  })
  if (latitude === undefined && longitude === undefined) return undefined
  if (latitude === undefined || longitude === undefined) throw new Unfit('bothParts')
  return { latitude, longitude }
}

/** What was typed into all fields of one thing asked for, as it can be shown again. */
const typedAt = (path: string, form: URLSearchParams) =>
  JSON.stringify([...form].filter(([name]) => name === path || name.startsWith(`${path}.`)))

/**
 * The values of a step. A thing that was not in the form at all is not touched; one left empty is `null`. What was read
 * and does not fit its schema is there, with its violations.
 * @param links records by what was typed for them, where it is no identifier
 * @param reader the language of the page that was filled in, in whose way dates and numbers are written
 */
export function readStep(
  step: Step,
  form: URLSearchParams,
  language: string,
  body: Body,
  reader: string = language,
  links?: ReadonlyMap<string, string>,
): ReadForm {
  const read: ReadForm = { values: {}, unread: {}, violations: [] }
  const parted = withPeriodsParted(step, form, reader)
  for (const formField of step.asked) {
    const { name } = formField
    const written: Written = { form: parted, language, reader, links, wrong: [] }
    const value = readFormField(formField, name, written, body[name])
    if (written.wrong.length > 0) {
      read.unread[name] = typedAt(name, form)
      read.violations.push(...written.wrong)
    } else {
      read.values[name] = value ?? null
      if (value !== undefined) read.violations.push(...violationsOfValue(formField, value))
    }
  }
  return read
}

/** What is wrong with one value of a body, whatever else the body holds. */
export const violationsOfValue = ({ name, schema }: FormField, value: unknown): Violation[] =>
  violationsOf(schema, value).map((violation) => ({
    ...violation,
    place: [name, violation.place].filter(Boolean).join('.'),
  }))

/** “2015–2018” where only a beginning is asked for tells the end too, where that has a field and was left empty. */
function withPeriodsParted(step: Step, form: URLSearchParams, reader: string): URLSearchParams {
  let parted = form
  for (const { name, field } of step.asked) {
    const { endsIn } = field
    const isAsked = endsIn !== undefined && step.asked.some((one) => one.name === endsIn)
    if (!isAsked || form.get(endsIn)?.trim()) continue
    const read = readDate(form.get(name)?.trim() ?? '', { language: reader })
    if (isFault(read) || read.to === undefined) continue
    if (parted === form) parted = new URLSearchParams([...form])
    parted.set(name, read.from)
    parted.set(endsIn, read.to)
  }
  return parted
}
