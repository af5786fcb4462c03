/** Requests of OAI-PMH 2.0: which arguments each verb takes (§4), and what is wrong with those that came (§3.6). */

export const verbs = [
  'Identify',
  'ListMetadataFormats',
  'ListSets',
  'GetRecord',
  'ListIdentifiers',
  'ListRecords',
] as const
export type Verb = (typeof verbs)[number]

export const errorCodes = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Told in English, as all of the protocol is. */
export type OaiError = { code: ErrorCode; message: string }

export const argumentNames = ['identifier', 'metadataPrefix', 'from', 'until', 'set', 'resumptionToken'] as const
export type ArgumentName = (typeof argumentNames)[number]
export type Arguments = Partial<Record<ArgumentName, string>>
export type OaiRequest = { verb: Verb; arguments: Arguments }

type Rule = { required: readonly ArgumentName[]; optional: readonly ArgumentName[]; resumes: boolean }
const listing: Rule = { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], resumes: true }
const rules: Readonly<Record<Verb, Rule>> = {
  Identify: { required: [], optional: [], resumes: false },
  ListMetadataFormats: { required: [], optional: ['identifier'], resumes: false },
  ListSets: { required: [], optional: [], resumes: true },
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [], resumes: false },
  ListIdentifiers: listing,
  ListRecords: listing,
}

const isVerb = (verb: string): verb is Verb => (verbs as readonly string[]).includes(verb)
const isName = (name: string): name is ArgumentName => (argumentNames as readonly string[]).includes(name)

const bad = (message: string): OaiError => ({ code: 'badArgument', message })
const shown = (text: string) => `“${text.slice(0, 100)}”`

/** What is asked, or everything that is wrong with it. Arguments are those of an address or of a form. */
export function readArguments(given: Iterable<[string, string]>): { request: OaiRequest } | { errors: OaiError[] } {
  const all = [...given]
  const asked = all.filter(([name]) => name === 'verb').map(([, value]) => value)
  const [verb = ''] = asked
  if (asked.length === 0)
    return { errors: [{ code: 'badVerb', message: `The argument verb is missing. It is one of ${verbs.join(', ')}.` }] }
  if (asked.length > 1) return { errors: [{ code: 'badVerb', message: 'The argument verb is repeated.' }] }
  if (!isVerb(verb))
    return {
      errors: [{ code: 'badVerb', message: `${shown(verb)} is no verb of OAI-PMH. It is one of ${verbs.join(', ')}.` }],
    }
  const errors: OaiError[] = []
  const found: Arguments = {}
  for (const [name, value] of all) {
    if (name === 'verb') continue
    if (!isName(name)) errors.push(bad(`${shown(name)} is no argument of OAI-PMH.`))
    else if (found[name] !== undefined) errors.push(bad(`The argument ${name} is repeated.`))
    else found[name] = value
  }
  errors.push(...faultsOf(verb, found))
  return errors.length > 0 ? { errors } : { request: { verb, arguments: found } }
}

function faultsOf(verb: Verb, found: Arguments): OaiError[] {
  const { required, optional, resumes } = rules[verb]
  const names = Object.keys(found) as ArgumentName[]
  if (resumes && found.resumptionToken !== undefined)
    return names.length > 1 ? [bad('resumptionToken is an exclusive argument: no other may stand beside it.')] : []
  const allowed: readonly ArgumentName[] = [...required, ...optional]
  return [
    ...names.filter((name) => !allowed.includes(name)).map((name) => bad(`${verb} takes no argument ${name}.`)),
    ...required.filter((name) => found[name] === undefined).map((name) => bad(`${verb} needs the argument ${name}.`)),
    ...syntaxFaults(found),
  ]
}

const uri = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i
const prefix = /^[\w\-.!~*'()]+$/
const setSpec = /^[\w\-.!~*'()]+(?::[\w\-.!~*'()]+)*$/

function syntaxFaults({ identifier, metadataPrefix, set, from, until }: Arguments): OaiError[] {
  const [first, last] = [from === undefined ? undefined : spanOf(from), until === undefined ? undefined : spanOf(until)]
  const faults: OaiError[] = []
  if (identifier !== undefined && !uri.test(identifier)) faults.push(bad('identifier is not a URI.'))
  if (metadataPrefix !== undefined && !prefix.test(metadataPrefix))
    faults.push(bad('metadataPrefix holds characters that it may not hold.'))
  if (set !== undefined && !setSpec.test(set)) faults.push(bad('set is not a setSpec.'))
  const form = 'is not a date of the form YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.'
  if (from !== undefined && !first) faults.push(bad(`from ${form}`))
  if (until !== undefined && !last) faults.push(bad(`until ${form}`))
  if (!first || !last) return faults
  if (first.granularity !== last.granularity)
    faults.push(bad('from and until must be written alike, both to the day or both to the second.'))
  else if (first.start > last.end) faults.push(bad('from must not be later than until.'))
  return faults
}

export type Granularity = 'day' | 'second'

/** The first and last second that a date of OAI-PMH (§3.3) names; undefined where it is none or names no day. */
export function spanOf(date: string): { granularity: Granularity; start: string; end: string } | undefined {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}Z)?$/.exec(date) ?? []
  if (day === undefined) return undefined
  const start = time === undefined ? `${day}T00:00:00Z` : date
  const at = Date.parse(start)
  // The thirtieth of February is read as a day of March.
  if (Number.isNaN(at) || toSecond(new Date(at).toISOString()) !== start) return undefined
  return {
    granularity: time === undefined ? 'day' : 'second',
    start,
    end: time === undefined ? `${day}T23:59:59Z` : date,
  }
}

/** A time as OAI-PMH writes it: UTC, to the second. */
export const toSecond = (iso: string): string => `${iso.slice(0, 19)}Z`
