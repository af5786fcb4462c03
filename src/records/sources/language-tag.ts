/** Language codes as publishers write them → BCP 47. */

/** Withdrawn subtags and what the IANA registry prefers. */
const withdrawn: Record<string, string> = {
  iw: 'he',
  in: 'id',
  ji: 'yi',
  mo: 'ro-MD',
  sh: 'sr-Latn',
  scc: 'sr',
  scr: 'hr',
}

/** The form of a tag by the conventions of RFC 5646 §2.1.1, with withdrawn subtags replaced; `_` is read as `-`. */
export function languageTag(code: string): string {
  const [first = '', ...rest] = code.trim().replaceAll('_', '-').split('-')
  const language = withdrawn[first.toLowerCase()] ?? first.toLowerCase()
  const parts = rest.map((part) => {
    if (/^[A-Za-z]{4}$/.test(part)) return part[0]!.toUpperCase() + part.slice(1).toLowerCase()
    return part.length === 2 ? part.toUpperCase() : part.toLowerCase()
  })
  return [language, ...parts].join('-')
}

export const isLanguageTag = (tag: string) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && tag.length <= 35
