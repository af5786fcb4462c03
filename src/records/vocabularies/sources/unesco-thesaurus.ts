import type { Folder } from '#kernel/folder.ts'
import { readSkos } from '#codecs/skos/read-skos.ts'
import { isNamed } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import { skosConceptRow, vocabularyRow } from './concept-rows.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'

const file = 'unesco-thesaurus.ttl'
const base = 'http://vocabularies.unesco.org/thesaurus'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const { schemes, concepts } = readSkos(await folder.text(file), base)
  const scheme = schemes.find(({ uri }) => uri === base)
  const licence = licenceAt(scheme?.licence ?? '')
  yield vocabularyRow(file, {
    uri: base,
    title: scheme?.title ?? { en: 'UNESCO Thesaurus' },
    description: scheme?.description ?? {},
    publisher: 'UNESCO',
    ...(scheme?.modified && { version: scheme.modified.slice(0, 10) }),
    ...(licence && { licence }),
  })
  for (const concept of concepts) yield skosConceptRow(`${file}#${concept.uri.slice(base.length + 1)}`, base, concept)
}

export const unescoThesaurus: Source = {
  name: 'unesco-thesaurus',
  title: 'UNESCO Thesaurus',
  publisher: 'UNESCO',
  kinds: ['vocabulary', 'concept'],
  folder: 'thesaurus-unesco',
  source: {
    address: 'http://vocabularies.unesco.org/thesaurus',
    revision: 'javiervzpucp/metadatos-archivo 496033c6993c',
    licence: 'https://creativecommons.org/licenses/by-sa/3.0/igo/',
    attribution: 'UNESCO Thesaurus, © UNESCO, CC BY-SA 3.0 IGO',
  },
  whole: true,
  recognise: (name, head) => (isNamed(name, file) || (head.includes(base) && head.includes('skos')) ? file : undefined),
  read,
}
