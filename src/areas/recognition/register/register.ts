/** Entering in the transparency log, by hashes alone, what was issued here and what became of it. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { inclusionProof, leafHash, nodeHash, rangeHash, rootOf, type Hash, type Nodes } from '#codecs/merkle/merkle.ts'
import { newId } from '#records/identifier.ts'
import type { Body } from '#records/record.ts'
import { records } from '#records/store.ts'
import { add, change } from '#records/write.ts'
import { credentialRegister, registerId } from './credential-register.ts'
import { register } from './store.ts'
import { registeredActions, type RegisteredAction, type RegisteredRow } from './tables.ts'

/** A proof reads one batch, so it must not be too long. */
export const mostInBatch = 4_096

/** Notes it in the same transaction; the job enters it. */
export const noteCredentialEvents = (
  { db, now, random }: Pick<Context, 'db' | 'now' | 'random'>,
  action: RegisteredAction,
  digests: readonly string[],
): Promise<void> =>
  register(db).add(
    digests.map((sha256) => ({
      id: newId(random),
      sha256,
      action,
      at: now().toISOString(),
      batch: null,
      place: null,
    })),
  )

/** What is hashed of an event: no name, no reason, nothing that stands in the credential. */
export const eventText = ({ sha256, action, at }: Pick<RegisteredRow, 'sha256' | 'action' | 'at'>): string =>
  canonicalJson({ v: 1, credential: sha256, action, at })

const leafOf = (event: RegisteredRow): Hash => leafHash(new TextEncoder().encode(eventText(event)))

const nodesOf = (leaves: readonly Hash[]): Nodes => {
  const nodes: Nodes = async (level, index) =>
    level === 0 ? leaves[index]! : nodeHash(await nodes(level - 1, index * 2), await nodes(level - 1, index * 2 + 1))
  return nodes
}

export const enterCredentialEvents = operation({
  name: 'credentials.enter',
  summary:
    'Enter what was issued, revoked, suspended and restored in the register, whose versions the transparency log holds',
  http: 'POST /credentials/register',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ entered: Type.Integer() }),
  allow: permission('people.manage'),
  changesPages: true,
  run: async (context) => {
    const events = await register(context.db).waiting(mostInBatch)
    if (events.length > 0) await enterBatch(context, events)
    return { entered: events.length }
  },
})

async function enterBatch(context: Context, events: readonly RegisteredRow[]): Promise<void> {
  const before = await records(context.db).find(registerId)
  const leaves = events.map(leafOf)
  const root = await rootOf(leaves.length, nodesOf(leaves))
  const counted = {
    eventCount: Number(before?.body.eventCount ?? 0) + events.length,
    batchCount: events.length,
    batchRoot: Buffer.from(root).toString('hex'),
  }
  const body: Body = { ...words(), originalLanguage: 'en', ...counted }
  const { revision } = before
    ? await change(context, credentialRegister, before, before.status === 'withdrawn' ? 'restore' : 'revise', {
        body,
        status: 'published',
      })
    : (await add(context, [{ id: registerId, kind: credentialRegister, body, origin: null, translations }]))[0]!
  for (const [place, { id }] of events.entries()) await register(context.db).enter(id, revision, place)
}

const translations = Object.fromEntries(languages.filter((one) => one !== 'en').map((one) => [one, { machine: false }]))
const words = () => {
  const inAll = (key: 'credentialRegister.title' | 'credentialRegister.about') =>
    Object.fromEntries(languages.map((language) => [language, messagesIn(language)(key)]))
  return { title: inAll('credentialRegister.title'), description: inAll('credentialRegister.about') }
}

const Entry = Type.Object({
  event: Type.String({ description: 'What was hashed (RFC 8785): digest of the credential, what happened, when' }),
  action: Type.Enum([...registeredActions]),
  at: Type.String(),
  entered: Type.Union([
    Type.Object({
      record: Type.String({ description: 'The register, whose versions have proofs of their own: `records.proof`' }),
      revision: Type.Integer({ description: 'The version of the register with this root' }),
      index: Type.Integer(),
      size: Type.Integer(),
      root: Type.String({ description: '`batchRoot` of that version' }),
      hashes: Type.Array(Type.String(), {
        description: 'Base64, from the leaf’s neighbour up (RFC 9162 §2.1.3)',
      }),
    }),
    Type.Null(),
  ]),
})

export type RegisteredEntry = Static<typeof Entry>

export const credentialProof = operation({
  name: 'credentials.proof',
  summary: 'Prove from the transparency log when a credential of this node was issued, revoked, suspended or restored',
  http: 'GET /credentials/proof/:sha256',
  input: Type.Object(
    {
      sha256: Type.String({
        pattern: '^[0-9a-f]{64}$',
        description: 'SHA-256 of the credential: of its canonical JSON (RFC 8785), or of the token',
      }),
    },
    closed,
  ),
  output: Type.Object({
    entries: Type.Array(Entry, { description: 'The oldest first; empty where nothing is known' }),
  }),
  allow: permission('published.read'),
  run: async ({ db }, { sha256 }) => ({
    entries: await Promise.all(
      (await register(db).ofCredential(sha256)).map(async (row) => ({
        event: eventText(row),
        action: row.action,
        at: row.at,
        entered: row.batch === null || row.place === null ? null : await provenIn(db, row.batch, row.place),
      })),
    ),
  }),
})

async function provenIn(db: Context['db'], revision: number, index: number) {
  const leaves = (await register(db).inBatch(revision)).map(leafOf)
  const nodes = nodesOf(leaves)
  return {
    record: registerId,
    revision,
    index,
    size: leaves.length,
    root: Buffer.from(await rangeHash(0, leaves.length, nodes)).toString('hex'),
    hashes: (await inclusionProof(index, leaves.length, nodes)).map((hash) => Buffer.from(hash).toString('base64')),
  }
}
