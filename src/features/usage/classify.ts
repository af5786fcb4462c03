/** What an address that was answered counts as. Nothing of who asked is looked at here. */
import { recordId } from '#records/fields.ts'
import type { Language } from '#kernel/i18n/languages.ts'

export const pageTypes = ['home', 'search', 'record', 'country', 'indicator', 'area', 'fit', 'list', 'about'] as const
export type PageType = (typeof pageTypes)[number]
export const downloadForms = ['table', 'metadata', 'pdf', 'picture', 'file', 'all'] as const
export type DownloadForm = (typeof downloadForms)[number]

/** `of`: the record that it is of. */
export type Read =
  | { what: 'page'; type: PageType; of?: string }
  | { what: 'download'; form: DownloadForm; of?: string }
  | { what: 'api' }

const id = recordId.slice(1, -1)
const page = (type: PageType) => (): Read => ({ what: 'page', type })
const download = (form: DownloadForm) => (): Read => ({ what: 'download', form })

/** The first that fits; what fits none, such as pages for people with an account, is not counted. */
const rules: readonly (readonly [RegExp, (found: RegExpExecArray) => Read])[] = [
  [/^\/$/, page('home')],
  [new RegExp(`^/records/(${id})$`), ([, of]) => ({ what: 'page', type: 'record', of: of! })],
  [
    new RegExp(`^/records/(${id})(?:/summary)?\\.(\\w+)$`),
    ([, of, end]) => ({ what: 'download', form: end === 'pdf' ? 'pdf' : 'metadata', of: of! }),
  ],
  [/^\/search$/, page('search')],
  [/^\/countries\/[A-Z]{2}$/, page('country')],
  [/^\/indicators\/[\w-]+$/, page('indicator')],
  [/^\/(?:access|open|quality|pathways|online|recognition|monitoring|accountability|cooperation)$/, page('area')],
  [/^\/(?:fit|compare)$/, page('fit')],
  [
    /^\/(?:approaches|lessons|offers|areas|countries|languages|subjects|collections|map|evidence-map|indicators|commitments|policies|calls|declaration|funding)(?:\/[\w-]+)?$/,
    page('list'),
  ],
  [/^\/(?:about|numbers|use|credits|help|accessibility|privacy|contact|api|dump|log)$/, page('about')],
  [/^\/files\/[0-9a-f]{64}\//, download('file')],
  [/^\/(?:dump|sheets\/templates)\/[\w.-]+$/, download('all')],
  [/^\/[\w/-]+\.(?:csv|xlsx)$/, download('table')],
  [/^\/[\w/-]+\.pdf$/, download('pdf')],
  [/^\/[\w/-]+\.(?:svg|png)$/, download('picture')],
  [/^\/[\w/-]+\.(?:json|jsonld)$/, download('metadata')],
  [/^\/api\/(?!openapi\.json|reference\/)./, () => ({ what: 'api' })],
]

/** @param path without language and query, such as `/search` */
export function readOf(path: string): Read | undefined {
  if (path.startsWith('/assets/') || path.startsWith('/account')) return undefined
  for (const [pattern, made] of rules) {
    const found = pattern.exec(path)
    if (found) return made(found)
  }
  return undefined
}

/** What one read adds one to. */
export function countedAs(read: Read, language: Language): readonly (readonly [subject: string, name: string])[] {
  if (read.what === 'api') return [['api', '']]
  if (read.what === 'page')
    return [['page', read.type], ['language', language], ...(read.of ? ([['record', read.of]] as const) : [])]
  return [['download', read.form], ...(read.of ? ([['record-download', read.of]] as const) : [])]
}
