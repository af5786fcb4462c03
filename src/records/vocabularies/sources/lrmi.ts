import type { Folder } from '#kernel/folder.ts'
import { readSkos, type Skos } from '#codecs/skos/read-skos.ts'
import { laidOut } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import { skosConceptRow, vocabularyRow } from './concept-rows.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { refuse, rowsOfFiles } from '../../sources/row.ts'

const base = 'http://purl.org/dcx/lrmi-vocabs/'

function* rowsOf(file: string, { schemes: [scheme], concepts }: Skos): Generator<Row> {
  if (!scheme) {
    yield refuse(file, 'malformedFile', { problem: 'no skos:ConceptScheme', line: 0 })
    return
  }
  const licence = licenceAt(scheme.licence ?? '')
  yield vocabularyRow(
    file,
    {
      uri: scheme.uri,
      title: scheme.title,
      description: scheme.description,
      publisher: 'LRMI Task Group, DCMI',
      ...(scheme.modified && { version: scheme.modified.slice(0, 100) }),
      ...(licence && { licence }),
    },
    licence ? [] : [{ code: 'licenceUnstated' }],
  )
  for (const concept of concepts)
    yield skosConceptRow(`${file}#${concept.uri.replace(/^.*[/#]/, '')}`, scheme.uri, concept)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const files = (await folder.names()).filter((name) => /^lrmi\/[^/]+\.ttl$/.test(name))
  yield* rowsOfFiles(folder, files, (file, text) => rowsOf(file, readSkos(text, base)))
}

export const lrmi: Source = {
  name: 'lrmi',
  title: 'LRMI vocabularies and terms',
  publisher: 'LRMI Task Group, Dublin Core Metadata Initiative',
  kinds: ['vocabulary', 'concept'],
  folder: 'codelists-education',
  source: {
    address: 'https://github.com/dcmi/lrmi',
    revision: 'a061e2b1be62',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'LRMI, Dublin Core Metadata Initiative, CC BY 4.0',
  },
  recognise: (name) => laidOut(name, /lrmi\/[^/]+\.ttl/),
  read,
}
