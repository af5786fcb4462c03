/** Country names and codes in free text → ISO 3166-1 alpha-2. */
import vocabulary from '../countries.json' with { type: 'json' }

const fold = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^the /, '')
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()

/** Names in use that the official list spells otherwise. */
const inUse: Record<string, string> = {
  bolivia: 'BO',
  'cape verde': 'CV',
  'congo drc': 'CD',
  'czech republic': 'CZ',
  'cote d ivoire': 'CI',
  'ivory coast': 'CI',
  'democratic republic of congo': 'CD',
  'east timor': 'TL',
  england: 'GB',
  'great britain': 'GB',
  'hong kong': 'HK',
  iran: 'IR',
  'korea republic of': 'KR',
  'south korea': 'KR',
  kosovo: 'XK',
  laos: 'LA',
  macedonia: 'MK',
  moldova: 'MD',
  'north korea': 'KP',
  palestine: 'PS',
  'palestine state': 'PS',
  'palestine state of': 'PS',
  russia: 'RU',
  scotland: 'GB',
  swaziland: 'SZ',
  syria: 'SY',
  taiwan: 'TW',
  tanzania: 'TZ',
  turkey: 'TR',
  turkiye: 'TR',
  uk: 'GB',
  'united kingdom': 'GB',
  usa: 'US',
  us: 'US',
  'united states': 'US',
  venezuela: 'VE',
  'viet nam': 'VN',
  vietnam: 'VN',
  wales: 'GB',
  'republic of the congo': 'CG',
  'congo democratic republic of the': 'CD',
  'congo republic of the': 'CG',
  micronesia: 'FM',
  brunei: 'BN',
  curacao: 'CW',
}

const terms = vocabulary.terms as unknown as Record<string, Record<string, string>>
const byName = new Map(Object.entries(terms).map(([code, labels]) => [fold(labels['en']!), code]))
for (const [name, code] of Object.entries(inUse)) byName.set(name, code)

/** The territory that EU bodies write `EL` and `UK`. */
const otherCodes: Record<string, string> = { EL: 'GR', UK: 'GB' }

/** A remark in brackets, such as a former name, does not hide the country. */
export const countryOf = (name: string): string | undefined =>
  byName.get(fold(name)) ?? byName.get(fold(name.replace(/\(.*\)/, '')))
export const countryCode = (code: string): string | undefined => {
  const upper = code.trim().toUpperCase()
  const known = otherCodes[upper] ?? upper
  return Object.hasOwn(terms, known) ? known : undefined
}
