/**
 * What search knows beside its index: concepts with their names in many languages, and what curators put first.
 * Both come from records, are gathered when first asked for, and gathered anew after one of them changed.
 */
import { setImmediate as takeTurns } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { JournalLine } from '#kernel/journal.ts'
import { bestBet } from './best-bet.ts'
import { concept } from '#records/vocabularies/concept.ts'
import { isOf, type Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { kindEntries, lexiconBetween, type Lexicon } from './query/lexicon.ts'
import type { Understood } from './query/understand.ts'
import { refreshing } from './refreshing.ts'
import { valueNames, type ValueNames } from '#records/value-names.ts'
import { plainName } from '#records/vocabularies/names.ts'

/** A label of a concept: folded to be found by its beginning, and as it is written. */
export type ConceptLabel = { folded: string; label: string; language: string; id: string }

export type Concepts = {
  lexicon: Lexicon
  /** In the order of their folded labels. */
  labels: ConceptLabel[]
  /** Questions understood with this lexicon. */
  understood: BoundedCache<Understood>
}

/** Identifiers of the records recommended for a question, by the question folded. */
export type Bets = ReadonlyMap<string, readonly string[]>

export type KnowledgeOfSearch = {
  names: ValueNames
  /** While concepts change, the old ones serve until the new are gathered: that takes longer than a page. */
  concepts: () => Promise<Concepts>
  bets: () => Promise<Bets>
  /** Told of what changed. */
  hear: (lines: readonly JournalLine[]) => void
}

const pageSize = 200
const mostUnderstood = 200
const mostNamed = 3

/** `changed` is told when what was gathered anew begins to serve: answers made before may differ. */
export function knowledgeOf(
  db: Kysely<unknown>,
  kinds: ReadonlyMap<string, Kind>,
  changed: () => void,
): KnowledgeOfSearch {
  const concepts = refreshing(() => gatherConcepts(db, kinds), { meanwhile: true, changed })
  const bets = refreshing(async () => betsOf(await allOf(db, bestBet.name)), { meanwhile: false })
  return {
    names: valueNames(kinds),
    concepts: concepts.current,
    bets: bets.current,
    hear: (lines) => {
      if (lines.some(({ kind }) => kind === concept.name)) concepts.spoil()
      if (lines.some(({ kind }) => kind === bestBet.name)) bets.spoil()
    },
  }
}

async function gatherConcepts(db: Kysely<unknown>, kinds: ReadonlyMap<string, Kind>): Promise<Concepts> {
  const all = await allOf(db, concept.name)
  const lexicon = await lexiconBetween(all, kindEntries(kinds.values()), takeTurns)
  return { lexicon, labels: await labelsOf(all), understood: boundedCache(mostUnderstood) }
}

async function allOf(db: Kysely<unknown>, kind: string): Promise<StoredRecord[]> {
  const all: StoredRecord[] = []
  for (let after = 0; ;) {
    const page = await records(db).list(kind, { after, limit: pageSize })
    all.push(...page)
    if (page.length < pageSize) return all
    // Pages are made on this thread too.
    await takeTurns()
    after = page.at(-1)!.number
  }
}

async function labelsOf(concepts: readonly StoredRecord[]): Promise<ConceptLabel[]> {
  const labels: ConceptLabel[] = []
  for (const [at, { id, body }] of concepts.entries()) {
    for (const [language, label] of Object.entries(body.title))
      labels.push({ folded: plainName(label), label, language, id })
    if (at % pageSize === 0) await takeTurns()
  }
  return labels.sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
}

function betsOf(bets: readonly StoredRecord[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { body } of bets.filter(isOf(bestBet))) {
    const questions = [...Object.values(body.title), ...Object.values(body.otherQuestions ?? {}).flat()]
    for (const question of questions) {
      const key = plainName(question)
      found.set(key, [...new Set([...(found.get(key) ?? []), ...body.recommends])])
    }
  }
  return found
}

/** Concepts whose label in one of these languages begins so, each once. */
export function conceptsBeginning(
  labels: readonly ConceptLabel[],
  typed: string,
  languages: readonly string[],
  limit: number,
) {
  const beginning = plainName(typed)
  const found = new Map<string, ConceptLabel>()
  if (beginning === '') return []
  for (let at = firstFrom(labels, beginning); at < labels.length && found.size < limit; at++) {
    const label = labels[at]!
    if (!label.folded.startsWith(beginning)) break
    if (languages.includes(label.language) && !found.has(label.id)) found.set(label.id, label)
  }
  return [...found.values()]
}

/** The concepts that are called so, in any language. */
export function conceptsNamed(labels: readonly ConceptLabel[], typed: string): string[] {
  const name = plainName(typed)
  const found = new Set<string>()
  for (let at = firstFrom(labels, name); at < labels.length && labels[at]!.folded === name; at++)
    found.add(labels[at]!.id)
  return [...found].slice(0, mostNamed)
}

function firstFrom(labels: readonly ConceptLabel[], beginning: string): number {
  let low = 0
  let high = labels.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (labels[middle]!.folded < beginning) low = middle + 1
    else high = middle
  }
  return low
}
