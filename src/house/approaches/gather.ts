/** What belongs to approaches, read from the links: practices, lessons, interventions, studies and their findings. */
import type { Kysely } from 'kysely'
import type { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'

export type Members = {
  practices: Kept[]
  lessons: Kept[]
  interventions: Kept[]
  studies: Kept[]
  findings: Kept[]
}

const most = 20_000
const atOnce = 500

export const linksIn = (record: Kept, field: string): string[] => {
  const value = record.body[field]
  return Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : []
}
const belongsTo = (record: Kept, approach: string) => linksIn(record, 'approaches').includes(approach)
const ids = (all: readonly Kept[]) => all.map(({ id }) => id)

/** Everything for all of these at once, so that comparing many asks no more often than looking at one. */
export async function gather(db: Kysely<unknown>, approaches: readonly string[]): Promise<Map<string, Members>> {
  const all = await linked(db, approaches, 'approach')
  const named = (kind: string) => all.filter((record) => record.kind === kind)
  const [practices, interventions] = [named('practice'), named('intervention')]
  const cited = practices.flatMap((practice) => linksIn(practice, 'evidence'))
  const found = unique([
    ...(await linked(db, ids(named('study')), 'study')),
    ...(await linked(db, ids(interventions), 'intervention')),
    ...(await published(db, cited)),
  ])
  const findings = found.filter(({ kind }) => kind === 'evidence')
  const studies = unique([
    ...named('study'),
    ...found.filter(({ kind }) => kind === 'study'),
    ...(await published(
      db,
      findings.flatMap((finding) => linksIn(finding, 'study')),
    )),
  ])
  const studyOf = new Map(studies.map((study) => [study.id, study]))
  return new Map(
    approaches.map((approach) => {
      const own = (one: readonly Kept[]) => one.filter((record) => belongsTo(record, approach))
      const [ofPractices, ofInterventions] = [own(practices), own(interventions)]
      const interventionIds = new Set(ids(ofInterventions))
      const citedHere = new Set(ofPractices.flatMap((practice) => linksIn(practice, 'evidence')))
      /** What a study says of itself goes before what is said of it. */
      const isOf = (study: Kept | undefined, finding: Kept) =>
        study && linksIn(study, 'approaches').length > 0
          ? belongsTo(study, approach)
          : citedHere.has(finding.id) || linksIn(finding, 'intervention').some((one) => interventionIds.has(one))
      const ofFindings = findings.filter((finding) => isOf(studyOf.get(linksIn(finding, 'study')[0]!), finding))
      const withFindings = new Set(ofFindings.flatMap((finding) => linksIn(finding, 'study')))
      return [
        approach,
        {
          practices: ofPractices,
          lessons: own(named('lesson')),
          interventions: ofInterventions,
          studies: studies.filter(
            (study) =>
              belongsTo(study, approach) ||
              withFindings.has(study.id) ||
              (linksIn(study, 'approaches').length === 0 && citedHere.has(study.id)),
          ),
          findings: ofFindings,
        },
      ]
    }),
  )
}

const unique = (all: readonly Kept[]): Kept[] => [...new Map(all.map((record) => [record.id, record])).values()]

async function linked(db: Kysely<unknown>, to: readonly string[], rel: string): Promise<Kept[]> {
  const numbers = new Set<number>()
  for (let at = 0; at < to.length; at += atOnce)
    for (const number of await records(db).linksTo(to.slice(at, at + atOnce), rel, most)) numbers.add(number)
  return records(db).byNumbers([...numbers])
}

async function published(db: Kysely<unknown>, wanted: readonly string[]): Promise<Kept[]> {
  const found = await records(db).findMany([...new Set(wanted)])
  return [...found.values()].filter(({ status }) => status === 'published')
}
