/** Languages by what people call them → BCP 47: tags, codes of ISO 639, names in the six languages, and their own. */
import { languages } from '#kernel/i18n/languages.ts'
import known from './other-language-names.json' with { type: 'json' }
import { candidatesIn, listOfNames, nameKey, type ListOfNames } from './names.ts'

const labels: Record<string, Record<string, string> | undefined> = known.labels
/** The name of a language that CLDR has none for. */
export const languageLabel = (tag: string, language: string): string | undefined => labels[tag]?.[language]

let made: ListOfNames | undefined

/** Made when first asked for, which takes some 0.1 s. */
export function namesOfLanguages(): ListOfNames {
  if (made) return made
  const codes = [...known.codes.split(' '), ...Object.keys(labels)]
  const named = languages.map((language) => {
    const display = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' })
    return codes.flatMap((code) => {
      const name = display.of(code) ?? languageLabel(code, language)
      return name ? [[name, code] as const] : []
    })
  })
  const others = Object.entries(known.names as Record<string, string[]>).flatMap(([code, names]) =>
    names.map((name) => [name, code] as const),
  )
  const own = codes.flatMap((code) => {
    const name = new Intl.DisplayNames(code, { type: 'language', fallback: 'none' }).of(code)
    return name && name !== code ? [[name, code] as const] : []
  })
  made = listOfNames(new Map(codes.map((code) => [code.toLowerCase(), code])), [...named, others, own], {
    isStrict: true,
  })
  return made
}

const tag = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/
const inBrackets = /[[(]([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[\])]\s*$/

/** The tag of a language, by its tag or by one of its names. */
export function languageNamed(name: string): string | undefined {
  const typed = name.trim()
  const found = exactly(typed)
  if (found !== undefined) return found
  const bare = exactly(typed.replace(/\s*[([].*$/, ''))
  const said = inBrackets.exec(typed)?.[1]
  return bare !== undefined && said !== undefined && canonical(said)?.split('-')[0] === bare.split('-')[0]
    ? canonical(said)
    : undefined
}

function exactly(typed: string): string | undefined {
  const { codes, sure } = namesOfLanguages()
  const found = codes.get(typed.toLowerCase()) ?? sure.get(nameKey(typed))
  if (found !== undefined) return found
  return tag.test(typed) ? canonical(typed.replaceAll('_', '-')) : undefined
}

/** The tags of the languages that may be meant, most likely first. */
export const languagesLike = (typed: string, limit = 8): string[] => candidatesIn(namesOfLanguages(), typed, limit)

function canonical(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
}
