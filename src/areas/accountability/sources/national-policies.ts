import { parseJson } from '#kernel/input-limits.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowOf } from '#records/sources/row.ts'
import type { Source } from '#records/sources/source.ts'

const file = 'national-policies.json'

/** Laws, policies, strategies and plans, described for this project in its own words from public sources, which each names. */
export const nationalPolicies: Source = {
  name: 'national-policies',
  title: 'National policies on technology in education',
  publisher: 'Qingdao',
  kinds: ['policy'],
  folder: 'national-policies',
  source: {
    address: 'https://w3id.org/qingdao/policies',
    revision: '1',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Contributors to Qingdao, CC BY 4.0',
  },
  recognise: (name) => (isNamed(name, file) ? file : undefined),
  async *read(folder) {
    const all = [parseJson(await folder.text(file))].flat()
    for (const [at, one] of all.entries()) {
      const { code, ...body } = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
      yield rowOf(`${file}:${at + 1}`, {
        kind: 'policy',
        identifier: typeof code === 'string' && code ? `https://w3id.org/qingdao/policies/${code}` : '',
        ...(typeof body['document'] === 'string' && { url: body['document'] }),
        body: { ...body, originalLanguage: 'en', basis: 'public' } as never,
      })
    }
  },
}
