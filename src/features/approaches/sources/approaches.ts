import { parseJson } from '#kernel/input-limits.ts'
import { approachIds, approachUri } from '#features/clearing-house/approach-ids.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { machineMarks, textsOf } from './practices-world/rows.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { fieldsOf, known, list, refuse, rowOf, words } from '#records/sources/row.ts'

const file = 'approaches.json'

function toRow(entry: unknown, at: number): Row {
  const place = `${file}#${at + 1}`
  const { key, broader, near, ...body } = fieldsOf(entry)
  if (!words(key)) return refuse(place, 'identifierUnfit', { value: String(key).slice(0, 100) })
  return rowOf(place, {
    kind: 'approach',
    identifier: approachUri(words(key)),
    body: known({
      ...body,
      credit: 'Contributors to Qingdao (Approaches)',
      broader: approachIds([words(broader)].filter(Boolean))[0],
      near: approachIds(list(near).map(words)),
    }),
    translations: machineMarks(textsOf(body['title']), textsOf(body['summary'])),
  })
}

/** Approaches that come with the project; practices of the world and studies of What Works belong to them. */
export const approaches: Source = {
  name: 'approaches',
  title: 'Approaches',
  publisher: 'Qingdao',
  kinds: ['approach'],
  folder: 'approaches',
  source: {
    address: 'https://w3id.org/qingdao/approaches',
    revision: '2',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Approaches, the contributors to Qingdao, CC BY 4.0',
  },
  recognise: (name) => (isNamed(name, file) ? file : undefined),
  async *read(folder) {
    for (const [at, entry] of list(parseJson(await folder.text(file))).entries()) yield toRow(entry, at)
  },
}
