import type { Folder } from '#kernel/folder.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { rowsOfFiles } from '#records/sources/row.ts'
import { skosFrameworkRows } from './skos-framework.ts'

const file = 'digitalCompetencies.ttl'
const numbered = /^(\d+(?:\.\d+)*)\.?\s+/
const base = 'http://w3id.org/openeduhub/vocabs/digitalCompetencies/'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const framework = {
    publisher: 'Kultusministerkonferenz',
    levels: ['1', '2', '3'],
    audiences: ['learner'],
    subjects: ['0611'],
    countries: ['DE'],
    areas: ['quality'],
  }
  const options = {
    base,
    framework,
    codeOf: ({ prefLabel }: { prefLabel: Record<string, string> }) => numbered.exec(prefLabel['de'] ?? '')?.[1],
    labelOf: (label: string) => label.replace(numbered, ''),
    levels: ['1', '2', '3'],
  }
  yield* rowsOfFiles(folder, await folder.names(), (name, text) =>
    skosFrameworkRows({ ...options, file: name }, text, 'CC0-1.0'),
  )
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
  whole: { of: 'framework' },
  recognise: (name, head) => (isNamed(name, file) || head.includes(base) ? name : undefined),
  read,
}
