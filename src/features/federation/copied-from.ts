/** From which node a record came, for parts that must say whose word it is. */
import type { Kysely } from 'kysely'
import { parseJson } from '#kernel/input-limits.ts'
import type { Texts } from '#records/record.ts'
import { federated } from './store.ts'

export type CopiedFrom = {
  node: string
  name: Texts
  /** The key that signed the copy, as Multikey. */
  fingerprint: string
  /** When its node was last read, or the copy taken, ISO 8601. */
  readAt: string
  /** Whether this node follows it; else it came by way of others or from a file. */
  isFollowed: boolean
}

/** By the identifier of the record; those that are no copies are not in it. */
export async function copiedFrom(db: Kysely<unknown>, ids: readonly string[]): Promise<Map<string, CopiedFrom>> {
  const copies = await federated(db).copies(ids)
  const nodes = new Map((await federated(db).nodes()).map((one) => [one.id, one]))
  return new Map(
    [...copies].map(([id, { home, document, takenAt }]) => {
      const node = nodes.get(home)
      const from: CopiedFrom = {
        node: home,
        name: node?.name ?? { en: home },
        fingerprint: keyIn(document),
        readAt: (node?.lastRun && !('failed' in node.lastRun) ? node.lastRunAt : null) ?? takenAt,
        isFollowed: node?.state === 'following',
      }
      return [id, from]
    }),
  )
}

function keyIn(document: string): string {
  const { proof } = parseJson(document, { bytes: document.length * 4, depth: 64 }) as {
    proof?: { verificationMethod?: string }
  }
  return proof?.verificationMethod?.split('#')[1] ?? ''
}

/** Nodes that are followed and could not be read the last time. */
export const unreachedNodes = async (db: Kysely<unknown>): Promise<{ node: string; name: Texts }[]> =>
  (await federated(db).nodes())
    .filter(({ state, lastRun }) => state === 'following' && lastRun !== null && 'failed' in lastRun)
    .map(({ id, name }) => ({ node: id, name }))
