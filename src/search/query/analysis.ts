/**
 * Text to terms with positions. A term is a folded word as it stands (its surface), or one of two marked kinds:
 * the stem of a word, and the characters of scripts that set no spaces, singly and in pairs.
 */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { folded, lowered } from '#kernel/i18n/fold.ts'
import { scan, segments } from './scan.ts'
import { baseLanguage, hasStemmer, stemOf } from './stem.ts'

export const stemMark = '\u0001'
export const gramMark = '\u0002'
/** Begins what stands for a language that a record is in; alone it stands in every record. */
export const languageMark = stemMark + gramMark
/** Begins what stands for the value of a facet; no code of a language does. */
export const valueMark = languageMark + '='
/** Begins what stands for the name of a record, where that is one word: “kolibri” typed small is a name too. */
export const nameMark = languageMark + '!'
/** Facets whose values words may name: “videos for primary school” finds what is a video, and for that level, without the words. */
export const namedFacets: ReadonlySet<string> = new Set(['kind', 'type', 'level', 'outcome', 'access'])
export const valueTerm = (facet: string, value: string): string => `${valueMark}${facet}:${value}`

const longestWord = 64
const longestChain = 4
const cacheLimit = 200_000

export type Emit = (term: string, position: number) => void

/** `stem` is '' where there is none, or where it is the surface itself: then the surface stands for both. */
type Forms = { surface: string; stem: string }

const elided = new Set(
  'l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu dell all nell sull dall coll un quest quell sant gl'.split(' '),
)

/** A word without what only leans on it: l'école → école, teacher's → teacher, ng'ombe → ngombe. */
export function bare(word: string): string {
  const at = word.indexOf("'")
  if (at < 0) return word
  const rest = word.slice(at + 1)
  const kept = rest.length > 1 && elided.has(word.slice(0, at)) ? rest : word
  return kept.replace(/'s$/, '').replaceAll("'", '')
}

/** The same of a word as it is shown: “d’École” → “École”; what a teacher’s is stays hers. */
export function unelided(word: string): string {
  const at = word.search(/['’]/)
  const isLeaning = at > 0 && at < word.length - 2 && elided.has(word.slice(0, at).toLowerCase())
  return isLeaning ? word.slice(at + 1) : word
}

export function surfaceOf(word: string): string {
  return folded(word).slice(0, longestWord)
}

const cache = new Map<string, BoundedCache<Forms>>()

function formsOf(word: string, base: string, forms: BoundedCache<Forms>): Forms {
  const cached = forms.get(word)
  if (cached) return cached
  const kept = bare(word)
  const surface = surfaceOf(kept)
  const stem = base ? stemOf(kept, base) : ''
  const made = { surface, stem: stem === surface || stem === '' ? '' : stemMark + stem }
  forms.set(word, made)
  return made
}

function formsFor(base: string): BoundedCache<Forms> {
  let forms = cache.get(base)
  if (!forms) cache.set(base, (forms = boundedCache(cacheLimit)))
  return forms
}

/** The characters of a run at their positions, singly and in pairs; answers the position after it. */
function emitGrams(text: string, position: number, emit: Emit): number {
  let before = ''
  for (const character of text) {
    if (before) emit(gramMark + before + character, position - 1)
    emit(gramMark + character, position)
    before = character
    position++
  }
  return position
}

/** Emits every term of a text from `position` on, and answers the next free position. */
export function analyse(text: string, language: string, position: number, emit: Emit): number {
  const named = baseLanguage(language)
  const base = hasStemmer(named) ? named : ''
  const forms = formsFor(base)
  let chain = ''
  let chainStart = 0
  let chainLength = 0
  scan(lowered(text), (kind, token, hyphened) => {
    if (kind === 'han') {
      const run = folded(token)
      for (const { word, at } of segments(kind, run))
        if (word.length > 1) emit(word.slice(0, longestWord), position + at)
      position = emitGrams(run, position, emit)
      return
    }
    if (kind === 'run') {
      for (const { word } of segments(kind, token)) emit(surfaceOf(word), position++)
      return
    }
    const { surface, stem } = formsOf(token, base, forms)
    if (surface === '') return
    emit(surface, position)
    if (stem) emit(stem, position)
    const joins = hyphened && chain !== '' && chainLength < longestChain && chain.length + surface.length <= longestWord
    chain = joins ? chain + surface : surface
    chainLength = joins ? chainLength + 1 : 1
    if (joins) emit(chain, chainStart)
    else chainStart = position
    position++
  })
  return position
}
