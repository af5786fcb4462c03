/**
 * Taking in copies of records of other nodes. Each is verified with the keys of its home; what began here is never taken
 * back, what people here changed is never overwritten, and the same copy a second time changes nothing.
 */
import { Type, type Static } from 'typebox'
import { hasRole, nameOf, type Context } from '#kernel/context.ts'
import { noteEvent } from '#accounts/audit.ts'
import { closed, operation } from '#kernel/operation.ts'
import { isWebAddress, violationsOf } from '#kernel/schema.ts'
import { unsecured } from '#codecs/data-integrity/proof.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { violationsOfBody } from '#records/check.ts'
import type { Kind } from '#records/kind.ts'
import type { Body, Origin, OriginNode, StoredRecord } from '#records/record.ts'
import { Refusal } from '#records/sources/ingest.ts'
import { isSame } from '#records/sources/sum-up.ts'
import { records, type StoredRow } from '#records/store.ts'
import { adopt, adoptNewer } from '#records/write.ts'
import { judgeSigned, SignedRecord, type Content } from '../signed-record.ts'
import { federated, type Copy, type KnownNode } from '../store.ts'
import { travels } from './give.ts'
import { Home, mostHops, Taken } from './pack.ts'
import { isKeyOf, keyOfCopy, knownWith, voidSince } from './trust.ts'

const NodeId = Home.properties.node
export const Given = Type.Object(
  {
    place: Type.String({ description: 'Where the copy stands: file:line' }),
    chain: Type.Array(NodeId, { minItems: 1, maxItems: mostHops, description: 'The nodes that it passed through' }),
    taken: Type.Optional(Type.Intersect([Taken], { description: 'When it came to each of these' })),
    signed: Type.Record(Type.String(), Type.Unknown(), { description: 'The record, as its home signed it' }),
  },
  closed,
)
export type Given = Static<typeof Given>

export const outcomes = ['added', 'changed', 'withdrawn', 'unchanged'] as const
export type Outcome = (typeof outcomes)[number]

const Counts = Type.Object({
  added: Type.Integer(),
  changed: Type.Integer(),
  withdrawn: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Array(Refusal),
  /** What becomes of each that is not as it was. */
  told: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      title: Type.String(),
      outcome: Type.Enum(['added', 'changed', 'withdrawn']),
    }),
  ),
})
export type TakenCounts = Static<typeof Counts>

export const takeCopies = operation({
  name: 'packs.take',
  summary: 'Take in copies of records of other nodes, signed there; what began or was changed here is left as it is',
  http: 'POST /packs/copies',
  input: Type.Object(
    {
      from: Type.Intersect([NodeId], { description: 'The node that gives them' }),
      homes: Type.Array(Home, { maxItems: 10_000, description: 'Nodes at which they began, with their keys' }),
      copies: Type.Array(Given, { maxItems: 500 }),
      dryRun: Type.Optional(Type.Boolean({ description: 'Say what would be done, and change nothing' })),
    },
    closed,
  ),
  output: Counts,
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, { from, homes, copies, dryRun = false }) => {
    const here = (await records(context.db).nodeId()) ?? 'none'
    const nodes = await knownWith(context, homes, here, dryRun)
    const read = copies.map((copy) => readCopy(context, copy, { here, from, nodes }))
    const ids = read.flatMap((one) => ('code' in one ? [] : [one.document.record.id]))
    const held = await records(context.db).findMany(ids)
    const known = await federated(context.db).copies(ids)
    const answer: TakenCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0, refused: [], told: [] }
    for (const [i, one] of read.entries()) {
      const outcome =
        'code' in one
          ? one
          : judge(one, held.get(one.document.record.id), known.get(one.document.record.id), { here, nodes })
      if (typeof outcome === 'object') {
        answer.refused.push(outcome)
        if (!dryRun) await keepRefused(context, from, copies[i]!, outcome)
        continue
      }
      if ('code' in one) continue
      if (outcome === 'signedAnew') {
        answer.unchanged++
        if (!dryRun) await keepSigned(context, one)
        continue
      }
      answer[outcome]++
      if (outcome !== 'unchanged') answer.told.push(toldOf(one, outcome, held.get(one.document.record.id)))
      if (dryRun) continue
      await federated(context.db).dropRefused([one.document.record.id], from)
      if (outcome === 'unchanged') continue
      await keep(context, one, held.get(one.document.record.id))
    }
    // Reading nodes is told with each node; what a person sends by hand is told here.
    if (!dryRun && context.actor.kind === 'person') await noteEvent(context, 'pack.applied', '', from)
    return answer
  },
})

type Read = {
  place: string
  chain: OriginNode[]
  kind: Kind
  document: SignedRecord
}

function refusal(place: string, code: string, values: Refusal['values'] = {}): Refusal {
  return { place, code, values }
}

/** A copy that can be believed: of a shape that is known, signed by its home, and fit for this node. */
export function readCopy(
  { services }: Context,
  { place, chain, taken = [], signed }: Given,
  { here, from, nodes }: { here: string; from: string; nodes: ReadonlyMap<string, KnownNode> },
): Read | Refusal {
  if (violationsOf(SignedRecord, signed, 'strictly').length > 0) return refusal(place, 'noSignedRecord')
  const document = signed as unknown as SignedRecord
  const { record, node: home } = document
  if ([record, ...document.versions].some(({ origin }) => origin?.url !== undefined && !isWebAddress(origin.url)))
    return refusal(place, 'noSignedRecord')
  const judged = judgeSigned(document)
  if (!judged.isSound)
    return refusal(place, 'signatureBroken', { id: record.id, parts: judged.changed.slice(0, 5).join(', ') })
  const isTimed = taken.length === 0 || taken.length === chain.length
  if (chain[0] !== home || chain.at(-1) !== from || !isTimed) return refusal(place, 'chainBroken', { id: record.id })
  // What began here needs no proof: it is never taken back.
  if (home !== here) {
    const node = nodes.get(home)
    if (!node) return refusal(place, 'unknownNode', { id: record.id, node: home })
    if ([home, from].some((one) => nodes.get(one)?.state === 'suspended'))
      return refusal(place, 'nodeSuspended', { id: record.id, node: home })
    if ([home, from].some((one) => nodes.get(one)?.state === 'removed'))
      return refusal(place, 'nodeRemoved', { id: record.id, node: home })
    const since = voidSince(node, judged.key!)
    if (since !== undefined) return refusal(place, 'revokedKey', { id: record.id, node: home, since })
    if (!isKeyOf(node, judged.key!, judged.created!)) return refusal(place, 'unknownKey', { id: record.id, node: home })
  }
  const kind = services.kinds.get(record.kind)
  if (!travels(kind)) return refusal(place, 'unknownKind', { kind: record.kind })
  const wanted = nodes.get(from)?.kinds
  if (wanted && !wanted.includes(record.kind)) return refusal(place, 'kindNotChosen', { kind: record.kind })
  const isPublic = record.status === 'published'
  const [first, ...more] = isPublic ? violationsOfBody(kind, record.body) : []
  if (first)
    return refusal(place, 'misfit', { field: first.place, rule: first.rule, count: more.length + 1, ...first.values })
  const isOther = ({ id, kind: ofKind, revision }: Content) =>
    id !== record.id || ofKind !== record.kind || revision >= record.revision
  if (document.versions.some(isOther)) return refusal(place, 'noSignedRecord')
  const passed = chain.map((node, i): OriginNode => {
    const address = nodes.get(node)?.address
    return { node, ...(address && { address }), ...(taken[i] && { at: taken[i] }) }
  })
  return { place, chain: passed, kind, document }
}

/** What was signed but for where it was to be read: a node that moves, or whose file is written by another address, says the same. */
function textOf(document: SignedRecord) {
  const { address: _, digests, ...rest } = unsecured(document) as SignedRecord
  return { ...rest, digests: { ...digests, address: '' } }
}

function judge(
  { place, kind, document }: Read,
  before: StoredRow | undefined,
  copy: Copy | undefined,
  { here, nodes }: { here: string; nodes: ReadonlyMap<string, KnownNode> },
): Outcome | 'signedAnew' | Refusal {
  const { record, node: home } = document
  if (home === here || kind.isOfNode || isDemonstration({ origin: record.origin ?? null })) return 'unchanged'
  if (copy && copy.home !== home) return refusal(place, 'anotherHome', { id: record.id, node: copy.home })
  const isWithdrawal = record.status === 'withdrawn'
  if (!before) return isWithdrawal ? 'unchanged' : 'added'
  // Both have it from elsewhere, or it began here.
  if (!copy) return 'unchanged'
  const { since, isTrusted } = keyOfCopy(copy, nodes.get(home))
  if (record.revision < copy.revision && isTrusted) return 'unchanged'
  if (record.revision === copy.revision && isSame(textOf(JSON.parse(copy.document) as SignedRecord), textOf(document)))
    return since === undefined ? 'unchanged' : 'signedAnew'
  // What others may have signed gives way to what its home says.
  if (record.revision === copy.revision && isTrusted) return refusal(place, 'copiesDiffer', { id: record.id })
  if (!before.changedBy.startsWith(byNodes))
    return refusal(place, before.status === 'withdrawn' ? 'withdrawnHere' : 'editedHere', { id: record.id })
  return isWithdrawal && before.status === 'published' ? 'withdrawn' : 'changed'
}

const Sums = Type.Pick(Counts, ['added', 'changed', 'withdrawn', 'unchanged'])

export const notePack = operation({
  name: 'packs.noteApplied',
  summary: 'Say in the audit trail that a pack was applied, and what came of it',
  http: 'POST /packs/applied',
  isForPages: true,
  input: Type.Object({ from: Type.Intersect([NodeId]), ...Sums.properties, refused: Type.Integer() }, closed),
  output: Type.Object({}),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, { from, added, changed, withdrawn, refused }) => {
    await noteEvent(context, 'pack.applied', '', `${from} +${added} ~${changed} −${withdrawn} ✗${refused}`)
    return {}
  },
})

/** Who takes copies in, in the history of records. */
export const byNodes = 'system:node/'
export const takerOf = (node: string) => ({ kind: 'system', id: `node/${node}` }) as const

/** The record goes on here as it went on at home; after a change here its numbers are higher than there. */
export async function keep(context: Context, read: Read, before: StoredRow | undefined): Promise<void> {
  const { kind, document, chain } = read
  const here = { node: (await records(context.db).nodeId()) ?? 'none', at: context.now().toISOString() }
  const { record, versions } = document
  const revision = Math.max(record.revision, (before?.revision ?? 0) + 1)
  const copied = await asHere(context, document, record, before)
  const row = { ...copied, origin: { ...copied.origin, chain: [...chain, here] }, revision, digest: null }
  const earlier = await Promise.all(versions.map((version) => asHere(context, document, version)))
  if (before) await adoptNewer(context, kind, before, { record: row, versions: earlier })
  else await adopt(context, [{ kind, record: row, versions: earlier }])
  await keepSigned(context, read)
}

/** What its home signed, as it is given on, whatever is shown here. */
export async function keepSigned({ db, now }: Context, { document, chain }: Read): Promise<void> {
  const { record, node: home } = document
  await federated(db).putCopy({
    recordId: record.id,
    home,
    chain: chain.map(({ node }) => node),
    taken: chain.map(({ at }) => at ?? null),
    revision: record.revision,
    document: JSON.stringify(document),
    takenAt: now().toISOString(),
  })
}

/** As it is kept here: of an account of another node nobody here knows, and without files that did not come along. */
async function asHere(
  context: Context,
  { address }: SignedRecord,
  content: Content,
  before?: StoredRow,
): Promise<StoredRecord & { origin: Origin }> {
  const body = (content.body as Body | undefined) ?? before?.body
  return {
    ...content,
    number: 0,
    changedBy: nameOf(context.actor),
    origin: content.origin ?? before?.origin ?? { identifier: address, ...(URL.canParse(address) && { url: address }) },
    translations: content.translations ?? before?.translations ?? {},
    body: body ? await withHeldFiles(context, body) : { title: {}, originalLanguage: 'en' },
  }
}

/** Without files that are not here or are not what is said of them, and without those of people here, who gave them to nobody. */
async function withHeldFiles({ db, services: { files } }: Pick<Context, 'db' | 'services'>, body: Body): Promise<Body> {
  if (body.attachments === undefined) return body
  const { attachments: _, ...rest } = body
  const store = attachedFiles(db)
  const named = attachmentsIn(body)
  const known = await store.known(named.map(({ file }) => file))
  const there: unknown[] = []
  for (const one of named) {
    const row = known.get(one.file)
    if (row?.mediaType !== one.mediaType || row.bytes !== one.bytes || !(await files.has(one.file))) continue
    if ((await store.owners(one.file)).length === 0 || (await store.isPublished(one.file))) there.push(one)
  }
  return there.length > 0 ? { ...rest, attachments: there } : rest
}

const toldOf = ({ document: { record }, kind }: Read, outcome: Outcome, before: StoredRow | undefined) => {
  const { title = {}, originalLanguage = 'en' } = ((record.body ?? before?.body) as Body | undefined) ?? {}
  const text = title[originalLanguage] ?? Object.values(title)[0] ?? record.id
  return { id: record.id, kind: kind.name, title: text.slice(0, 300), outcome: outcome as 'added' }
}

/** Codes of what may become right without the copy being another. */
const mayBecomeRight = new Set([
  'editedHere',
  'withdrawnHere',
  'unknownKey',
  'revokedKey',
  'unknownNode',
  'nodeSuspended',
  'misfit',
  'unknownKind',
])

async function keepRefused(
  { db, now }: Context,
  via: string,
  { chain, taken, signed }: Given,
  { code, values }: Refusal,
): Promise<void> {
  const { id } = ((signed as { record?: { id?: unknown } }).record ?? {}) as { id?: unknown }
  if (typeof id !== 'string' || !mayBecomeRight.has(code)) return
  await federated(db).putRefused({
    recordId: id,
    via,
    code,
    values: JSON.stringify(values),
    chain: JSON.stringify(chain),
    taken: taken ? JSON.stringify(taken) : null,
    document: JSON.stringify(signed),
    refusedAt: now().toISOString(),
  })
}
