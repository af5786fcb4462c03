import { parseJson } from '#kernel/input-limits.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowOf } from '#records/sources/row.ts'
import type { Source } from '#records/sources/source.ts'

const file = 'recognition-decisions.json'
const kinds = ['recognition-decision', 'qualification-framework']

/** Rules by which learning is recognised, and frameworks of qualifications, described for this project from public sources. */
export const recognitionDecisions: Source = {
  name: 'recognition-decisions',
  title: 'Recognition decisions and qualifications frameworks',
  publisher: 'Qingdao',
  kinds,
  folder: 'recognition-decisions',
  source: {
    address: 'https://w3id.org/qingdao/recognition',
    revision: '1',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Contributors to Qingdao, CC BY 4.0',
  },
  recognise: (name) => (isNamed(name, file) ? file : undefined),
  async *read(folder) {
    const all = [parseJson(await folder.text(file))].flat()
    for (const [at, one] of all.entries()) {
      const { kind, code, ...body } = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>
      yield rowOf(`${file}:${at + 1}`, {
        kind: kinds.find((name) => name === kind) ?? kinds[0]!,
        identifier: typeof code === 'string' && code ? `https://w3id.org/qingdao/recognition/${code}` : '',
        body: { ...body, originalLanguage: 'en' } as never,
      })
    }
  },
}
