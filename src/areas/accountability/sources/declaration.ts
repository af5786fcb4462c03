import { parseJson } from '#kernel/input-limits.ts'
import type { Source } from '#records/sources/source.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowOf } from '#records/sources/row.ts'

const file = 'qingdao-declaration.json'
const address = 'https://unesdoc.unesco.org/ark:/48223/pf0000233352'
const credit =
  'Qingdao Declaration, International Conference on ICT and Post-2015 Education, Qingdao, 2015 © UNESCO, CC BY-SA 3.0 IGO. Summary by this project, not endorsed by UNESCO'

type Recommendation = { code: string; area: string; title: Record<string, string> }

/** What the Qingdao Declaration recommends, summed up in six languages; under the licence of its text. */
export const declaration: Source = {
  name: 'declaration',
  title: 'Qingdao Declaration, in summary',
  publisher: 'Qingdao',
  kinds: ['declaration-recommendation'],
  folder: 'declaration',
  source: {
    address,
    revision: '1',
    licence: 'http://creativecommons.org/licenses/by-sa/3.0/igo/',
    attribution: credit,
  },
  recognise: (name) => (isNamed(name, file) ? file : undefined),
  async *read(folder) {
    const all = [parseJson(await folder.text(file))].flat()
    for (const [at, one] of all.entries()) {
      const place = `${file}:${at + 1}`
      const { code, area, title } = (typeof one === 'object' && one !== null ? one : {}) as Partial<Recommendation>
      yield rowOf(place, {
        kind: 'declaration-recommendation',
        identifier: code === undefined ? '' : `https://w3id.org/qingdao/declaration/${String(code)}`,
        url: address,
        body: {
          title,
          originalLanguage: 'en',
          code,
          areas: area === undefined ? undefined : [area],
          document: address,
          licence: 'CC-BY-SA-3.0-IGO',
          credit: { en: credit },
        },
      })
    }
  },
}
