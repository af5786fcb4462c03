import type { Folder } from '#kernel/folder.ts'
import { readEnumeration } from '#codecs/xsd-enumeration/read-enumeration.ts'
import { laidOut } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import vocabulary from '../subjects.json' with { type: 'json' }
import { conceptRow, vocabularyRow } from './concept-rows.ts'
import { refuse } from '../../sources/row.ts'

const file = 'elm/isced-f.xsd'
const base = 'http://data.europa.eu/snb/isced-f'

const terms = vocabulary.terms as unknown as Record<string, Record<string, string>>

/** Labels in further languages are the node's own; English is the source's. */
const labelsOf = (code: string, english: string) => ({
  en: english,
  ...Object.fromEntries(Object.entries(terms[code] ?? {}).filter(([key]) => key !== 'en' && !key.startsWith('$'))),
})

async function* read(folder: Folder): AsyncGenerator<Row> {
  const values = readEnumeration(await folder.text(file))
  const codes = new Set(values.map(({ value }) => value))
  yield vocabularyRow(file, {
    uri: base,
    title: vocabulary.title,
    publisher: 'UNESCO Institute for Statistics; European Learning Model',
    version: '2013',
    licence: 'EUPL-1.2',
  })
  for (const { value, label } of values) {
    const code = value.slice(base.length + 1)
    const place = `${file}#${code}`
    if (!value.startsWith(`${base}/`) || !/^\d{2,4}$/.test(code)) {
      yield refuse(`${file}#${value}`, 'identifierUnfit', { value })
      continue
    }
    if (!label) {
      yield refuse(place, 'titleMissing')
      continue
    }
    const broader = `${base}/${code.slice(0, -1)}`
    yield conceptRow(place, base, {
      uri: value,
      title: labelsOf(code, label),
      notation: code,
      broader: codes.has(broader) ? [broader] : [],
    })
  }
}

export const iscedF: Source = {
  name: 'isced-f',
  title: 'Fields of education and training (ISCED-F 2013)',
  publisher: 'European Commission, European Learning Model',
  kinds: ['vocabulary', 'concept'],
  folder: 'codelists-education',
  source: {
    address: 'https://github.com/european-commission-empl/European-Learning-Model',
    revision: '9d7c5d220022',
    licence: 'https://spdx.org/licenses/EUPL-1.2',
    attribution:
      'European Learning Model, European Commission, EUPL-1.2; ISCED-F 2013, UNESCO Institute for Statistics',
  },
  whole: true,
  recognise: (name, head) =>
    laidOut(name, /elm\/isced-f\.xsd/) ||
    ((head.includes('xs:schema') || head.includes('xsd:schema')) && head.includes(`${base}/`))
      ? file
      : undefined,
  read,
}
