/** Licences as people and publishers write them → codes of the vocabulary. Creative Commons’ names have a grammar. */
import vocabulary from './licences.json' with { type: 'json' }

const codes = new Map(Object.keys(vocabulary.terms).map((code) => [code.toUpperCase(), code]))

/** What the names of the licences are made of, in the six languages: longer ones first. */
const elements: readonly (readonly [RegExp, string])[] = [
  [
    /non[\s-]?commercial(?:e|es)?|pas d['’ ]utilisation commerciale|no[\s-]?comercial|некоммерческ\p{L}*|非商业性?(?:使用)?|غير[\s-]?تجاري/giu,
    'NC',
  ],
  [
    /share[\s-]?a?like|partage (?:dans les m[eê]mes conditions|[àa] l['’ ]identique)|compartir[\s-]?igual|на тех же условиях|相同方式共享|(?:ال)?مشاركة على قدم المساواة|(?:ال)?ترخيص بالمثل/giu,
    'SA',
  ],
  [
    /no[\s-]?deriv(?:ative|s|ado|ada)?(?:s| works)?|pas de modifications?|sin (?:obras? )?derivadas?|без производных(?: произведений)?|禁止演绎|(?:لا|غير|منع)[\s-]?(?:اشتقاق|مشتق)/giu,
    'ND',
  ],
  [/attribution|atribuci[oó]n|reconocimiento|атрибуция|署名|نسب(?:ة)?(?: (?:ال)?(?:مصنف|عمل))?/giu, 'BY'],
]
const filler =
  /\b(?:creative commons|cc|licen[cs]ed?|licencia|licence|lizenz|under|the|a|public|international|internacional|intl|unported|generic|universal|version|v)\b|лицензия|международная|知识共享|许可(?:协议)?|国际|(?:ال)?مشاع (?:ال)?إبداعي|رخصة|دولي(?:ة)?/giu

/** `CC BY-SA 4.0 International`, `creative commons attribution` → a code; nothing where anything else is said. */
function creativeCommons(typed: string): string | undefined {
  const isSaid = /\bcc\b|\bcc(?=-?by)|creative commons|知识共享|مشاع|\d\.\d/iu.test(typed)
  if (!isSaid) return undefined
  let text = typed.normalize('NFKC').replaceAll(/ccby/gi, 'cc by')
  const said = new Set<string>()
  for (const [names, element] of elements)
    text = text.replace(names, () => {
      said.add(element)
      return ' '
    })
  text = text.replace(filler, ' ')
  const version = /(?<![\d.])([1-4](?:\.[05])?)(?![\d.])/.exec(text)?.[1]
  const rest = text
    .replace(version ?? '', ' ')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  for (const part of rest) {
    if (!['BY', 'NC', 'SA', 'ND', 'IGO', 'US'].includes(part)) return undefined
    said.add(part)
  }
  if (!said.has('BY')) return undefined
  const family = ['BY', 'NC', 'ND', 'SA'].filter((element) => said.has(element))
  const port = ['IGO', 'US'].filter((element) => said.has(element))
  const number = version && (version.includes('.') ? version : `${version}.0`)
  return codes.get(['CC', ...family, ...(number ? [number] : []), ...port].join('-'))
}

/** The licence that an address names: of Creative Commons, in whichever language the deed is, SPDX, OSI or GNU. */
export function licenceAt(address: string): string | undefined {
  const [, path] =
    /creativecommons\.org\/(licenses\/[a-z-]+\/[\d.]+(?:\/[a-z]{2,4}(?![a-z.]))?|publicdomain\/(?:zero|mark)\/1\.0)/i.exec(
      address,
    ) ?? []
  if (path?.includes('zero')) return 'CC0-1.0'
  if (path?.includes('mark')) return 'PDM-1.0'
  if (path) {
    const [, family = '', version = '', port] = path.toUpperCase().split('/')
    return codes.get(['CC', family, version, ...(port ? [port] : [])].join('-'))
  }
  const [, name = ''] =
    /(?:spdx\.org\/licenses|opensource\.org\/licen[cs]es?|gnu\.org\/licenses|apache\.org\/licenses|opendatacommons\.org\/licenses)\/([\w.+-]+?)(?:\.html|\.txt|\/.*)?$/i.exec(
      address.trim(),
    ) ?? []
  const known = name.replace(/^LICENSE-2\.0$/i, 'Apache-2.0')
  return (
    codes.get(known.toUpperCase()) ??
    codes.get(`${known}-only`.toUpperCase()) ??
    codes.get(`${known}-1.0`.toUpperCase())
  )
}

/** A licence by its address, or by a name of Creative Commons. */
export const licenceNamed = (typed: string): string | undefined =>
  /^(?:https?:\/\/|www\.|\w+\.(?:org|com)\/)|\.org\//i.test(typed.trim()) ? licenceAt(typed) : creativeCommons(typed)
