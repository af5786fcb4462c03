/** Following other nodes on purpose: look at one, follow it, suspend it without losing what it gave. */
import { Type, type Static } from 'typebox'
import { hasRole, type Actor, type Context } from '#kernel/context.ts'
import { noteEvent } from '#accounts/audit.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { records } from '#records/store.ts'
import { Manifest } from '../manifest.ts'
import { travels } from '../packs/give.ts'
import { fingerprintOf, hasNewlyVoid, multikeyOfVerifier, newKeysOf, noteKey } from '../packs/trust.ts'
import { federated, type KnownNode } from '../store.ts'
import { nodeStates, reviewChoices } from '../tables.ts'
import { fetchManifest, siteAddress } from './reach.ts'

export const isOperator = (actor: Actor) => hasRole(actor, 'operator')
export const NodeId = Type.String({ minLength: 1, maxLength: 100, description: 'Identifier of the node' })
const Kinds = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  maxItems: 100,
  description: 'Kinds of records to take; all where empty',
})
const Reviews = Type.Enum([...reviewChoices], {
  description: 'What its reviews are here: shown with their records, or told beside the review of this site too',
})
const Address = Type.String({ minLength: 1, maxLength: 2_000, description: 'Web address of the node' })

/** What the last reading of a node gave. */
export const Run = Type.Object({
  added: Type.Integer(),
  changed: Type.Integer(),
  withdrawn: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer(),
  /** A code of problems, where it failed. */
  failed: Type.Optional(Type.String({ maxLength: 100 })),
})
export type Run = Static<typeof Run>

export const NodeShape = Type.Object(
  {
    id: Type.String(),
    address: Type.String(),
    name: Type.Record(Type.String(), Type.String()),
    state: Type.Enum([...nodeStates]),
    withdraws: Type.Boolean({ description: 'Its records are being withdrawn, as it is followed no more' }),
    kinds: Type.Union([Type.Array(Type.String()), Type.Null()]),
    reviews: Reviews,
    place: Type.Integer({ description: 'How far its journal was read' }),
    fingerprint: Type.String({ description: 'Its newest key, as Multikey' }),
    revoked: Type.Array(Type.Object({ key: Type.String(), since: Type.String() }), {
      description: 'Its keys that are void, as Multikey, and since when',
    }),
    records: Type.Integer({ description: 'How many that began there are here' }),
    lastRun: Type.Union([Run, Type.Null()]),
    lastRunAt: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'FollowedNode' },
)
export type FollowedNode = Static<typeof NodeShape>

const revokedOf = (keys: KnownNode['keys']) =>
  keys.flatMap((key) =>
    key.revokedSince === undefined ? [] : [{ key: multikeyOfVerifier(key) ?? '', since: key.revokedSince }],
  )

export const listNodes = operation({
  name: 'nodes.list',
  summary: 'List the nodes that this one follows or whose records came here',
  http: 'GET /nodes',
  input: Type.Object({}, closed),
  output: Type.Object({ nodes: Type.Array(NodeShape) }),
  allow: () => true,
  run: async ({ db }) => {
    const counts = await federated(db).copiesByHome()
    return {
      nodes: (await federated(db).nodes()).map(({ keys, createdAt: _, ...node }) => ({
        ...node,
        lastRun: node.lastRun as Run | null,
        fingerprint: fingerprintOf(keys),
        revoked: revokedOf(keys),
        records: counts.get(node.id) ?? 0,
      })),
    }
  },
})

export const lookAtNode = preparedOperation({
  name: 'nodes.look',
  summary: 'Read what another node says of itself, before it is followed',
  http: 'POST /nodes/look',
  input: Type.Object({ address: Address }, closed),
  output: Type.Object({
    address: Type.String(),
    manifest: Manifest,
    fingerprint: Type.String(),
    known: Type.Union([Type.String(), Type.Null()], { description: 'The key that was known of it before' }),
    follows: Type.Boolean({ description: 'Whether its key is the known one, or follows from it' }),
    isFollowed: Type.Boolean(),
    kinds: Type.Array(Type.String(), { description: 'The kinds that are taken of it; all where empty' }),
    reviews: Reviews,
    offered: Type.Array(Type.String(), { description: 'The kinds among which one may choose' }),
  }),
  allow: isOperator,
  prepare: async (context, { address: typed }) => {
    const address = siteAddress(typed)
    return { address, manifest: await fetchManifest(context, address) }
  },
  run: async ({ db, services }, _input, { address, manifest }) => {
    await expectOther(db, manifest, address)
    const before = await federated(db).node(manifest.node)
    const known = before && before.keys.length > 0 ? fingerprintOf(before.keys) : null
    const follows = newKeysOf(manifest, before?.keys).length > 0
    const offered = [...services.kinds.values()].filter(travels).map(({ name }) => name)
    const choice = {
      isFollowed: before?.state === 'following',
      kinds: before?.kinds ?? [],
      reviews: before?.reviews ?? ('shown' as const),
      offered,
    }
    return { address, manifest, fingerprint: fingerprintOf(manifest.keys), known, follows, ...choice }
  },
})

async function expectOther(db: Context['db'], { node }: Manifest, address: string): Promise<void> {
  if (node === (await records(db).nodeId())) throw new Problem('notANode', { url: address })
}

export const followNode = preparedOperation({
  name: 'nodes.follow',
  summary: 'Follow another node: its records come here from now on',
  http: 'POST /nodes',
  changesPages: true,
  input: Type.Object(
    {
      address: Address,
      key: Type.Optional(
        Type.String({
          maxLength: 200,
          description: 'Its key as Multikey, as its operator said it; it must be this one',
        }),
      ),
      kinds: Type.Optional(Kinds),
      reviews: Type.Optional(Reviews),
    },
    closed,
  ),
  output: NodeShape,
  allow: isOperator,
  prepare: async (context, { address: typed }) => {
    const address = siteAddress(typed)
    return { address, manifest: await fetchManifest(context, address) }
  },
  run: async ({ db, now, actor, services }, { key, kinds = [], reviews }, { address, manifest }) => {
    await expectOther(db, manifest, address)
    const unknown = kinds.find((kind) => !travels(services.kinds.get(kind)))
    if (unknown !== undefined) throw violation('kinds', 'unknownName', { text: unknown })
    const { node: id, keys } = manifest
    const fingerprint = fingerprintOf(keys)
    if (key !== undefined && key !== fingerprint) throw new Problem('nodeKeyChanged', { node: address })
    const before = await federated(db).node(id)
    // A node that is known by way of others is taken at its own word; one that was followed must hand its keys over.
    const isConfirmed = key !== undefined || before === undefined || before.state === 'known'
    const trusted = isConfirmed ? keys : newKeysOf(manifest, before.keys)
    if (trusted.length === 0) throw new Problem('nodeKeyChanged', { node: address })
    const chosen = kinds.length > 0 ? kinds : null
    const isSameChoice = JSON.stringify(before?.kinds ?? null) === JSON.stringify(chosen)
    const node: KnownNode = {
      id,
      address,
      name: manifest.name,
      keys: trusted,
      state: 'following',
      kinds: chosen,
      reviews: reviews ?? before?.reviews ?? 'shown',
      withdraws: false,
      // Another choice is read from the beginning.
      place: before && isSameChoice && !hasNewlyVoid(before.keys, trusted) ? before.place : 0,
      lastRun: before?.lastRun ?? null,
      lastRunAt: before?.lastRunAt ?? null,
      createdAt: before?.createdAt ?? now().toISOString(),
    }
    await federated(db).putNode(node)
    await noteEvent({ db, now, actor }, 'node.followed', '', address)
    if (before) await noteKey({ db, now, actor }, before, node)
    const { createdAt: _, keys: __, ...shown } = node
    return {
      ...shown,
      lastRun: node.lastRun as Run | null,
      fingerprint,
      revoked: revokedOf(trusted),
      records: (await federated(db).copiesByHome()).get(id) ?? 0,
    }
  },
})

const stateOperation = (name: 'suspend' | 'resume', summary: string, state: KnownNode['state']) =>
  operation({
    name: `nodes.${name}`,
    summary,
    http: `POST /nodes/:id/${name}`,
    changesPages: true,
    input: Type.Object({ id: NodeId }, closed),
    output: Type.Object({ state: Type.Enum([...nodeStates]) }),
    allow: isOperator,
    run: async ({ db, now, actor }, { id }) => {
      const node = await federated(db).node(id)
      if (!node) throw noSuch('node', id)
      // Its keys and what was read of it may be gone: it is looked at and followed anew.
      if (node.state === 'removed') throw new Problem('nodeRemoved', { node: node.address })
      await federated(db).putNode({ ...node, state })
      await noteEvent({ db, now, actor }, name === 'suspend' ? 'node.suspended' : 'node.resumed', '', node.address)
      return { state }
    },
  })

export const suspendNode = stateOperation('suspend', 'Take nothing more of a node; what it gave stays', 'suspended')
export const resumeNode = stateOperation('resume', 'Follow a node again that was suspended', 'following')

/** What became of reading a node, told by what reads it. */
export const noteRun = operation({
  name: 'nodes.noteRun',
  summary: 'Keep how far a node was read and what came of it',
  http: 'POST /nodes/:id/runs',
  isForPages: true,
  changesPages: true,
  input: Type.Object(
    {
      id: NodeId,
      place: Type.Integer({ minimum: 0 }),
      run: Run,
      manifest: Type.Optional(Manifest),
    },
    closed,
  ),
  output: Type.Object({}),
  allow: isOperator,
  run: async ({ db, now, actor }, { id, place, run, manifest }) => {
    const node = await federated(db).node(id)
    if (!node) throw noSuch('node', id)
    // It was removed while it was read.
    if (node.state === 'removed') return {}
    const keys = manifest ? newKeysOf(manifest, node.keys) : []
    if (keys.length > 0) await noteKey({ db, now, actor }, node, { ...node, keys })
    await federated(db).putNode({
      ...node,
      place,
      ...(manifest && { name: manifest.name }),
      ...(keys.length > 0 && { keys }),
      lastRun: run,
      lastRunAt: now().toISOString(),
    })
    return {}
  },
})

export const nodeOperations = [listNodes, lookAtNode, followNode, suspendNode, resumeNode, noteRun]
