/**
 * What words mean the same, in one language and across languages: labels of concepts by the stems of their words.
 * It knows the concepts of the node, the code lists, names of languages, and lists of our own.
 */
import { languages } from '#kernel/i18n/languages.ts'
import { hasMessage, messagesIn } from '#kernel/i18n/messages.ts'
import type { Kind } from '#records/kind.ts'
import type { Body } from '#records/record.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { facetLists, type FacetName } from '#records/facets.ts'
import { labelKeys } from './label-key.ts'
import {
  aliases,
  chineseLabels,
  fieldTerms,
  inLanguage,
  isMisread,
  languageNames,
  nearTo,
  onlyOffered,
} from './lexicon-lists.ts'
import { baseLanguage } from './stem.ts'

export type Label = {
  text: string
  language: string
  main: boolean
  /** Its words mean it only together: who leaves a school early need not “leave” anything in a “school”. */
  isIdiom?: boolean
}
export type Entry = {
  id: string
  labels: Label[]
  broader: string[]
  narrower: string[]
  /** It is a filter that may be offered, and its names are no other names of words: what failed is not all failure. */
  isOfferOnly?: boolean
  /** The filter that it is a value of. */
  value?: { facet: FacetName; value: string }
  /** A kind whose records answer “how many …”. */
  holdsNumbers?: boolean
  /** A kind whose records tell what was done and what came of it. */
  leads?: boolean
}

type Concept = { id: string; body: Body }

export type Lexicon = {
  entries: ReadonlyMap<string, Entry>
  /** By language and key (see label-key.ts): the entries with such a label, those first whose main label it is. */
  labelled: ReadonlyMap<string, ReadonlyMap<string, string[]>>
  /** The kinds whose records answer “how many …”. */
  numberKinds: readonly string[]
  /** The kinds whose records tell what was done and what came of it. */
  leadingKinds: readonly string[]
}

/** These are numbered or explained, not called by what somebody would type; only our own names of them count. */
const unnamed = new Set<FacetName>(['evidence', 'licence', 'sdg', 'sdgGoal', 'outcome', 'status', 'direction', 'stage'])
const longestLabel = 80
const han = /\p{sc=Han}/u
/** Begins the identifiers of our own terms. */
export const fieldPrefix = 'field:'
/** Begins a term of our own list whose words mean it only together. */
const idiomSign = '='
/** About five milliseconds. */
const stepsAtOnce = 64
const iso639 = /iso639-2\/([a-z]{3})$/

const textsIn = (texts: unknown, main: boolean): Label[] =>
  Object.entries((texts ?? {}) as Record<string, string | string[]>).flatMap(([language, all]) =>
    [all].flat().map((text) => ({ text: bareLabel(text), language: baseLanguage(language), main })),
  )

/** The labels of a concept, without those that mean something else here. */
const conceptLabels = (texts: unknown, main: boolean): Label[] =>
  Object.entries((texts ?? {}) as Record<string, string | string[]>).flatMap(([language, all]) =>
    textsIn({ [language]: [all].flat().filter((text) => !isMisread(text, baseLanguage(language))) }, main),
  )

/** “Reading (process)” is looked for, and found, as reading. */
const bareLabel = (text: string) => text.replace(/\s*[([（].*$/, '').trim()

const linksIn = (links: unknown): string[] =>
  Array.isArray(links) ? links.filter((link) => typeof link === 'string') : []

function conceptEntry({ id, body }: { id: string; body: Body }): Entry {
  const language = iso639.exec(String(body.uri ?? ''))?.[1]
  const value = language && { facet: 'language' as const, value: Intl.getCanonicalLocales(language)[0]! }
  return {
    id,
    labels: [...conceptLabels(body.title, true), ...conceptLabels(body.otherLabels, false)],
    broader: linksIn(body.broader),
    narrower: [],
    ...(value && { value }),
  }
}

function listEntries(facet: FacetName, list: string): Entry[] {
  const isNamed = !unnamed.has(facet)
  return Object.entries(codeList(list)?.terms ?? {}).flatMap(([code, term]) => {
    const texts = Object.entries(term).filter(
      ([key, text]) => isNamed && !key.startsWith('$') && typeof text === 'string',
    )
    const others = textsIn(aliases[list]?.[code], false)
    const broader = typeof term.$broader === 'string' ? [`${list}:${term.$broader}`] : []
    const mains = textsIn(Object.fromEntries(texts), true)
    const entry = { broader, narrower: [], value: { facet, value: code }, ...(!isNamed && { isOfferOnly: true }) }
    const [fuller, same] = parted(others, (label) => saysMore(label, mains))
    const named = { ...entry, id: `${list}:${code}`, labels: [...mains, ...same] }
    return fuller.length > 0 ? [named, { ...entry, id: `${list}:${code}${fullerSign}`, labels: fuller }] : [named]
  })
}

/** Ends the identifier of the names of a value that say more than its main one. */
export const fullerSign = '+'

const parted = <One>(all: readonly One[], isFirst: (one: One) => boolean): [One[], One[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
]

/** “Rural schools” are more than “rural”: who asks for them is not served by the shorter name. */
const saysMore = ({ text, language }: Label, mains: readonly Label[]): boolean =>
  mains.some((main) => main.language === language && lengthOf(text) > lengthOf(main.text))

const lengthOf = (text: string): number =>
  han.test(text) ? Math.floor([...text].length / 2) : text.split(/\s+/).length

const allListEntries = (): Entry[] =>
  Object.entries(facetLists).flatMap(([facet, lists]) =>
    lists.filter((list) => !onlyOffered.has(list)).flatMap((list) => listEntries(facet as FacetName, list)),
  )

const languageEntries = (): Entry[] =>
  languageNames().map(([code, names]) => ({
    id: `languages:${code}`,
    labels: [
      ...textsIn(names, true),
      ...Object.entries(names).flatMap(([language, name]) =>
        textsIn({ [language]: inLanguage(name, language) }, false),
      ),
      ...textsIn(aliases['languages']?.[code], false),
    ],
    broader: [],
    narrower: [],
    value: { facet: 'language', value: code },
  }))

/** Kinds by their names in all languages, the plural first. Only of those that are asked for does the name find what is of it. */
export const kindEntries = (kinds: Iterable<Pick<Kind, 'name' | 'isAskedFor' | 'holdsNumbers' | 'leadsAt'>>): Entry[] =>
  [...kinds].map(({ name, isAskedFor, holdsNumbers, leadsAt }) => ({
    id: `kinds:${name}`,
    labels: languages.flatMap((language) =>
      [`kind.${name}.many`, `kind.${name}.one`]
        .filter(hasMessage)
        .map((key, at) => ({ text: messagesIn(language)(key), language, main: at === 0 })),
    ),
    broader: [],
    narrower: [],
    value: { facet: 'kind' as const, value: name },
    ...(!isAskedFor && { isOfferOnly: true }),
    ...(holdsNumbers && { holdsNumbers }),
    ...(leadsAt !== undefined && { leads: true }),
  }))

const fieldEntries = (): Entry[] =>
  fieldTerms.map(([name, labels]) => ({
    id: fieldPrefix + name,
    labels: Object.entries(labels).flatMap(([language, texts]) =>
      texts.map((text, place) => ({
        text: text.replace(idiomSign, ''),
        language,
        main: place === 0,
        ...(text.startsWith(idiomSign) && { isIdiom: true }),
      })),
    ),
    broader: nearTo(name).map((other) => fieldPrefix + other),
    narrower: [],
  }))

/** What is the same on each node, made when first asked for: to read some ten thousand names takes longer than the concepts of most nodes. */
let own: readonly Entry[] | undefined
const ownEntries = (): readonly Entry[] =>
  (own ??= [...fieldEntries(), ...allListEntries(), ...languageEntries()].map(named))

/** Lends a concept the Chinese label that our own list gives to its English one. */
function chineseOf({ labels }: Entry): Label[] {
  if (labels.some(({ language }) => language === 'zh')) return []
  const english = labels.find(({ language, main }) => main && language === 'en')
  const chinese = (english && chineseLabels.get(english.text.toLowerCase())) ?? []
  return chinese.map((text, at) => ({ text, language: 'zh', main: at === 0 }))
}

/** With all labels that count. */
const named = (entry: Entry): Entry => ({
  ...entry,
  labels: [...entry.labels, ...chineseOf(entry)].filter(({ text }) => text !== '' && text.length <= longestLabel),
})

/** Pauses after each entry, so that requests are served in between. */
function* labelledBy(entries: Iterable<Entry>): Generator<undefined, Map<string, Map<string, string[]>>> {
  const labelled = new Map<string, Map<string, string[]>>()
  const put = (label: Label, id: string) => {
    const { language } = label
    let known = labelled.get(language)
    if (!known) labelled.set(language, (known = new Map()))
    for (const key of labelKeys(label)) {
      const ids = known.get(key)
      if (!ids) known.set(key, [id])
      else if (!ids.includes(id)) ids.push(id)
    }
  }
  const all = [...entries]
  for (const main of [true, false])
    for (const { id, labels } of all) {
      for (const label of labels) if (label.main === main) put(label, id)
      yield
    }
  return labelled
}

function* lexiconSteps(concepts: Iterable<Concept>, more: readonly Entry[]): Generator<undefined, Lexicon> {
  const entries = new Map<string, Entry>()
  for (const concept of concepts) {
    const entry = named(conceptEntry(concept))
    if (entry.labels.length > 0) entries.set(entry.id, entry)
    yield
  }
  for (const entry of [...ownEntries(), ...more.map(named)]) {
    if (entry.labels.length > 0) entries.set(entry.id, { ...entry, narrower: [] })
    yield
  }
  for (const { id, broader } of entries.values()) for (const above of broader) entries.get(above)?.narrower.push(id)
  const numberKinds = more.flatMap(({ holdsNumbers, value }) => (holdsNumbers && value ? [value.value] : []))
  const leadingKinds = more.flatMap(({ leads, value }) => (leads && value ? [value.value] : []))
  return { entries, labelled: yield* labelledBy(entries.values()), numberKinds, leadingKinds }
}

/** Made once, and again when concepts change. With some thousand concepts it takes the time of dozens of pages. */
export function lexiconOf(concepts: Iterable<Concept>, more: readonly Entry[] = []): Lexicon {
  const steps = lexiconSteps(concepts, more)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, a few steps at a time; `pause` lets others take their turn. */
export async function lexiconBetween(
  concepts: Iterable<Concept>,
  more: readonly Entry[],
  pause: () => Promise<unknown>,
): Promise<Lexicon> {
  const steps = lexiconSteps(concepts, more)
  for (let taken = 1; ; taken++) {
    const { done, value } = steps.next()
    if (done) return value
    if (taken % stepsAtOnce === 0) await pause()
  }
}

/** The same with the names of further entries. */
export function withEntries(lexicon: Lexicon, more: readonly Entry[]): Lexicon {
  const labelled = new Map([...lexicon.labelled].map(([language, keys]) => [language, new Map(keys)]))
  const entries = new Map(lexicon.entries)
  for (const entry of more) {
    entries.set(entry.id, entry)
    for (const label of entry.labels) {
      let keys = labelled.get(label.language)
      if (!keys) labelled.set(label.language, (keys = new Map()))
      for (const key of labelKeys(label)) keys.set(key, [...new Set([...(keys.get(key) ?? []), entry.id])])
    }
  }
  return { ...lexicon, entries, labelled }
}

/** The same with the labels of some entries alone: a thesaurus knows more words, and longer ones. Each is made when first asked for. */
export function lexiconOnly(is: (entry: Entry) => boolean): (lexicon: Lexicon) => Lexicon {
  const known = new WeakMap<Lexicon, Lexicon>()
  return (lexicon) => {
    const made = known.get(lexicon) ?? withLabelsOf(lexicon, is)
    known.set(lexicon, made)
    return made
  }
}

function withLabelsOf(lexicon: Lexicon, is: (entry: Entry) => boolean): Lexicon {
  const isWanted = (id: string) => is(lexicon.entries.get(id)!)
  const wantedIn = (keys: ReadonlyMap<string, string[]>) =>
    [...keys].flatMap(([key, ids]) => {
      const wanted = ids.filter(isWanted)
      return wanted.length > 0 ? [[key, wanted] as const] : []
    })
  return {
    ...lexicon,
    labelled: new Map([...lexicon.labelled].map(([language, keys]) => [language, new Map(wantedIn(keys))])),
  }
}

/** What is made of the labels of one language, when first asked for. */
export function ofLabelsIn<Made>(make: (lexicon: Lexicon, language: string) => Made) {
  const known = new WeakMap<Lexicon, Map<string, Made>>()
  return (lexicon: Lexicon, language: string): Made => {
    let languages = known.get(lexicon)
    if (!languages) known.set(lexicon, (languages = new Map()))
    let made = languages.get(language)
    if (made === undefined) languages.set(language, (made = make(lexicon, language)))
    return made
  }
}
