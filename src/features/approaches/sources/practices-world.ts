import type { Folder } from '#kernel/folder.ts'
import type { Source, Row } from '#records/sources/source.ts'
import { belongingOf } from './practices-world/belonging.ts'
import { findingRow, studyRow } from './practices-world/findings.ts'
import { lessonRow } from './practices-world/lesson-row.ts'
import { organisationsOf } from './practices-world/organisations.ts'
import { practiceRow } from './practices-world/practice-row.ts'
import { base, readWorld } from './practices-world/rows.ts'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const world = await readWorld(folder)
  const { rows, refused } = world
  const organisations = organisationsOf(world)
  const belonging = belongingOf(world)
  yield* refused
  yield* organisations.rows()
  for (const row of rows.study.values()) yield studyRow(row, belonging)
  for (const row of rows.evidence.values()) yield findingRow(row, world)
  for (const row of rows.practice.values()) yield practiceRow(row, world, organisations, belonging)
  for (const row of rows.lesson.values()) yield lessonRow(row, world, belonging)
}

/** Programmes of many countries, failed ones too, with what was learned and found; a folder for each part of the world. */
export const practicesWorld: Source = {
  name: 'practices-world',
  title: 'Practices of the world',
  publisher: 'Qingdao',
  kinds: ['practice', 'lesson', 'study', 'evidence', 'organisation'],
  folder: 'practices-world',
  source: {
    address: base,
    revision: '3',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Practices of the world, the contributors to Qingdao, CC BY 4.0',
  },
  expects: 'practice.jsonl, lesson.jsonl, study.jsonl, evidence.jsonl, organisation.jsonl',
  recognise: (name) =>
    /(?:^|\/)(?:practice|lesson|study|evidence|organisation)\.jsonl$/.test(name) ? name : undefined,
  // What belongs together is told from either side, perhaps in another file.
  sums: {
    practice: { evidence: 'all', approaches: 'all' },
    lesson: { practices: 'all', approaches: 'all' },
    study: { approaches: 'all' },
    evidence: { areas: 'all' },
    organisation: { types: 'all', countries: 'all' },
  },
  read,
}
