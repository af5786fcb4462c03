/** Whose work a record tells of: people where that is known, organisations, and names of which nobody can say. */
import { boundedCache } from '#kernel/bounded-cache.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { citedIn } from './cited.ts'

/** A person where family and given names are known apart; else a name that is not to be taken apart. */
export type CslName = { family: string; given: string; suffix?: string } | { literal: string }
export type Role = 'author' | 'editor' | 'translator' | 'illustrator' | 'contributor'
/** `sort` is missing where nobody can say whether it is a person. */
export type Named = {
  name: CslName
  role: Role
  isCreator?: true
  sort?: 'person' | 'group'
  orcid?: string
  address?: string
}

/** Words that no person is called by: sources name makers without saying what they are. */
const ofOrganisations =
  /\b(university|foundation|inc|ltd|gmbh|llc|organi[sz]ation|ministry|department|bureau|office|agency|bank|council|projects?|projet|team|volunteers?|schools?|college|institute|academy|arts|media|tech|technologies|network|company|corporation|association|community|contributors?|compiled|cent(?:re|er)|trust|library|press|group|society|story|folktales?|learner|programmer|koding|wiki\w*|without borders|documentation|tutorials?|channel|labs?|code|coding|programming|web|dev|developers?)\b/i
/** `NVIDIA`, `WsCube`, `freeCodeCamp`; `McDonald` is a person. */
const unlikePerson = /\p{Lu}{3}|\d|(?<!\bMa?c|\bDe|\bLa|\bDu|\bVan)\p{Ll}\p{Lu}/u
const likePerson =
  /^\p{Lu}[\p{L}.’'-]*(?: (?:de|da|do|dos|van|von|der|den|bin|al|el|la|le))?(?: \p{Lu}[\p{L}.’'-]*){1,3}$/u
const suffix = /^(?:inc|ltd|llc|gmbh|jr|sr|s\.a|[ivx]+)\b/i

const isOrganisation = (name: string): boolean => ofOrganisations.test(name) || unlikePerson.test(name)

/** `Nafula, Ursula` is a person whose names are known apart; without a comma only whoever wrote it knows. */
export function nameFrom(written: string): CslName {
  const [family = '', given = '', ...more] = written.split(/\s*[,،，]\s*/)
  const isPerson = family && given && more.length === 0 && !isOrganisation(written) && !suffix.test(given)
  return isPerson ? { family, given } : { literal: written }
}

function sortOf(name: CslName): Named['sort'] {
  if ('family' in name) return 'person'
  if (isOrganisation(name.literal)) return 'group'
  return likePerson.test(name.literal) ? 'person' : undefined
}

const mostRemembered = 5_000
const longestRemembered = 300
const knownNames = boundedCache<Pick<Named, 'name' | 'sort'>>(mostRemembered)

/** Makers stand in many records each, so a name is looked at once. */
function readName(written: string): Pick<Named, 'name' | 'sort'> {
  const before = knownNames.get(written)
  if (before) return before
  const name = nameFrom(written)
  const sort = sortOf(name)
  const read = { name, ...(sort && { sort }) }
  if (written.length <= longestRemembered) knownNames.set(written, read)
  return read
}

type Body = StoredRecord['body']
type Author = { name: string; given?: string; orcid?: string }

const roles: Readonly<Record<string, Role>> = {
  author: 'author',
  adapter: 'author',
  editor: 'editor',
  translator: 'translator',
  illustrator: 'illustrator',
  contributor: 'contributor',
}
/** Organisations that made a work, or did what a practice tells of; others paid for it, or sold to it. */
const doers = new Set(['lead', 'owner', 'implementer', 'government-owner'])

/** Organisations are records of their own: their names are known to whoever read what the record links to. */
export type Titles = ReadonlyMap<string, string>

/** The record with what its citation says, where it says nothing itself. */
export const withCitation = (body: Body): Body =>
  body.citation === undefined ? body : { ...citedIn(body.citation), ...body }

/** The record itself is what is cited, not a work that others published elsewhere. */
export const isPublishedHere = (kind: Pick<Kind, 'isPublishedHere' | 'citationType'> | undefined): boolean =>
  kind?.isPublishedHere ?? kind?.citationType === undefined

/**
 * Everybody who is named: authors in their order, whoever the text is credited to, organisations, then the creators in
 * their roles. Where nobody wrote it, those who contributed did. Of what is told here, such as a practice, the
 * organisations are those it tells of: they did not write it, and whoever leaves the authors empty stays unnamed.
 */
export function peopleOf(kind: Kind | undefined, body: Body, titles: Titles = new Map()): Named[] {
  const {
    authors = [],
    credit,
    creators = [],
    organisations = [],
  } = withCitation(body) as unknown as {
    authors?: Author[]
    credit?: unknown
    creators?: { name: string; role: string }[]
    organisations?: { organisation: string; role: string }[]
  }
  // Some kinds have a text of that name: how their publisher wants to be named.
  const credited = typeof credit === 'string' ? [{ name: credit }] : []
  const written = [...authors, ...credited].map((author) => namedAuthor(author))
  const role = isPublishedHere(kind) ? 'contributor' : 'author'
  const doing = organisations.flatMap(({ organisation, role: did }): Named[] => {
    const name = doers.has(did) ? titles.get(organisation) : undefined
    return name ? [{ name: { literal: name }, role, sort: 'group', address: organisation }] : []
  })
  const made = creators.map(({ name: written, role }): Named => {
    const { name, sort } = readName(written)
    return { name, role: roles[role] ?? 'contributor', isCreator: true, ...(sort && { sort }) }
  })
  const all = [...written, ...doing, ...made]
  return withAuthor(all.length > 1 ? [...new Map(all.map((one) => [keyOf(one), one])).values()] : all)
}

const keyOf = ({ name, role }: Named) =>
  'family' in name ? `${role}\n${name.family}\n${name.given}\n${name.suffix ?? ''}` : `${role}\n${name.literal}`

/** A work without author or editor is by those who contributed to it, or else by who drew it. */
function withAuthor(all: Named[]): Named[] {
  const has = (...wanted: Role[]) => all.some(({ role, isCreator }) => isCreator && wanted.includes(role))
  if (all.some(({ role }) => role === 'author' || role === 'editor')) return all
  const sole = has('contributor') ? 'contributor' : 'illustrator'
  return all.map((one) => (one.isCreator && one.role === sole ? { ...one, role: 'author' } : one))
}

/** Of authors, whoever has a given name or an ORCID is a person; else the source knew an organisation. */
const namedAuthor = ({ name, given, orcid }: Author): Named => ({
  name: given ? { family: name, ...givenAndSuffix(given) } : { literal: name },
  role: 'author',
  sort: given || orcid ? 'person' : 'group',
  ...(orcid && { orcid }),
})

/** `R. F., Jr` */
function givenAndSuffix(written: string): { given: string; suffix?: string } {
  const [, given, suffix] = /^(.+), (Jr|Sr|I{2,3}|IV)\.?$/.exec(written) ?? []
  return given && suffix ? { given, suffix } : { given: written }
}

/** The records whose names stand in citations of these. */
export const namedIn = (records: readonly { body: Body }[]): string[] => [
  ...new Set(
    records.flatMap(({ body }) =>
      ((body.organisations ?? []) as { organisation: string; role: string }[]).flatMap(({ organisation, role }) =>
        doers.has(role) ? [organisation] : [],
      ),
    ),
  ),
]
