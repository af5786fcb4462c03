/** Texts of activities as records hold them: with tags of languages that there are, and no longer than they may be. */
import type { Narrative } from '#codecs/iati/activity.ts'
import { knownLanguage } from '#kernel/i18n/known-language.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { cut } from '#records/sources/row.ts'
import type { Note } from '#records/sources/source.ts'

const romance =
  /(?<!\p{L})(?:de|del|la|las|los|el|y|para|con|por|una|des|les|le|du|et|pour|dans|aux|une)(?!\p{L})|[áéíóúñçèêà]/giu
const english = /(?<!\p{L})(?:the|of|and|for|to|with|on|from)(?!\p{L})/iu

/** Publishers write the language of their office on texts of others: what cannot be English is not called so. */
function tagOf(tag: string, text: string, notes: Note[]): string {
  const said = languageTag(tag)
  const primary = said.split('-')[0]!
  if (!isLanguageTag(said) || (primary !== 'und' && !knownLanguage(primary))) return 'und'
  if (primary !== 'en' || english.test(text) || (text.match(romance) ?? []).length < 2) return said
  notes.push({ code: 'languageDoubtful', values: { language: said } })
  return 'und'
}

export function textsOf(narrative: Narrative, length: number, notes: Note[]): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [tag, text] of Object.entries(narrative)) {
    const kept = tagOf(tag, text, notes)
    if (!Object.hasOwn(texts, kept)) texts[kept] = cut(text, length, notes)
  }
  return texts
}
