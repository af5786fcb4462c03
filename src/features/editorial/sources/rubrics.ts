import { parseJson } from '#kernel/input-limits.ts'
import type { Source } from '#records/sources/source.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowOf } from '#records/sources/row.ts'

const file = 'practice-rubric.json'
/** Those of platforms and of online courses may be left out. */
const identifiers = {
  [file]: 'practice',
  'platform-rubric.json': 'platform',
  'online-course-rubric.json': 'online-course',
}

/** The rubrics that come with the project, in six languages: for practices, public learning platforms and online courses. */
export const rubrics: Source = {
  name: 'rubrics',
  title: 'Rubrics of this project',
  publisher: 'Qingdao',
  kinds: ['rubric'],
  folder: 'rubrics',
  source: {
    address: 'https://w3id.org/qingdao',
    revision: '2',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'Written for this project, CC0 1.0',
  },
  recognise: (name) => Object.keys(identifiers).find((one) => isNamed(name, one)),
  async *read(folder) {
    for (const [name, identifier] of Object.entries(identifiers))
      if (name === file || (await folder.has(name))) {
        const body = parseJson(await folder.text(name))
        yield rowOf(name, { kind: 'rubric', identifier: `https://w3id.org/qingdao/rubrics/${identifier}`, body })
      }
  },
}
