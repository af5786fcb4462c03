/** Cells of the list of platforms → codes. */
import { codeNamed } from '#records/vocabularies/names.ts'
import type { Note } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { oneLine, unique } from '#records/sources/row.ts'
import subjects from '#records/vocabularies/subjects.json' with { type: 'json' }

const languageNames: Record<string, string> = { english: 'en', german: 'de' }

export function languagesOf(cell: string, notes: Note[]): string[] {
  return unique(
    cell
      .split(/[\s,;]+/)
      .filter(Boolean)
      .flatMap((code) => {
        const tag = languageNames[code.toLowerCase()] ?? languageTag(code)
        if (tag !== code) notes.push({ code: 'languageMended', values: { from: code, to: tag } })
        return isLanguageTag(tag) ? tag : []
      }),
  )
}

/** The OER World Map counted levels as ISCED 1997 did, where 5 is all first tertiary education and 6 the doctorate. */
const levels1997: Record<string, string[]> = { '5': ['5', '6', '7'], '6': ['8'] }

export function levelsAndAudiences(cell: string, notes: Note[]) {
  const codes = unique(cell.match(/\b[0-6]\b/g) ?? [])
  if (codes.some((code) => levels1997[code])) notes.push({ code: 'levelsFrom1997' })
  const levels = codes.flatMap((code) => levels1997[code] ?? [code])
  return {
    levels: unique([...levels, ...(/informal|non.?formal/i.test(cell) ? ['non-formal'] : [])]),
    audiences: unique([...(codes.length > 0 ? ['learner'] : []), ...(/teacher/i.test(cell) ? ['teacher'] : [])]),
  }
}

/** `0231-hr` is the learning of Croatian; two codes may run into one another (`0231-ja0541`). */
export function subjectsOf(cell: string, notes: Note[]): string[] {
  return unique(
    (cell.match(/\d+/g) ?? []).flatMap((code) => {
      if (Object.hasOwn(subjects.terms, code)) return code
      const shorter = code.slice(0, 4)
      notes.push({ code: 'subjectUnknown', values: { code } })
      return code.length > 4 && Object.hasOwn(subjects.terms, shorter) ? shorter : []
    }),
  )
}

/** A licence for the whole only when the text names exactly one. */
export function licenceOf(cell: string, notes: Note[]): string | undefined {
  const text = oneLine(cell)
  if (!text) return undefined
  const named = unique(
    (
      text.match(/\bCC[ -](?:BY|0)(?:\s?-\s?(?:NC|SA|ND))*(?:\s\d\.\d)?\b|Standard[ -]YouTube[ -]Li[cz]en[czs]e?/gi) ??
      []
    ).flatMap((name) => codeNamed('licences', name.replaceAll(/\s?-\s?/g, '-')) ?? []),
  )
  if (named.length === 1) return named[0]
  if (named.length > 1) notes.push({ code: 'licencesSeveral', values: { licences: named.join(', ') } })
  else if (/all rights reserved/i.test(text)) return 'all-rights-reserved'
  else notes.push({ code: 'licenceUnknown', values: { licence: text.slice(0, 100) } })
  return undefined
}

const telling: Record<string, RegExp> = {
  en: /\b(the|and|of|for|with|is|are)\b/gi,
  de: /\b(und|der|die|das|für|mit|ist)\b/gi,
  es: /\b(los|las|el|para|una|con|del)\b/gi,
  pt: /\b(não|uma|os|dos|da|do|para|com|em)\b/gi,
  it: /\b(di|della|che|il|per|gli|sono|nei)\b/gi,
  sv: /\b(och|att|av|som|på|finns)\b/gi,
  nl: /\b(het|een|van|voor|zijn|wordt)\b/gi,
  fr: /\b(les|des|est|une|pour|dans|et)\b/gi,
}

/** The language whose small words a text uses most; English when none stands out. */
export function guessLanguage(text: string): string {
  const counts = Object.entries(telling).map(
    ([language, pattern]) => [language, text.match(pattern)?.length ?? 0] as const,
  )
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}
