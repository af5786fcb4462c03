/** What of an approach is counted when a level, a country, a region or a setting is asked for. */
import type { StoredRecord } from '#records/record.ts'
import { regionsOf } from '#records/vocabularies/index.ts'
import { linksIn, type Members } from './gather.ts'

export type Wanted = Partial<Record<'level' | 'country' | 'region' | 'setting', readonly string[] | undefined>>

/** What a record says of each thing that can be asked for. */
type Says = (field: 'levels' | 'countries' | 'settings') => readonly string[]

/** `unsaid` where it says nothing of something asked for, and nothing against the rest. */
function fitOf(says: Says, wanted: Wanted): 'fits' | 'unsaid' | 'other' {
  const countries = says('countries')
  const asked = [
    [wanted.level, says('levels')],
    [wanted.country, countries],
    [wanted.region, countries.flatMap(regionsOf)],
    [wanted.setting, says('settings')],
  ] as const
  let isUnsaid = false
  for (const [values, found] of asked) {
    if (!values?.length) continue
    if (found.length === 0) isUnsaid = true
    else if (!found.some((value) => values.includes(value))) return 'other'
  }
  return isUnsaid ? 'unsaid' : 'fits'
}

/**
 * Practices that say that they are of it. Studies seldom name a setting, so one is left out only where it, or all its
 * findings, say another; `unsaid` counts those kept in silence. Lessons hold beyond one place.
 */
export function narrowed(members: Members, wanted: Wanted): { members: Members; unsaid: number } {
  const findingsOf = Map.groupBy(members.findings, (finding) => linksIn(finding, 'study')[0])
  const fits = new Map(
    members.studies.map((study) => {
      const of: readonly StoredRecord[] = findingsOf.get(study.id) ?? []
      const says: Says = (field) => {
        const own = linksIn(study, field)
        return own.length > 0 ? own : of.flatMap((finding) => linksIn(finding, field))
      }
      return [study.id, fitOf(says, wanted)]
    }),
  )
  const isKept = (id: string | undefined) => id !== undefined && (fits.get(id) ?? 'other') !== 'other'
  return {
    members: {
      ...members,
      practices: members.practices.filter((practice) => fitOf((field) => linksIn(practice, field), wanted) === 'fits'),
      studies: members.studies.filter(({ id }) => isKept(id)),
      findings: members.findings.filter(
        (finding) =>
          isKept(linksIn(finding, 'study')[0]) && fitOf((field) => linksIn(finding, field), wanted) !== 'other',
      ),
    },
    unsaid: [...fits.values()].filter((fit) => fit === 'unsaid').length,
  }
}
