/** Who reports: the organisation that a record names, by its identifier in IATI. */
import type { Party } from '#codecs/iati/activity.ts'
import type { Body } from '#records/record.ts'

/** Bodies of organisations by identifier of the record. */
export type Known = ReadonlyMap<string, Body>

/** `<registration agency>-<number there>`, such as XM-DAC-41304 or GB-CHC-202918 (org-id.guide). */
const organisationIdentifier = /^[A-Z]{2}-[A-Z0-9_]+-[^\s/&|?]+$/

export const identifierIn = ({ identifiers = [] }: Body): string | undefined =>
  (identifiers as string[]).find((one) => organisationIdentifier.test(one))

/** Our types → code list OrganisationType. */
const codes: Readonly<Record<string, string>> = {
  ministry: '10',
  government: '10',
  'local-government': '11',
  school: '80',
  university: '80',
  education: '80',
  research: '80',
  library: '80',
  un: '40',
  foundation: '60',
  company: '70',
}

/** An NGO of one country is national, one of several is international; of one that names none nobody knows. */
export function typeCodeOf({ types = [], countries = [] }: Body): string | undefined {
  const [type] = types as string[]
  if (type === undefined) return undefined
  if (type !== 'ngo') return codes[type] ?? '90'
  const { length } = countries as string[]
  return length === 0 ? '90' : length === 1 ? '22' : '21'
}

export function partyOf(id: string, known: Known): Party | undefined {
  const body = known.get(id)
  if (!body) return undefined
  const ref = identifierIn(body)
  const type = typeCodeOf(body)
  return { ...(ref && { ref }), ...(type && { type }), name: body.title }
}

/** That of the record where it begins as the standard asks, else one made of that of its record here. */
export const activityIdentifierOf = (ref: string, given: string | undefined, id: string): string =>
  given?.startsWith(`${ref}-`) && !/[\s/&|?]/.test(given) ? given : `${ref}-${id}`
