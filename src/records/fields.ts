/**
 * The words that kinds are written in. Each makes a JSON Schema (TypeBox) with an annotation, `x-field`,
 * from which search, facets, links, pages, forms and schema.org output are derived.
 */
import { Type, type TSchema } from 'typebox'

export type TextWeight = 'title' | 'heading' | 'text'

export type Field = {
  type:
    | 'text'
    | 'words'
    | 'choice'
    | 'language'
    | 'link'
    | 'url'
    | 'date'
    | 'year'
    | 'number'
    | 'string'
    | 'flag'
    | 'money'
    | 'place'
    | 'identifier'
    | 'file'
  /** What search does with the words: nothing when absent. Of a link, the words are the title that it leads to. */
  weight?: TextWeight
  /** Search reads it up to this sign: a publisher is its own name, and not the university that it belongs to. */
  searchedUntil?: string
  /** The filter that counts its values. */
  facet?: string
  /** The vocabulary that its values come from. */
  vocabulary?: string
  /** Of words that anybody may write: the list that names the usual ones in every language. Others stand as they were written. */
  usual?: string
  /** A typed link to another record; both ends show it. */
  rel?: string
  to?: readonly string[]
  /** What the record that a link leads to is, this one is found by too: a field there → the filter here,
   * or for what is linked there, `linked:` and the relation. */
  lends?: Readonly<Record<string, string>>
  /** What is linked is found by the title of this record too, in whatever language it has one: a study by its practice. */
  names?: true
  /** The schema.org property that it becomes. */
  property?: string
  /** However many it has to choose from, a form shows all: terms of its vocabulary, or records that it may lead to. */
  offersAll?: boolean
  /** Left off the page because a part made for the kind shows it. */
  shownApart?: boolean
  /** It counts something, so that it has no fractions. */
  isCount?: boolean
  /** It is more or less than none: shown with its sign and as many decimals as those beside it. */
  isSigned?: boolean
  /** The field beside it that tells when it ended: a period is parted between both, and may not end before it begins. */
  endsIn?: string
  /** It names people, or where they work: kept from reviewers to whom authors stay unnamed. */
  tellsWho?: boolean
}

type Options = Omit<Field, 'type'> & { max?: number; description?: string }

/** The rule by whose words a form that does not fit is told (`kernel/schema.ts`): those of a pattern help nobody. */
const ruleOf: Partial<Record<Field['type'], string>> = {
  date: 'isoDate',
  language: 'languageTag',
  link: 'recordId',
  url: 'webAddress',
  file: 'noFile',
}
/** Something to see: spaces and signs without a shape are none. */
const notBlank = { pattern: '[^\\s\\p{Cc}\\p{Cf}]', 'x-rule': 'blank' }

/** What is told where a value has no such shape at all. */
const shapeRuleOf: Partial<Record<Field['type'], string>> = {
  text: 'textShape',
  words: 'wordsShape',
  money: 'moneyShape',
  place: 'placeShape',
}

const annotate = (type: Field['type'], { max: _, description, ...field }: Options) => ({
  'x-field': { type, ...field } satisfies Field,
  ...(ruleOf[type] !== undefined && { 'x-rule': ruleOf[type] }),
  ...(shapeRuleOf[type] !== undefined && { 'x-type-rule': shapeRuleOf[type] }),
  ...(description && { description }),
})

/** BCP 47, as far as syntax goes. */
export const languageTag = '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'
export const recordId = '^[0-9a-hjkmnp-tv-z]{16}$'

/** A text in one or more languages: BCP 47 tag → text. */
export const text = (options: Options = {}) =>
  Type.Record(
    Type.String({ pattern: languageTag, 'x-rule': 'languageTag' }),
    Type.String({ minLength: 1, maxLength: options.max ?? 20_000, ...notBlank }),
    {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 200,
      'x-name-rule': 'languageTag',
      ...annotate('text', { weight: 'text', ...options }),
    },
  )

/** Several short texts by language: other names, keywords. BCP 47 tag → texts. */
export const words = (options: Options = {}) =>
  Type.Record(
    Type.String({ pattern: languageTag, 'x-rule': 'languageTag' }),
    Type.Array(Type.String({ minLength: 1, maxLength: options.max ?? 500, ...notBlank }), {
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
    }),
    {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 200,
      'x-name-rule': 'languageTag',
      ...annotate('words', { weight: 'text', ...options }),
    },
  )

/** A code of a vocabulary. */
export const choice = (vocabulary: string, options: Options = {}) =>
  Type.String({ minLength: 1, maxLength: 200, ...annotate('choice', { vocabulary, ...options }) })

/** A language as a BCP 47 tag. */
export const language = (options: Options = {}) =>
  Type.String({ pattern: languageTag, maxLength: 35, ...annotate('language', options) })

/** The identifier of another record. */
export const link = (rel: string, to: readonly string[], options: Options = {}) =>
  Type.String({ pattern: recordId, ...annotate('link', { rel, to, ...options }) })

export const url = (options: Options = {}) =>
  Type.String({ format: 'web-address', maxLength: 2_000, ...annotate('url', options) })

/** As exact as it is known; a day must be one of the calendar, which no pattern can say. */
export const partDate = {
  pattern: '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$',
  format: 'calendar-date',
} as const

/** A day, month or year: 2024-05-17, 2024-05 or 2024. */
export const date = (options: Options = {}) => Type.String({ ...partDate, ...annotate('date', options) })

export const year = (options: Options = {}) =>
  Type.Integer({ minimum: 1000, maximum: 2200, ...annotate('year', options) })

export const number = (options: Options & { minimum?: number; maximum?: number; unit?: string } = {}) => {
  const { minimum, maximum, unit, ...rest } = options
  // A count is told from any other number by having no fractions; what no program can count is none.
  const shape = rest.isCount ? Type.Integer : Type.Number
  return shape({
    ...(rest.isCount && { maximum: Number.MAX_SAFE_INTEGER }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(unit && { 'x-unit': unit }),
    ...annotate('number', rest),
  })
}

/** One line that has no language: a name, a code, a version. */
export const line = (options: Options = {}) =>
  Type.String({
    minLength: 1,
    maxLength: options.max ?? 1_000,
    format: 'one-line',
    ...notBlank,
    ...annotate('string', options),
  })

/** The number of a person at orcid.org: `0000-0002-1825-0097`. */
export const orcid = (options: Options = {}) =>
  Type.String({ format: 'orcid', maxLength: 19, ...annotate('string', options), 'x-rule': 'orcid' })

/** An identifier given by others, as a URI or in its scheme's own form. */
export const identifier = (options: Options = {}) =>
  Type.String({ minLength: 1, maxLength: 2_000, format: 'one-line', ...notBlank, ...annotate('identifier', options) })

export const flag = (options: Options = {}) => Type.Boolean(annotate('flag', options))

/** An amount in a currency (ISO 4217). */
export const money = (options: Options = {}) =>
  Type.Object(
    {
      amount: Type.Number({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
      currency: Type.String({ pattern: '^[A-Z]{3}$', format: 'currency-code', 'x-rule': 'currencyCode' }),
    },
    { additionalProperties: false, ...annotate('money', options) },
  )

/** A point (WGS 84), coarsened where people could be singled out. */
export const place = (options: Options = {}) =>
  Type.Object(
    { latitude: Type.Number({ minimum: -90, maximum: 90 }), longitude: Type.Number({ minimum: -180, maximum: 180 }) },
    { additionalProperties: false, ...annotate('place', options) },
  )

/** A file that is kept here, by its SHA-256. */
export const fileDigest = '^[0-9a-f]{64}$'

/**
 * Pictures and documents: each with what is known of it by its bytes, what people call it, and for pictures what is to be
 * seen on them.
 */
export const attachments = () => {
  const apart = { shownApart: true }
  return many(
    group({
      file: Type.String({ pattern: fileDigest, ...annotate('file', apart) }),
      name: line({ max: 200, ...apart }),
      mediaType: line({ max: 100, ...apart }),
      bytes: number({ minimum: 1, ...apart }),
      width: maybe(number({ minimum: 1, ...apart })),
      height: maybe(number({ minimum: 1, ...apart })),
      title: maybe(text({ max: 500, ...apart })),
      alternative: maybe(text({ max: 500, ...apart })),
      licence: maybe(choice('licences', apart)),
      credit: maybe(line({ max: 500, tellsWho: true, ...apart })),
    }),
    20,
  )
}

/** A list without order. Objects in it are not compared with one another: that would take the square of their number. */
export const many = <Item extends TSchema>(item: Item, max = 200) =>
  Type.Array(item, { minItems: 1, maxItems: max, ...('properties' in item ? {} : { uniqueItems: true }) })
/** In an order that means something, such as the steps of a pathway. */
export const inOrder = <Item extends TSchema>(item: Item, max = 2_000) =>
  Type.Array(item, { minItems: 1, maxItems: max })
export const group = <Properties extends Record<string, TSchema>>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false })
export const maybe = <Item extends TSchema>(item: Item) => Type.Optional(item)
