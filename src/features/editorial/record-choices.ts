/** The records that are meant by what people write into a field that leads to records: names, identifiers, addresses. */
import type { Static } from 'typebox'
import type { Who } from '#kernel/http/server.ts'
import type { FormField, Step } from '#records/form/plan.ts'
import { linkedIdIn } from '#records/form/read.ts'
import { plainName } from '#records/vocabularies/names.ts'
import type { StoredRecord } from '#records/record.ts'
import { search, type Found } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'

const mostOffered = 6
const mostLookedUp = 20
const longestName = 300

export type TypedLinks = {
  /** What was typed → the one record that is called so. */
  meant: ReadonlyMap<string, string>
  /** What was typed → those that may be meant. */
  offered: ReadonlyMap<string, readonly StoredRecord[]>
}

const namesOf = ({ body }: StoredRecord): string[] => {
  const { otherNames } = body as { otherNames?: Record<string, string[]> }
  return [...Object.values(body.title), ...Object.values(otherNames ?? {}).flat()].map(plainName)
}

/** Those of these kinds that have a name in which each word begins as one that was typed; by identifier, all of them. */
export async function recordsCalled(
  { askAs }: Pick<PageContext, 'askAs'>,
  who: Who,
  { typed, to }: { typed: string; to: readonly string[] },
): Promise<{ called: StoredRecord[]; offered: StoredRecord[] }> {
  const q = typed.trim().slice(0, longestName)
  const filter = to.length > 0 ? { kind: [...to] } : {}
  const found: Static<typeof Found> = await askAs(who, search, { q, ...filter, limit: 20, facets: [], assist: true })
  const isOfKind = ({ kind }: StoredRecord) => to.length === 0 || to.includes(kind)
  const named = (found.assistance?.named ?? []).filter(isOfKind)
  const wanted = plainName(q)
  const words = wanted.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean)
  const near = found.records.filter(
    (record) =>
      words.length > 0 && namesOf(record).some((name) => words.every((word) => ` ${name}`.match(wordBegins(word)))),
  )
  const called = found.records.filter((record) => namesOf(record).includes(wanted))
  const all = [...named, ...called, ...near]
  const offered = all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at).slice(0, mostOffered)
  return { called: named.length > 0 ? named : called, offered }
}
const wordBegins = (word: string) => new RegExp(`[^\\p{L}\\p{M}\\p{N}]${word}`, 'u')

/** All texts in fields that lead to records. */
function textsOfLinks(asked: readonly FormField[], form: URLSearchParams): { typed: string; to: readonly string[] }[] {
  const texts = new Map<string, readonly string[]>()
  const look = ({ field, members }: FormField, path: string) => {
    const place = new RegExp(`^${path}$`)
    if (field.type === 'link')
      for (const [name, text] of form)
        if (place.test(name))
          for (const line of text.split(/\r?\n/).map((one) => one.trim()))
            if (line && linkedIdIn(line) === null) texts.set(line, field.to ?? [])
    for (const member of members) look(member, `${path}(?:\\.\\d{1,3})?\\.${member.name}`)
  }
  for (const one of asked) look(one, one.name)
  return [...texts].slice(0, mostLookedUp).map(([typed, to]) => ({ typed, to }))
}

export async function linksTyped(
  pageContext: Pick<PageContext, 'askAs'>,
  who: Who,
  step: Pick<Step, 'asked'>,
  form: URLSearchParams,
): Promise<TypedLinks> {
  const meant = new Map<string, string>()
  const offered = new Map<string, readonly StoredRecord[]>()
  for (const { typed, to } of textsOfLinks(step.asked, form)) {
    const found = await recordsCalled(pageContext, who, { typed, to })
    if (found.called.length === 1) meant.set(typed, found.called[0]!.id)
    else offered.set(typed, found.offered)
  }
  return { meant, offered }
}
