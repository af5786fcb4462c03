/**
 * Citation File Format 1.2 (`CITATION.cff`, https://citation-file-format.github.io): what a repository of source code or data
 * asks to be cited as. References to other works are left out.
 */
import { readYaml } from '#codecs/front-matter/read-front-matter.ts'
import { identifierIn, stated, type Stated, type Statement } from '#codecs/metadata/statement.ts'
import { isItem, listOf } from '#codecs/schema-org/read-schema-org.ts'
import { Problem } from '#kernel/problem.ts'

export const isCitationFile = (text: string): boolean => /^cff-version\s*:/m.test(text.slice(0, 20_000))

const said = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** Family name first, so that a person is known as one; an entity has a `name` (schema guide, `definitions.person`). */
function nameOf(author: unknown): string | undefined {
  if (!isItem(author)) return undefined
  const family = [author['name-particle'], author['family-names']].map(said).filter(Boolean).join(' ')
  const given = [said(author['given-names']), said(author['name-suffix'])].filter(Boolean).join(' ')
  if (family && given) return `${family}, ${given}`
  return family || given || said(author['name']) || said(author['alias'])
}

const doiOf = (doi: string | undefined) =>
  doi && `https://doi.org/${doi.replace(/^https?:\/\/(?:dx\.)?doi\.org\//, '')}`
const licenceOf = (code: string | undefined) => code && `https://spdx.org/licenses/${code}`

/** @throws Problem invalid where it is no YAML, or has no title; tooLarge, tooDeep */
export function readCitationFile(text: string, address: string): Stated {
  const { value } = readYaml(text)
  if (!isItem(value) || !said(value['title'])) throw new Problem('invalid', { rule: 'cff', line: 1 })
  const all = (term: string, values: readonly (string | undefined)[]): Statement[] =>
    values.flatMap((one) => stated(term, one))
  const further = listOf(value['identifiers'])
    .filter(isItem)
    .map((one) => (one['type'] === 'doi' ? doiOf(said(one['value'])) : said(one['value'])))
  const places = [value['url'], value['repository'], value['repository-code'], value['repository-artifact']].map(said)
  return {
    identifier: identifierIn(doiOf(said(value['doi'])) ?? places.find(Boolean), address) ?? address,
    bytes: text,
    statements: [
      ...stated('title', said(value['title'])),
      ...stated('description', said(value['abstract'])),
      ...all('creator', listOf(value['authors']).map(nameOf)),
      ...all('keyword', listOf(value['keywords']).map(said)),
      ...all('identifier', [doiOf(said(value['doi'])), ...places, ...further]),
      ...all('license', [...listOf(value['license']).map((one) => licenceOf(said(one))), said(value['license-url'])]),
      ...stated('issued', said(value['date-released'])),
      ...stated('type', value['type'] === 'dataset' ? 'Dataset' : 'Software'),
    ],
  }
}
