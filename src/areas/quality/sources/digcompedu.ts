import type { Folder } from '#kernel/folder.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowsOfFiles } from '#records/sources/row.ts'
import { skosFrameworkRows } from './skos-framework.ts'

const file = 'digCompEdu.ttl'
const base = 'http://w3id.org/openeduhub/vocabs/digCompEdu/'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const framework = {
    publisher: 'European Commission, Joint Research Centre',
    levels: ['teacher'],
    audiences: ['teacher'],
    subjects: ['0114', '0611'],
    areas: ['quality'],
  }
  const codeOf = ({ uri }: { uri: string }) => uri.slice(base.length)
  yield* rowsOfFiles(folder, await folder.names(), (name, text) =>
    skosFrameworkRows({ file: name, base, framework, codeOf, levels: ['teacher'] }, text, 'CC0-1.0'),
  )
}

export const digcompedu: Source = {
  name: 'digcompedu',
  title: 'DigCompEdu, digital competence of educators',
  publisher: 'WirLernenOnline (openeduhub), after the Joint Research Centre of the European Commission',
  kinds: ['framework', 'competency'],
  folder: 'frameworks-openeduhub',
  source: {
    address: 'https://github.com/openeduhub/oeh-metadata-vocabs',
    revision: '3485f20edb7b',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'openeduhub, CC0 1.0; the framework: European Commission, Joint Research Centre',
  },
  whole: { of: 'framework' },
  recognise: (name, head) => (isNamed(name, file) || head.includes(base) ? name : undefined),
  read,
}
