import { parseJson } from '#kernel/input-limits.ts'
import type { Source } from '#records/sources/source.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowOf } from '#records/sources/row.ts'

const file = 'practice-rubric.json'

/** The rubrics that come with the project: one for practices, in six languages. */
export const rubrics: Source = {
  name: 'rubrics',
  title: 'Rubrics of this project',
  publisher: 'Qingdao',
  kinds: ['rubric'],
  folder: 'rubrics',
  source: {
    address: 'https://w3id.org/qingdao',
    revision: '1',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'Written for this project, CC0 1.0',
  },
  recognise: (name) => (isNamed(name, file) ? file : undefined),
  async *read(folder) {
    const body = parseJson(await folder.text(file))
    yield rowOf(file, { kind: 'rubric', identifier: 'https://w3id.org/qingdao/rubrics/practice', body })
  },
}
