/** From the fields of a sent form to the values of a body. What cannot be read is kept as it was typed, to be mended. */
import type { Violation } from '#kernel/problem.ts'
import { ownIdIn } from '../names.ts'
import { codeNamed, languageNamed, nearestName } from './names.ts'
import type { FormField, Step } from './plan.ts'

type Body = Readonly<Record<string, unknown>>
/** `unread`: what was typed into fields that do not fit, by field; `misfits` says why. */
export type ReadForm = { values: Record<string, unknown>; unread: Record<string, string>; violations: Violation[] }

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** Thrown within this file alone: a value that does not fit, with the rule that it breaks. */
class Unfit extends Error {
  readonly rule: string
  readonly values: Record<string, string>
  constructor(rule: string, values: Record<string, string> = {}) {
    super(rule)
    this.rule = rule
    this.values = values
  }
}

function readOne({ field, control, max }: FormField, text: string): unknown {
  if (max !== undefined && text.length > max) throw new Unfit('maxLength', { limit: String(max) })
  switch (field.type) {
    case 'choice': {
      const code = codeNamed(field.vocabulary ?? '', text)
      if (code === undefined) throw unknownName(field.vocabulary ?? '', text)
      return code
    }
    case 'language': {
      const tag = languageNamed(text)
      if (tag === undefined) throw new Unfit('unknownName', { text })
      return tag
    }
    case 'link': {
      const id = ownIdIn(text)
      if (id === null) throw new Unfit('recordLink', { text })
      return id
    }
    case 'number':
    case 'year':
      return readNumber(text, field.type === 'year')
    case 'flag':
      return text === 'true'
    default:
      return control === 'line' ? text.replaceAll(/\s+/g, ' ') : text
  }
}

function unknownName(list: string, text: string): Unfit {
  const near = nearestName(list, text, 'en')
  return near === undefined ? new Unfit('unknownName', { text }) : new Unfit('nearName', { text, near })
}

/** 1234.5, 1 234,5 and ١٢٣٤ are all read; groups of three are no decimals. */
function readNumber(text: string, isWhole: boolean): number {
  const western = text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[\s\u00A0\u202F'’٬]/g, '')
    .replace('٫', '.')
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(western) ? western.replaceAll(',', '') : western.replace(',', '.')
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(plain) || (isWhole && plain.includes('.')))
    throw new Unfit('type', { type: 'number' })
  return Number(plain)
}

const isText = ({ field }: FormField) => field.type === 'text' || field.type === 'words'

/** The value of one thing asked for; undefined where it was left empty. */
function readFormField(
  formField: FormField,
  path: string,
  form: URLSearchParams,
  language: string,
  before: unknown,
): unknown {
  const { control, isList } = formField
  const all = form
    .getAll(path)
    .map((text) => text.trim())
    .filter(Boolean)
  if (control === 'groups' || control === 'files') return readGroups(formField, path, form, language, before)
  if (control === 'money') return readMoney(path, form)
  if (control === 'place') return readPlace(path, form)
  if (isText(formField))
    return readTexts(formField, all.join('\n'), language, before as Record<string, unknown> | undefined)
  const texts = control === 'boxes' ? all : isList ? linesOf(all.join('\n')) : all.slice(0, 1)
  const values = [...new Set(texts.map((text) => readOne(formField, text)))]
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
  text: string,
  language: string,
  before: Record<string, unknown> = {},
): unknown {
  const { [language]: _, ...others } = before
  if (text.trim() === '') return Object.keys(others).length > 0 ? others : undefined
  const own = formField.field.type === 'words' ? linesOf(text) : readOne(formField, text)
  return { [language]: own, ...others }
}

/** Rows that were left empty are none; of the texts in others, what the form does not show stays. */
function readGroups(
  { members, isList }: FormField,
  path: string,
  form: URLSearchParams,
  language: string,
  before: unknown,
): unknown {
  const rows = [
    ...new Set([...form.keys()].flatMap((name) => /^(\d{1,3})\./.exec(name.slice(path.length + 1))?.[1] ?? [])),
  ]
  const places = isList
    ? rows.map((row) => ({ place: `${path}.${row}`, known: (before as unknown[] | undefined)?.[Number(row)] }))
    : [{ place: path, known: before }]
  const groups = places.flatMap(({ place, known }) => {
    if (![...form].some(([name, text]) => name.startsWith(`${place}.`) && text.trim() !== '')) return []
    const entries = members.flatMap((member) => {
      const value = readFormField(
        member,
        `${place}.${member.name}`,
        form,
        language,
        (known as Body | undefined)?.[member.name],
      )
      return value === undefined ? [] : [[member.name, value] as const]
    })
    return entries.length > 0 ? [Object.fromEntries(entries)] : []
  })
  if (groups.length === 0) return undefined
  return isList ? groups : groups[0]
}

function readMoney(path: string, form: URLSearchParams): unknown {
  const amount = form.get(`${path}.amount`)?.trim() ?? ''
  const currency = form.get(`${path}.currency`)?.trim().toUpperCase() ?? ''
  if (amount === '') return undefined
  if (!/^[A-Z]{3}$/.test(currency)) throw new Unfit('currency')
  return { amount: readNumber(amount, false), currency }
}

function readPlace(path: string, form: URLSearchParams): unknown {
  const [latitude = '', longitude = ''] = ['latitude', 'longitude'].map((part) => form.get(`${path}.${part}`)?.trim())
  if (latitude === '' && longitude === '') return undefined
  if (latitude === '' || longitude === '') throw new Unfit('bothParts')
  return { latitude: readNumber(latitude, false), longitude: readNumber(longitude, false) }
}

/** What was typed into all fields of one thing asked for, as it can be shown again. */
const typedAt = (path: string, form: URLSearchParams) =>
  JSON.stringify([...form].filter(([name]) => name === path || name.startsWith(`${path}.`)))

/** The values of a step. A thing that was not in the form at all is not touched; one left empty is `null`. */
export function readStep(step: Step, form: URLSearchParams, language: string, body: Body): ReadForm {
  const read: ReadForm = { values: {}, unread: {}, violations: [] }
  for (const formField of step.asked) {
    const { name } = formField
    try {
      read.values[name] = readFormField(formField, name, form, language, body[name]) ?? null
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      read.unread[name] = typedAt(name, form)
      read.violations.push({ place: name, rule: error.rule, values: error.values })
    }
  }
  return read
}
