/**
 * The languages of the interface: the six of the United Nations. The locale is for dates, numbers and plurals; Arabic with
 * Latin digits, which are read everywhere. The name is its own, for the menu that every page has.
 */
const languageTable = {
  en: { locale: 'en-GB', ownName: 'English' },
  fr: { locale: 'fr', ownName: 'Français' },
  es: { locale: 'es', ownName: 'Español' },
  ru: { locale: 'ru', ownName: 'Русский' },
  zh: { locale: 'zh-Hans', ownName: '中文' },
  ar: { locale: 'ar-u-nu-latn', ownName: 'العربية' },
} as const
export type Language = keyof typeof languageTable
export const languages = Object.keys(languageTable) as readonly Language[]

const ofEach = (what: 'locale' | 'ownName') =>
  Object.fromEntries(languages.map((one) => [one, languageTable[one][what]])) as Record<Language, string>
export const localeOf = ofEach('locale')
export const ownNames = ofEach('ownName')

export const isLanguage = (tag: string): tag is Language => (languages as readonly string[]).includes(tag)
/** Scripts written from right to left, by the languages and script codes that tell them. */
const rightToLeft = new Set([
  'ar',
  'he',
  'fa',
  'ur',
  'ps',
  'sd',
  'ug',
  'yi',
  'dv',
  'ku-arab',
  'ckb',
  'ks',
  'arc',
  'syr',
  'nqo',
  'prs',
  'arab',
  'hebr',
  'thaa',
  'nkoo',
])

/** Direction of a text by its BCP 47 tag. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const parts = tag.toLowerCase().split('-')
  const script = parts.find((part, i) => i > 0 && part.length === 4)
  if (script) return rightToLeft.has(script) ? 'rtl' : 'ltr'
  return rightToLeft.has(parts[0]!) ? 'rtl' : 'ltr'
}

type Wish = { tag: string; quality: number }

/** `Accept-Language` (RFC 9110 §12.5.4), best first. Whatever cannot be read is passed over. */
export function wishesOf(header: string | undefined): string[] {
  const wishes = (header ?? '')
    .slice(0, 1_000)
    .split(',')
    .slice(0, 30)
    .flatMap((part): Wish[] => {
      const [tag, ...parameters] = part.trim().split(';')
      if (!tag || !/^(\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$/.test(tag)) return []
      const quality = parameters.map((parameter) => /^\s*q=([01](\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return [{ tag, quality: Math.min(1, Number(quality ?? 1)) }]
    })
  return wishes
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

/** The interface language that fits the wishes best; English when none does. */
export function negotiateLanguage(header: string | undefined): Language {
  for (const wish of wishesOf(header)) {
    const first = wish.toLowerCase().split('-')[0]!
    if (isLanguage(first)) return first
  }
  return 'en'
}

/** The entry of a language map that serves a reader best: their language, its relatives, the original, English, any. */
export function bestText(
  texts: Readonly<Record<string, string>>,
  wanted: string,
  original?: string,
): { text: string; language: string } {
  const tags = Object.keys(texts)
  const first = wanted.split('-')[0]
  const tag =
    (wanted in texts && wanted) ||
    tags.find((one) => one.split('-')[0] === first) ||
    (original && original in texts && original) ||
    ('en' in texts && 'en') ||
    tags[0]
  return tag ? { text: texts[tag]!, language: tag } : { text: '', language: wanted }
}
