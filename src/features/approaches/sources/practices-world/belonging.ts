/** What belongs together, told from either side; and the approaches, which are chosen by hand for each practice. */
import { approachIds } from '#features/clearing-house/approach-ids.ts'
import approachesOfPractices from '../../practices.json' with { type: 'json' }
import approachesOfStudies from '../../studies.json' with { type: 'json' }
import { list, unique, words } from '#records/sources/row.ts'
import type { WorldRows, WorldRow } from './rows.ts'

export type Belonging = {
  lessonsOf(practice: string): string[]
  practicesOf(lesson: string): string[]
  evidenceOf(practice: string): string[]
  /** Approaches as identifiers in the node, in the order of the table. */
  approachesOf(practice: string): string[]
  /** Those of the practices that a lesson was learned from, or that a study's findings are about. */
  approachesOfLesson(lesson: string): string[]
  approachesOfStudy(study: string): string[]
}

const chosen: Readonly<Record<string, readonly string[]>> = approachesOfPractices
/** Studies that are about less than all that their practices did. */
const narrower: Readonly<Record<string, readonly string[]>> = approachesOfStudies
const named = (row: WorldRow | undefined, field: string) => list(row?.fields[field]).map(words)

export function belongingOf({ rows }: WorldRows): Belonging {
  /** Keys that one side names, and those on the other side that name it; only what is there. */
  const together = (
    own: 'practice' | 'lesson',
    field: string,
    other: 'practice' | 'lesson' | 'evidence',
    otherField: string,
  ) => {
    const back = new Map<string, string[]>()
    for (const row of rows[other].values())
      for (const key of named(row, otherField)) back.set(key, [...(back.get(key) ?? []), row.key])
    return (key: string) =>
      unique([...named(rows[own].get(key), field), ...(back.get(key) ?? [])]).filter((one) => rows[other].has(one))
  }
  const lessonsOf = together('practice', 'lessons', 'lesson', 'practices')
  const practicesOf = together('lesson', 'practices', 'practice', 'lessons')
  const evidenceOf = together('practice', 'evidence', 'evidence', 'practices')

  const practicesOfStudy = new Map<string, string[]>()
  for (const practice of rows.practice.keys())
    for (const finding of evidenceOf(practice)) {
      const study = words(rows.evidence.get(finding)?.fields['study'])
      practicesOfStudy.set(study, [...(practicesOfStudy.get(study) ?? []), practice])
    }
  const approachesOf = (practice: string) => approachIds(chosen[practice])
  return {
    lessonsOf,
    practicesOf,
    evidenceOf,
    approachesOf,
    approachesOfLesson: (lesson) => unique(practicesOf(lesson).flatMap(approachesOf)),
    approachesOfStudy: (study) =>
      narrower[study]
        ? approachIds(narrower[study])
        : unique((practicesOfStudy.get(study) ?? []).flatMap(approachesOf)),
  }
}
