import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { readSkos } from '#codecs/skos/read-skos.ts'
import { isNamed } from '../../sources/recognise.ts'
import type { Source, Row } from '../../sources/source.ts'
import { skosConceptRow, vocabularyRow } from './concept-rows.ts'

const file = 'eqfCompetenceLevels.ttl'
const base = 'http://w3id.org/openeduhub/vocabs/eqfCompetenceLevels/'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const { schemes, concepts } = readSkos(await folder.text(file), base)
  const [scheme] = schemes
  if (!scheme) throw new Problem('invalid', { rule: 'concept-scheme', file })
  yield vocabularyRow(file, {
    uri: scheme.uri,
    title: scheme.title,
    description: scheme.description,
    publisher: 'openeduhub',
    licence: 'CC0-1.0',
    ...(scheme.created && { version: scheme.created }),
  })
  for (const concept of concepts) {
    const level = concept.uri.slice(base.length)
    if (!/^[1-8]$/.test(level)) {
      yield skosConceptRow(`${file}#${level}`, scheme.uri, concept)
      continue
    }
    // The European Learning Model names its levels in English, and by these addresses.
    const withElm = {
      ...concept,
      notation: level,
      prefLabel: { en: `EQF level ${level}`, ...concept.prefLabel },
      matches: [...concept.matches, `http://data.europa.eu/snb/eqf/${level}`],
    }
    yield skosConceptRow(`${file}#${level}`, scheme.uri, withElm)
  }
}

export const eqf: Source = {
  name: 'eqf',
  title: 'Levels of the European Qualifications Framework',
  publisher: 'openeduhub',
  kinds: ['vocabulary', 'concept'],
  folder: 'frameworks-openeduhub',
  source: {
    address: 'https://github.com/openeduhub/oeh-metadata-vocabs',
    revision: '3485f20edb7b',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'openeduhub, CC0 1.0',
  },
  whole: true,
  recognise: (name, head) => (isNamed(name, file) || head.includes(base) ? file : undefined),
  read,
}
