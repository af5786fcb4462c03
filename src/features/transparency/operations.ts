import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { journalLineOf } from '#kernel/journal.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { records } from '#records/store.ts'
import { isPublished, LogEntry, publicContent } from './entry.ts'
import { lastSeqIn, proofOf, stateOf } from './reading.ts'

const LogKeyShape = Type.Object(
  {
    verifier: Type.String({ description: 'The key, as notes write it: name+id+key' }),
    since: Type.String(),
    until: Type.Optional(Type.String()),
    handover: Type.Optional(Type.String({ description: 'A note by the key before and this one' })),
    revokedSince: Type.Optional(Type.String({ description: 'From when what it signed does not count' })),
    revocation: Type.Optional(Type.String({ description: 'A note by a key after it that says so' })),
  },
  { $id: 'LogKey' },
)

const Proof = Type.Object({
  state: Type.Union([Type.Literal('entered'), Type.Literal('waiting')], {
    description: '`waiting`: published a moment ago and not under a checkpoint yet',
  }),
  record: Type.String(),
  revision: Type.Integer(),
  newest: Type.Integer({ description: 'The newest version of the record' }),
  isPublic: Type.Boolean({ description: 'Whether its text can still be read here' }),
  content: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'What the digest is made of, where it is public' }),
  ),
  entered: Type.Optional(
    Type.Object({
      entry: LogEntry,
      index: Type.Integer(),
      size: Type.Integer(),
      root: Type.String(),
      hashes: Type.Array(Type.String(), { description: 'Base64, from the leaf’s neighbour up (RFC 9162 §2.1.3)' }),
      checkpoint: Type.String(),
      proof: Type.String({ description: 'All of it as one text (c2sp.org/tlog-proof)' }),
      origin: Type.String(),
      keys: Type.Array(LogKeyShape),
    }),
  ),
})
export type ProofAnswer = Static<typeof Proof>

export const proof = operation({
  name: 'records.proof',
  summary: 'Prove that a version of a record is in the transparency log; of withdrawn records too',
  http: 'GET /records/:id/proof',
  isOfTheMoment: true,
  input: Type.Object(
    {
      id: Type.String({ pattern: recordId, description: 'Identifier of the record' }),
      revision: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The version; the newest without it' }),
      ),
    },
    closed,
  ),
  output: Proof,
  allow: () => true,
  run: async ({ db, services }, { id, revision: wanted }) => {
    const record = await records(db).find(id)
    if (!record || !services.kinds.has(record.kind)) throw new Problem('recordNotFound', { id })
    const revision = wanted ?? record.revision
    const [version, line] = await Promise.all([
      records(db)
        .atRevisions([{ number: record.number, revision }])
        .then((found) => found.get(`${record.number}/${revision}`)),
      journalLineOf(db, record.number, revision),
    ])
    if (!version || !line) throw new Problem('versionNotFound', { id, revision })
    if (!isPublished(line, version)) throw new Problem('notInLog', { id, revision })
    // The earlier texts of a withdrawn record went with it; what is left is that it was withdrawn.
    const isPublic = record.status === 'published' ? version.status === 'published' : revision === record.revision
    const common = {
      record: id,
      revision,
      newest: record.revision,
      isPublic,
      ...(isPublic && { content: publicContent(version) }),
    }
    const source = services.log
    const found = await proofOf(source, line.seq)
    const state = found && (await stateOf(source, 0))
    if (found && state)
      return { state: 'entered' as const, ...common, entered: { ...found, origin: state.origin, keys: state.keys } }
    if ((await lastSeqIn(source)) > line.seq) throw new Problem('notInLog', { id, revision })
    return { state: 'waiting' as const, ...common }
  },
})

const State = Type.Object({
  origin: Type.String({ description: 'The name of the log, which its checkpoints begin with' }),
  size: Type.Integer(),
  root: Type.String({ description: 'The root of the Merkle tree, base64' }),
  checkpoint: Type.String({ description: 'The newest signed checkpoint (c2sp.org/tlog-checkpoint)' }),
  keys: Type.Array(LogKeyShape),
  newest: Type.Array(Type.Interface([LogEntry], { index: Type.Integer() })),
})
export type LogStateAnswer = Static<typeof State>

export const readCheckpointOperation = operation({
  name: 'checkpoint.read',
  summary: 'Read the state of the transparency log: its newest checkpoint, its keys and its newest entries',
  http: 'GET /log',
  isOfTheMoment: true,
  input: Type.Object(
    { limit: Type.Integer({ minimum: 0, maximum: 256, default: 20, description: 'At most this many entries' }) },
    closed,
  ),
  output: State,
  allow: () => true,
  run: async ({ services }, { limit }) => {
    const state = await stateOf(services.log, limit)
    if (!state) throw noSuch('log', 'checkpoint')
    return state
  },
})

export const logOperations = [proof, readCheckpointOperation]
