/**
 * The index in a folder: a file for each segment, named by its content and never changed, and manifests that name them.
 * A manifest comes last and whole. The one before stays, with its files, so that there are two to open from; and what
 * another process may be about to name is left alone for a while, so that several may save to one folder.
 */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { draftPattern, infoOf, readChecked, sha256, syncFolder, writeWhole } from './files.ts'
import type { HeldState } from './index-writer.ts'
import {
  formatVersion,
  manifestNames,
  readManifest,
  writeManifest,
  type Manifest,
  type SegmentFile,
} from './manifest.ts'
import type { Packed } from './packed.ts'

/** Longer than any save takes. */
const leftAloneMs = 10 * 60_000
const lookAgainMs = 250
/** Together longer than a process takes from naming its files to making sure that they are there, on a busy machine too. */
const looks = 20
const segmentPattern = /^segment-[0-9a-f]{32}\.bin$/

/** Segments whose file is known need not be hashed again. */
const written = new WeakMap<SharedArrayBuffer, SegmentFile>()

async function isThere(folder: string, { file, layout }: SegmentFile): Promise<boolean> {
  return (await infoOf(join(folder, file)))?.size === layout.bytes
}

async function writeSegment(folder: string, { layout, buffer }: Packed): Promise<SegmentFile> {
  const bytes = new Uint8Array(buffer)
  let entry = written.get(buffer)
  if (!entry) {
    const hash = sha256(bytes)
    entry = { file: `segment-${hash.slice(0, 32)}.bin`, sha256: hash, layout }
    written.set(buffer, entry)
  }
  if (!(await isThere(folder, entry))) await writeWhole(folder, entry.file, bytes)
  return entry
}

/** The state must not change while it is written. */
export async function writeSnapshot(folder: string, state: HeldState): Promise<void> {
  await mkdir(folder, { recursive: true })
  const parts: Manifest['parts'] = []
  for (const { packed, deleted } of state.parts)
    parts.push({
      ...(await writeSegment(folder, packed)),
      deleted: deleted ? Buffer.from(deleted).toString('base64') : null,
    })
  const { seq, values } = state
  const name = await writeManifest(folder, { version: formatVersion, seq, parts, values })
  // Another process may have cleared away a file between our looking and our naming it.
  for (const { packed } of state.parts) await writeSegment(folder, packed)
  await syncFolder(folder)
  await clearAway(folder, name)
}

/** Keeps the newest manifest, the one before it that is sound, and their files. */
async function clearAway(folder: string, newest: string): Promise<void> {
  const kept = new Set<string>()
  const old = new Set<string>()
  let sound = 0
  const before = await manifestNames(folder)
  for (const name of before) {
    const manifest = await readManifest(folder, name)
    const isKept = typeof manifest !== 'string' && sound++ < 2
    if (!isKept) await rm(join(folder, name), { force: true })
    if (typeof manifest !== 'string') for (const { file } of manifest.parts) (isKept ? kept : old).add(file)
  }
  for (const name of await readdir(folder)) {
    if (kept.has(name) || !(segmentPattern.test(name) || draftPattern.test(name))) continue
    // Another process has named files since: which of them it needs is not known here.
    if ((await manifestNames(folder)).some((one) => !before.includes(one))) return
    if (old.has(name) || (await isLongBefore(folder, name, newest))) await rm(join(folder, name), { force: true })
  }
}

/** A file that no manifest names is being written, or was left by a process that fell. */
async function isLongBefore(folder: string, name: string, newest: string): Promise<boolean> {
  const [file, manifest] = await Promise.all([infoOf(join(folder, name)), infoOf(join(folder, newest))])
  return file !== null && manifest !== null && manifest.mtimeMs - file.mtimeMs > leftAloneMs
}

async function readSegment(folder: string, entry: SegmentFile): Promise<Packed | null> {
  const buffer = new SharedArrayBuffer(entry.layout.bytes)
  if (!(await readChecked(join(folder, entry.file), new Uint8Array(buffer), entry.sha256))) return null
  written.set(buffer, entry)
  return { layout: entry.layout, buffer }
}

async function readParts(folder: string, manifest: Manifest): Promise<HeldState['parts'] | { damaged: string }> {
  const parts: HeldState['parts'] = []
  for (const { deleted, ...entry } of manifest.parts) {
    const packed = await readSegment(folder, entry)
    if (!packed) return { damaged: entry.file }
    parts.push({ packed, deleted: deleted === null ? null : sharedBits(Buffer.from(deleted, 'base64')) })
  }
  return parts
}

function sharedBits(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  return shared
}

export type ReadSnapshot = { state: HeldState | null; damaged: string[] }

/** The newest snapshot of a folder that is sound, and the names of the files that were not. */
export async function readSnapshot(folder: string): Promise<ReadSnapshot> {
  const damaged = new Set<string>()
  for (const name of await manifestNames(folder)) {
    const manifest = await readManifest(folder, name)
    if (manifest === 'damaged') damaged.add(name)
    if (typeof manifest === 'string') continue
    const parts = await readParts(folder, manifest)
    if (Array.isArray(parts))
      return { state: { seq: manifest.seq, parts, values: manifest.values }, damaged: [...damaged] }
    if (await infoOf(join(folder, name))) damaged.add(parts.damaged)
  }
  return { state: null, damaged: [...damaged] }
}

/** Read again for a while where a file is not there: another process may just be putting it back. One that is there and unsound stays so. */
async function readSoundly(folder: string, entry: SegmentFile): Promise<boolean> {
  for (let look = 1; look < looks; look++) {
    if (await readSegment(folder, entry)) return true
    if (await isThere(folder, entry)) break
    await setTimeout(lookAgainMs)
  }
  return (await readSegment(folder, entry)) !== null
}

export type SnapshotReport = { newest: { seq: number; savedAt: Date } | null; damaged: string[] }

/** Reads and checks every file of every snapshot in a folder. */
export async function checkSnapshots(folder: string): Promise<SnapshotReport> {
  const damaged = new Set<string>()
  let newest: SnapshotReport['newest'] = null
  for (const name of await manifestNames(folder)) {
    const manifest = await readManifest(folder, name)
    if (manifest === 'damaged') damaged.add(name)
    if (typeof manifest === 'string') continue
    const unsound: string[] = []
    for (const entry of manifest.parts) if (!(await readSoundly(folder, entry))) unsound.push(entry.file)
    // A snapshot that another process has cleared away meanwhile is none.
    const savedAt = (await infoOf(join(folder, name)))?.mtime
    if (!savedAt) continue
    for (const file of unsound) damaged.add(file)
    if (unsound.length === 0) newest ??= { seq: manifest.seq, savedAt }
  }
  return { newest, damaged: [...damaged] }
}
