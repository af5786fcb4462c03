/** From what people call a term of a vocabulary, in any of the six languages, to its code. */
import { languages } from '#core/languages/languages.ts'
import { boundedCache } from '../search/words/bounded-cache.ts'
import { valueNames } from '../search/value-names.ts'
import { plainName } from '../search/value-names.ts'
import { codeList, labelOf } from '../vocabularies/index.ts'

const mostLists = 40
const lists = boundedCache<ReadonlyMap<string, string>>(mostLists)

/** Codes win over labels, and labels in the first languages over others. */
function namesIn(list: string): ReadonlyMap<string, string> {
  const known = lists.get(list)
  if (known) return known
  const codes = Object.keys(codeList(list)?.terms ?? {})
  const names = new Map<string, string>()
  for (const language of languages.toReversed())
    for (const code of codes) {
      const label = labelOf(list, code, language)
      if (label) names.set(plainName(label.text), code)
    }
  for (const code of codes) names.set(plainName(code), code)
  lists.set(list, names)
  return names
}

/** The code of a vocabulary that goes by this name; undefined where none does. */
export const codeNamed = (list: string, name: string): string | undefined => namesIn(list).get(plainName(name))

const languageNames = valueNames(new Map())
const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** The tag (BCP 47) of a language, by its tag or by its name in one of the six languages. */
export function languageNamed(name: string): string | undefined {
  const trimmed = name.trim()
  const found = languageNames.called('language', trimmed)
  if (found !== undefined) return found
  return tag.test(trimmed) ? canonical(trimmed) : undefined
}

function canonical(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}
