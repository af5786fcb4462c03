/** Licences as publishers write them → codes of the node's vocabulary. */
import vocabulary from '../vocabularies/licences.json' with { type: 'json' }

const codes = new Map(Object.keys(vocabulary.terms).map((code) => [code.toUpperCase(), code]))

/** Short names that SPDX has withdrawn or never had. */
const otherNames: Record<string, string> = {
  'GPL-2.0': 'GPL-2.0-only',
  'GPL-3.0': 'GPL-3.0-only',
  'AGPL-3.0': 'AGPL-3.0-only',
  'LGPL-3.0': 'LGPL-3.0-only',
  'LGPL-2.1': 'LGPL-2.1-only',
  'CC-0': 'CC0-1.0',
  CC0: 'CC0-1.0',
  APACHE: 'Apache-2.0',
  FDL: 'GFDL',
  'STANDARD-YOUTUBE-LIZENZ': 'YouTube-Standard',
  'STANDARD-YOUTUBE-LICENSE': 'YouTube-Standard',
  'PUBLIC-DOMAIN': 'public-domain',
}

/** `CC BY-SA 4.0`, `CC-BY-SA`, `gpl-3.0` → a code; nothing when the name is not one the node knows. */
export function licenceCode(name: string): string | undefined {
  const key = name
    .trim()
    .toUpperCase()
    .replaceAll(/[\s_]+/g, '-')
    .replaceAll(/[[\]]/g, '')
  return otherNames[key] ?? codes.get(key)
}

/** The licence that a Creative Commons address names. */
export function licenceAt(address: string): string | undefined {
  const [, path] =
    /creativecommons\.org\/(licenses\/[a-z-]+\/[\d.]+(?:\/[a-z]{2,4})?|publicdomain\/(?:zero|mark)\/1\.0)/i.exec(
      address,
    ) ?? []
  if (!path) return undefined
  if (path.includes('zero')) return 'CC0-1.0'
  if (path.includes('mark')) return 'PDM-1.0'
  const [, family = '', version = '', port] = path.toUpperCase().split('/')
  return codes.get(['CC', family, version, ...(port ? [port] : [])].join('-'))
}
