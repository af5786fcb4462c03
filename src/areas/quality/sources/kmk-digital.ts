import type { Folder } from '#kernel/folder.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { skosFrameworkRows } from './skos-framework.ts'

const file = 'digitalCompetencies.ttl'
const numbered = /^(\d+(?:\.\d+)*)\.?\s+/

async function* read(folder: Folder): AsyncGenerator<Row> {
  const base = 'http://w3id.org/openeduhub/vocabs/digitalCompetencies/'
  const framework = {
    publisher: 'Kultusministerkonferenz',
    levels: ['1', '2', '3'],
    audiences: ['learner'],
    subjects: ['0611'],
    countries: ['DE'],
    areas: ['quality'],
  }
  const options = {
    file,
    base,
    framework,
    codeOf: ({ prefLabel }: { prefLabel: Record<string, string> }) => numbered.exec(prefLabel['de'] ?? '')?.[1],
    labelOf: (label: string) => label.replace(numbered, ''),
    levels: ['1', '2', '3'],
  }
  yield* skosFrameworkRows(options, await folder.text(file), 'CC0-1.0')
}

export const kmkDigital: Source = {
  name: 'kmk-digital',
  title: 'Competences in the digital world (KMK)',
  publisher: 'WirLernenOnline (openeduhub), after the Kultusministerkonferenz',
  kinds: ['framework', 'competency'],
  folder: 'frameworks-openeduhub',
  source: {
    address: 'https://github.com/openeduhub/oeh-metadata-vocabs',
    revision: '3485f20edb7b',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'openeduhub, CC0 1.0; the framework: Kultusministerkonferenz',
  },
  read,
}
