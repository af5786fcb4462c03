/** Whether a language tag names a language that is known. */
import further from './further-names.json' with { type: 'json' }

const longestTag = 35
/** They name no one language, script or region: undetermined, several, uncoded, none. */
const namesNone = new Set(['und', 'mul', 'mis', 'zxx', 'Zzzz', 'ZZ'])
const names = (type: 'language' | 'script' | 'region') => new Intl.DisplayNames('en', { type, fallback: 'none' })
const [languageNames, scriptNames, regionNames] = [names('language'), names('script'), names('region')]

/**
 * The canonical form of a language tag (BCP 47, RFC 5646 §4.5): a language that CLDR or this node can name, with a script and a
 * region that there are; no variants, extensions or private use. Nothing for any other.
 */
export function knownLanguage(tag: string): string | undefined {
  if (tag.length > longestTag) return undefined
  try {
    const { language, script, region, baseName } = new Intl.Locale(tag)
    const isPlain = [language, script, region].filter((part) => part !== undefined).join('-') === baseName
    const isKnown =
      ![language, script ?? '', region ?? ''].some((part) => namesNone.has(part)) &&
      (Object.hasOwn(further, language) || languageNames.of(language) !== undefined) &&
      (script === undefined || scriptNames.of(script) !== undefined) &&
      (region === undefined || regionNames.of(region) !== undefined)
    return isPlain && isKnown && tag.split('-').length === baseName.split('-').length ? baseName : undefined
  } catch {
    return undefined
  }
}
