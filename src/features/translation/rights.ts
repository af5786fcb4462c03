/** Who may translate what: publish at once, suggest, or neither. */
import type { Actor, Context } from '#kernel/context.ts'
import { knownLanguage } from '#kernel/i18n/known-language.ts'
import { may } from '#kernel/permission.ts'
import { Problem } from '#kernel/problem.ts'
import { ownedBy, ownersOf } from '#features/editorial/owners.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { translators, withLess, type Judged } from './store.ts'

export const rights = ['publish', 'suggest', 'none'] as const
export type Right = (typeof rights)[number]

type Asking = Pick<Context, 'db' | 'actor'>
type Of = { record: Pick<StoredRecord, 'id' | 'kind' | 'body'>; kind: Pick<Kind, 'translatedBy'> }

/** The canonical form of a tag. @throws Problem unknownLanguage */
export function expectLanguage(tag: string): string {
  const known = knownLanguage(tag)
  if (known === undefined) throw new Problem('unknownLanguage', { tag: tag.slice(0, 35) })
  return known
}

export async function rightOf({ db, actor }: Asking, { record, kind }: Of, language: string): Promise<Right> {
  const { translatedBy = 'everyone' } = kind
  const isCurator = may(actor, 'translation.accept')
  if (translatedBy === 'curators') return isCurator ? 'publish' : 'none'
  const owners = await ownersOf(db, record)
  const isOwner = actor.kind === 'person' && owners.includes(actor.id)
  if (translatedBy === 'authors') return isOwner || (isCurator && owners.length === 0) ? 'publish' : 'none'
  if (isOwner || isCurator || (await isTrusted({ db, actor }, language))) return 'publish'
  return may(actor, 'record.translate') ? 'suggest' : 'none'
}

const isTrusted = async ({ db, actor }: Asking, language: string): Promise<boolean> =>
  actor.kind === 'person' && withLess(language).some(isIn(await translators(db).languagesOf(actor.id)))
const isIn = (list: readonly string[]) => (one: string) => list.includes(one)

/** Which suggestions somebody may accept or decline. */
export async function judgedBy({ db, actor }: Asking): Promise<Judged> {
  if (may(actor, 'translation.accept')) return 'all'
  if (actor.kind !== 'person') return { recordIds: [], languages: [] }
  return {
    recordIds: await ownedBy(db, actor.id),
    languages: await translators(db).languagesOf(actor.id),
  }
}

export const personOf = (actor: Actor): string => (actor.kind === 'person' ? actor.id : '')
