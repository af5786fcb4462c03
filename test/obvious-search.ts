/** Search as anyone would write it first: it looks through every document, one at a time. Only the weights are shared. */
import { analyse, gramMark, stemMark } from '#search/query/analysis.ts'
import { buildSegment } from '#search/index/builder.ts'
import type {
  Branch,
  Clause,
  Phrase,
  SearchAnswer,
  SearchDocument,
  SearchRequest,
  SimilarHit,
  Slot,
} from '#search/contract.ts'
import { tableOf } from '#search/index/facets.ts'
import { readTerm } from '#search/index/postings.ts'
import { rarityOf, scoreUnit, wholeWeight } from '#search/index/score.ts'
import { findTerm } from '#search/index/segment.ts'
import { titleKey } from '#search/query/title-key.ts'

/** Each term of a document with its positions and what it says about the document. */
type Terms = Map<string, { at: Set<number>; impact: number }>
type Known = { document: SearchDocument; terms: Terms }

function termsOf(document: SearchDocument): Terms {
  const { title, texts } = document
  const whole = texts.some(({ weight }) => weight === 'title') ? texts : [{ text: title, language: '' }, ...texts]
  const positions = new Map<string, Set<number>>()
  let next = 0
  for (const { text, language } of whole)
    next =
      analyse(text, language, next, (term, at) => positions.set(term, (positions.get(term) ?? new Set()).add(at))) + 1
  const segment = buildSegment([document], tableOf([]))
  const impactOf = (term: string) => readTerm(segment, findTerm(segment, new TextEncoder().encode(term)), 1).scores[0]!
  return new Map([...positions].map(([term, at]) => [term, { at, impact: impactOf(term) }]))
}

type Found = { score: number; ways: number[]; lacks: string[] }

export function obviousIndex() {
  const known = new Map<number, Known>()
  const all = () => [...known.values()]

  const frequencies = new Map<string, number>()
  const frequency = (term: string) => {
    const counted = frequencies.get(term) ?? all().filter(({ terms }) => terms.has(term)).length
    frequencies.set(term, counted)
    return counted
  }
  const rarity = ({ terms }: Slot) => rarityOf(known.size, Math.max(...terms.map(({ term }) => frequency(term))))

  function slotScore(slot: Slot, terms: Terms, weight: number): number {
    const worth = slot.terms.map(({ term, weight: own }) => {
      const whole = wholeWeight(weight * own * rarity(slot))
      return (terms.get(term)?.impact ?? 0) * whole
    })
    return Math.max(...worth)
  }

  function phrase(slots: Phrase, terms: Terms, weight: number): number | null {
    const starts = slots.map(({ offset, terms: any }) =>
      any.flatMap(({ term }) => [...(terms.get(term)?.at ?? [])].map((position) => position - offset)),
    )
    if (!starts[0]!.some((start) => starts.every((here) => here.includes(start)))) return null
    return slots.reduce((sum, slot) => sum + slotScore(slot, terms, weight), 0)
  }

  function branch(one: Branch, terms: Terms, carried: number): Found | null {
    const weight = carried * one.weight
    const own = one.way === undefined ? [] : [one.way]
    if ('phrase' in one) {
      const score = phrase(one.phrase, terms, weight)
      return score === null ? null : { score, ways: own, lacks: [] }
    }
    if ('most' in one) return most(one.most, one.worth, own, terms, weight)
    const found = one.all.map((each) => clause(each, terms, weight))
    if (found.includes(null)) return null
    return {
      score: found.reduce((sum, each) => sum + each!.score, 0),
      ways: [...own, ...found.flatMap((each) => each!.ways)],
      lacks: found.flatMap((each) => each!.lacks),
    }
  }

  function most(clauses: Clause[], worth: number[], own: number[], terms: Terms, weight: number): Found | null {
    const each = clauses.map((one) => clause(one, terms, weight))
    const has = (one: Clause) => each[clauses.indexOf(one)] !== null
    const { needed, besidePlace } = neededOf(clauses)
    const isOfPlace = besidePlace.length > 0 && clauses.some((one) => one.isPlace && has(one))
    const isNear = needed.some(has) || (isOfPlace && besidePlace.filter(has).length * 2 >= besidePlace.length)
    const missing = clauses.filter((one) => !has(one))
    const isDear = (one: Clause) => (needed.includes(one) ? besidePlace.length > 0 : one.isPlace)
    const count = (some: Clause[]) => some.length + some.filter(isDear).length
    const told = count(clauses.filter((one) => reach(one) > 0))
    const share = worth[count(missing)]
    if (!isNear || share === undefined || count(clauses) - count(missing) <= Math.floor(told / 4)) return null
    const found = each.filter((one) => one !== null)
    const sum = found.reduce((all, { score }) => all + score, 0)
    return {
      score: Math.max(1, Math.floor(sum * share)),
      ways: [...own, ...found.flatMap((one) => one.ways)],
      lacks: [...missing.map(({ name }) => name), ...found.flatMap((one) => one.lacks)],
    }
  }

  /** In about how many documents a clause is, and the place of the rarest that is in any. */
  const reach = ({ any }: Clause): number => Math.max(0, ...any.map(reachOf))
  function reachOf(one: Branch): number {
    if ('most' in one) return Math.max(0, ...neededOf(one.most).needed.map(reach))
    if ('all' in one) return together(one.all.map(reach))
    return together(one.phrase.map((slot) => Math.max(...slot.terms.map(({ term }) => frequency(term)))))
  }
  /** Between what the rarest is in and what chance would bring together. */
  const together = (reaches: number[]) => {
    const [rarest = 0, ...others] = reaches.toSorted((a, b) => a - b)
    return others.reduce((sum, other) => sum * Math.sqrt(other / known.size), rarest)
  }
  /** One of which may not be missing, and those half of which will do for what is of a place. */
  function neededOf(clauses: Clause[]): { needed: Clause[]; besidePlace: Clause[] } {
    const found = clauses.filter((one) => reach(one) > 0)
    const plain = found.filter(({ isCircumstance }) => !isCircumstance)
    // Where a word is in none, a circumstance says nothing of it.
    if (plain.length === 0 && clauses.some((one) => reach(one) === 0 && !one.isCircumstance))
      return { needed: [], besidePlace: [] }
    const [rarest, ...others] = (plain.length > 0 ? plain : found).toSorted((a, b) => reach(a) - reach(b))
    if (!rarest) return { needed: [], besidePlace: [] }
    if (plain.length === 0) return { needed: [rarest], besidePlace: [] }
    const isHardlyKnown = reach(rarest) < 3
    const most = Math.max(2.5 * reach(rarest), others[0] ? reach(others[0]) : 0)
    return {
      needed: [rarest, ...others.filter((one) => isHardlyKnown && reach(one) <= most)],
      besidePlace: found.some(({ isPlace }) => isPlace) ? found.filter(({ isPlace }) => !isPlace) : [],
    }
  }

  function clause({ any }: Clause, terms: Terms, carried = 1): Found | null {
    const found = any.map((one) => branch(one, terms, carried)).filter((one) => one !== null)
    if (found.length === 0) return null
    const score = Math.max(...found.map((one) => one.score))
    const best = found.find((one) => one.score === score)!
    const typed = found.some(({ ways }) => ways.length === 0)
    const whole = found.some(({ lacks }) => lacks.length === 0)
    return { score, ways: typed ? [] : best.ways, lacks: whole ? [] : best.lacks }
  }

  type Without = { filter?: string; years?: boolean; clause?: Clause }

  /** What is found when some of the request is taken away. */
  function finds(request: SearchRequest, { document: { values, year }, terms }: Known, taken: Without = {}): boolean {
    const { query, filters, without = {}, yearFrom = -Infinity, yearTo = Infinity } = request
    const bounded = (request.yearFrom !== undefined || request.yearTo !== undefined) && !taken.years
    if (bounded && (year === null || year < yearFrom || year > yearTo)) return false
    for (const [facet, wanted] of Object.entries(filters))
      if (facet !== taken.filter && wanted.length > 0 && !wanted.some((value) => values[facet]?.includes(value)))
        return false
    for (const [facet, unwanted] of Object.entries(without))
      if (unwanted.some((value) => values[facet]?.includes(value))) return false
    if (query.excluded.some((one) => clause(one, terms))) return false
    return query.required.every((one) => one === taken.clause || clause(one, terms))
  }
  const total = (request: SearchRequest, taken: Without) => all().filter((one) => finds(request, one, taken)).length

  /** Smallest first. */
  function keyOf({ sort, query }: SearchRequest, { document }: Known, score: number): number[] {
    const { number, changedAt, standing = 0, year, title } = document
    if (sort === 'relevance')
      return query.required.length > 0 ? [-score, -changedAt, -standing, number] : [-standing, number]
    if (sort === 'oldest') return [changedAt, number]
    const inYear = -(year ?? -2_147_483_648)
    if (sort === 'year') return [inYear, -standing, number]
    if (sort === 'title') return [...titleKey(title), number]
    return [-changedAt, -standing, number]
  }

  const workOf = ({ document }: Known) => document.values.linked?.find((one) => one.startsWith('work:'))
  function editionsOf(number: number, facet: string) {
    const link = workOf(known.get(number)!)
    if (!link) return {}
    const editions = all().filter((one) => workOf(one) === link)
    const values = new Set(editions.flatMap(({ document }) => document.values[facet] ?? []))
    return { editions: { link, count: editions.length, values: [...values].sort() } }
  }

  function search(request: SearchRequest) {
    const { query, filters, facets } = request
    const hits = all()
      .filter((one) => finds(request, one))
      .map((one) => {
        const found = query.required.map((each) => clause(each, one.terms)!)
        const score = found.reduce((sum, each) => sum + each.score, 0)
        const ways = [...new Set(found.flatMap((each) => each.ways))]
        const lacks = [...new Set(found.flatMap((each) => each.lacks))]
        return { number: one.document.number, score: score / scoreUnit, ways, lacks, key: keyOf(request, one, score) }
      })
      .sort((a, b) => compare(a.key, b.key))
    const works = hits.map(({ number }) => workOf(known.get(number)!))
    const once = hits.filter((_, at) => !request.worksOnce || !works[at] || works.indexOf(works[at]) === at)
    const counts = facets.map((facet) => {
      const counted = new Map<string, number>((filters[facet] ?? []).map((value) => [value, 0]))
      for (const { document } of all().filter((one) => finds(request, one, { filter: facet })))
        for (const value of new Set(document.values[facet])) counted.set(value, (counted.get(value) ?? 0) + 1)
      return [facet, Object.fromEntries(counted)]
    })
    const removable = Object.keys(filters).filter((facet) => filters[facet]!.length > 0)
    const totalWithout = Object.fromEntries(removable.map((filter) => [filter, total(request, { filter })]))
    if (request.yearFrom !== undefined || request.yearTo !== undefined)
      totalWithout.year = total(request, { years: true })
    const lonely = hits.length > 0 || query.required.length < 2
    return {
      total: hits.length,
      works: once.length,
      hits: once.map(({ number, score, ways, lacks }) => ({
        number,
        score,
        ways,
        lacks,
        ...(request.worksOnce && editionsOf(number, request.worksOnce)),
      })),
      facets: Object.fromEntries(counts),
      totalWithout,
      totalWithoutClause: lonely
        ? []
        : query.required.slice(0, 8).map((one) => ({ clause: one.name, total: total(request, { clause: one }) })),
    }
  }

  /** The words of a document, each as it may be written elsewhere; those first that tell most. */
  function tellingWords(document: SearchDocument): { slot: Slot; share: number }[] {
    const terms = termsOf(document)
    const words = [...terms].filter(([term]) => !term.startsWith(gramMark) && !term.startsWith(stemMark))
    const own = known.has(document.number)
    const told = words.flatMap(([word, { at, impact }]) => {
      const stemAt = (position: number) =>
        [...terms]
          .sort(([a], [b]) => (a < b ? 1 : -1))
          .find(([term, one]) => term.startsWith(stemMark) && one.at.has(position))
      const stem = [...at].map((position) => stemAt(position)?.[0]).find((found) => found) ?? stemMark + word
      const slot = { offset: 0, terms: formsOf(word, stem) }
      const most = Math.max(...slot.terms.map(({ term }) => frequency(term)))
      return most > +own ? [{ word, stem, slot, share: (impact / 256) * rarityOf(known.size, most) }] : []
    })
    told.sort((a, b) => b.share - a.share || (a.word < b.word ? -1 : 1))
    return told.filter(({ stem }, place) => told.findIndex((one) => one.stem === stem) === place).slice(0, 20)
  }

  function similar(document: SearchDocument, filters: Record<string, string[]>): Omit<SimilarHit, 'shared'>[] {
    const words = tellingWords(document)
    return all()
      .filter((one) => one.document.number !== document.number && finds({ ...everything, filters }, one))
      .map((one) => {
        const scores = words.map(({ slot, share }) =>
          Math.max(
            ...slot.terms.map(({ term, weight }) => (one.terms.get(term)?.impact ?? 0) * wholeWeight(weight * share)),
          ),
        )
        const score = scores.reduce((sum, each) => sum + each, 0)
        const { number, changedAt, standing = 0 } = one.document
        return { number, changedAt, standing, score, shared: scores.filter((each) => each > 0).length }
      })
      .filter(({ shared }) => shared >= 2)
      .sort((a, b) => b.score - a.score || b.changedAt - a.changedAt || b.standing - a.standing || a.number - b.number)
      .map(({ number, score }) => ({ number, score: score / scoreUnit }))
  }

  return {
    search,
    similar,
    size: () => known.size,
    documents: () => all().map(({ document }) => document),
    apply({ put, remove }: { put: SearchDocument[]; remove: number[] }) {
      frequencies.clear()
      for (const document of put) known.set(document.number, { document, terms: termsOf(document) })
      for (const number of remove) known.delete(number)
    },
  }
}

const everything: SearchRequest = {
  query: { required: [], excluded: [], words: [], ways: [] },
  filters: {},
  sort: 'newest',
  limit: 1_000,
  facets: [],
  facetLimit: 0,
}

const stemWeight = 0.85
const formsOf = (word: string, stem: string) =>
  [...new Map([[stem.slice(1), stemWeight] as const, [stem, stemWeight] as const, [word, 1] as const])].map(
    ([term, weight]) => ({ term, weight }),
  )

const compare = (a: number[], b: number[]) => {
  const place = a.findIndex((value, at) => value !== b[at])
  return place < 0 ? 0 : a[place]! - b[place]!
}

/** An answer in the words of the obvious one: counts by value, whatever their order. */
export const plain = ({ total, works, hits, facets, totalWithout, totalWithoutClause }: SearchAnswer) => ({
  total,
  works,
  hits,
  facets: Object.fromEntries(
    Object.entries(facets).map(([facet, list]) => [
      facet,
      Object.fromEntries(list.map(({ value, count }) => [value, count])),
    ]),
  ),
  totalWithout,
  totalWithoutClause,
})
