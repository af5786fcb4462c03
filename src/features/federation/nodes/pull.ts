/** Reading a node that is followed: what changed there since the last time, pack by pack. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Running } from '#kernel/feature.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { takeAttachment } from '#features/dump/take-dump.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { fileDigest } from '#records/fields.ts'
import { records } from '#records/store.ts'
import type { Manifest } from '../manifest.ts'
import { addCounts, applyPack } from '../packs/apply.ts'
import { packIn } from '../packs/pack.ts'
import { refusedCopies } from '../packs/settle.ts'
import { takeCopies, takerOf, type Given, type TakenCounts } from '../packs/take.ts'
import { hasNewlyVoid, newKeysOf } from '../packs/trust.ts'
import { federated, type KnownNode } from '../store.ts'
import { noteRun, type Run } from './operations.ts'
import { fetchFile, fetchManifest, fetchPack } from './reach.ts'

type Puller = Pick<Running, 'database' | 'environment' | 'services' | 'perform' | 'dataDir'>

/** An endless chain of packs ends here; the rest comes the next time. */
const mostPacks = 2_000
const unpackedBytes = 1024 * 1024 * 1024
const retriedAtOnce = 200

const noCounts = (): TakenCounts => ({ added: 0, changed: 0, withdrawn: 0, unchanged: 0, refused: [], told: [] })

/**
 * What came of it is kept with the node, a failure too.
 * @throws Problem notFound, nodeSuspended; what goes wrong on the way is in the answer
 */
export async function pullNode(app: Puller, id: string): Promise<Run> {
  const node = await federated(app.database.read).node(id)
  if (!node) throw noSuch('node', id)
  if (node.state === 'removed') throw new Problem('nodeRemoved', { node: node.address })
  if (node.state === 'suspended') throw new Problem('nodeSuspended', { node: id })
  const counts = noCounts()
  const state: { place: number; manifest?: Manifest } = { place: node.place }
  let failed: string | undefined
  try {
    await readOn(app, node, counts, state)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    failed = error.code
  }
  const { added, changed, withdrawn, unchanged, refused } = counts
  const run: Run = { added, changed, withdrawn, unchanged, refused: refused.length, ...(failed && { failed }) }
  await app.perform(noteRun, takerOf(id), { id, run, ...state })
  return run
}

async function readOn(
  app: Puller,
  node: KnownNode,
  counts: TakenCounts,
  state: { place: number; manifest?: Manifest },
): Promise<void> {
  const { id, address, kinds } = node
  const reach = { fetch: app.environment.fetch, services: app.services }
  const here = (await records(app.database.read).nodeId()) ?? 'none'
  const manifest = await fetchManifest(reach, address)
  const keys = newKeysOf(manifest, node.keys)
  if (manifest.node !== id || keys.length === 0) throw new Problem('nodeKeyChanged', { node: address })
  state.manifest = manifest
  // What was signed with a key that is void now is read again, signed anew.
  if (hasNewlyVoid(node.keys, keys)) state.place = 0
  await retryRefused(app, node, manifest, counts)
  // Where nothing changed there, that is all that was asked.
  if (manifest.journal === state.place) return
  // Its database was put back: it is read from the beginning, and what is here already is not doubled.
  if (manifest.journal < state.place) state.place = 0
  for (let packs = 0; packs < mostPacks; packs++) {
    const body = await fetchPack(reach, address, { after: state.place, kinds, here })
    const { counts: taken, footer } = await applyPack(packIn(address, body), {
      perform: app.perform,
      services: app.services,
      dataDir: app.dataDir,
      limits: { bytes: unpackedBytes },
      expect: (header, { upTo, isWhole }) => {
        const isOn = header.after === state.place && (upTo > state.place || (isWhole && upTo === state.place))
        if (header.manifest.node !== id || !isOn) throw new Problem('packDamaged', { file: address, line: 1 })
      },
      before: (copies) => fetchFiles(app, reach, address, copies),
    })
    addCounts(counts, taken)
    state.place = footer.upTo
    if (footer.isWhole) return
  }
}

/** What was refused before may have become right: by a key, by a change here that was taken back. */
async function retryRefused(app: Puller, { id }: KnownNode, manifest: Manifest, counts: TakenCounts): Promise<void> {
  const actor = takerOf(id)
  const { refused } = await app.perform(refusedCopies, actor, { via: id, limit: retriedAtOnce })
  if (refused.length === 0) return
  const { node, address, name, keys } = manifest
  const taken = await app.perform(takeCopies, actor, {
    from: id,
    homes: [{ node, address, name, keys }],
    copies: refused.map(({ copy }) => copy),
  })
  addCounts(counts, { ...taken, refused: [], unchanged: 0 })
}

/** Files that records name and that are not here; one that cannot be had is left out, and the record comes without it. */
async function fetchFiles(
  app: Puller,
  reach: Parameters<typeof fetchFile>[0],
  address: string,
  copies: readonly Given[],
): Promise<void> {
  const named = copies.flatMap(({ signed }) =>
    attachmentsIn((signed.record as { body?: object } | undefined)?.body ?? {}),
  )
  const scratch = join(app.dataDir, 'uploads')
  for (const { file, name, bytes } of named) {
    if (!new RegExp(fileDigest).test(file) || (await app.services.files.has(file))) continue
    await mkdir(scratch, { recursive: true })
    const folder = await mkdtemp(join(scratch, 'node-'))
    try {
      const path = join(folder, file)
      await writeFile(path, await fetchFile(reach, address, { file, name, bytes }))
      await app.perform(takeAttachment, { kind: 'system', id: 'node' }, { path, file })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Every node that is followed, one after the other; one that fails keeps no other out. */
export async function pullAll(app: Puller): Promise<void> {
  const followed = (await federated(app.database.read).nodes()).filter(({ state }) => state === 'following')
  await eachApart(followed, ({ id }) => pullNode(app, id))
}
