/** Taking in a whole pack, some hundred records at a time; or saying what would come of it. */
import type { Services } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { takingFiles, type FileCounts } from './files.ts'
import {
  checkPack,
  isFilePart,
  readPack,
  type Footer,
  type Header,
  type Home,
  type PackFile,
  type PackLimits,
} from './pack.ts'
import { takeCopies, takerOf, type Given, type TakenCounts } from './take.ts'

const copiesAtOnce = 100
const toldAtMost = 10_000

export type PackReport = { header: Header; footer: Footer; counts: TakenCounts; files: FileCounts }

/** The nodes that a pack tells of, that from which it comes among them. */
export const homesIn = ({ manifest: { node, address, name, keys }, homes }: Header): Home[] => [
  { node, address, name, keys },
  ...homes.filter((home) => home.node !== node),
]

type Into = {
  perform: Perform
  services: Pick<Services, 'files'>
  dataDir: string
  dryRun?: boolean
  limits?: Partial<PackLimits>
  /** What must be true of a pack before anything of it is taken. */
  expect?: (header: Header, footer: Footer) => void
  /** Done with some records before they are taken. */
  before?: (copies: readonly Given[]) => Promise<void>
  tell?: (done: number, of: number) => void
}

/** @throws Problem packDamaged, tooLarge, lineTooLong: then nothing of it was taken. */
export async function applyPack(
  file: PackFile,
  { perform, services, dataDir, dryRun = false, limits = {}, expect, before, tell = () => {} }: Into,
): Promise<PackReport> {
  const { header, footer } = await checkPack(file, limits)
  expect?.(header, footer)
  const from = header.manifest.node
  const homes = homesIn(header)
  const counts: TakenCounts = { added: 0, changed: 0, withdrawn: 0, unchanged: 0, refused: [], told: [] }
  const files = takingFiles({ perform, services, dataDir }, dryRun)
  let waiting: Given[] = []
  let done = 0
  const send = async () => {
    if (!dryRun) await before?.(waiting)
    const answer = await perform(takeCopies, takerOf(from), { from, homes, copies: waiting, dryRun })
    done += waiting.length
    waiting = []
    addCounts(counts, answer)
    tell(done, footer.lines)
  }
  try {
    for await (const { place, line } of readPack(file, limits)) {
      if (isFilePart(line)) {
        await files.put(line, place)
        continue
      }
      waiting.push({ place, ...line })
      if (waiting.length >= copiesAtOnce) await send()
    }
    if (waiting.length > 0) await send()
  } finally {
    await files.close()
  }
  return { header, footer, counts, files: files.counts }
}

export function addCounts(sum: TakenCounts, more: TakenCounts): void {
  for (const name of ['added', 'changed', 'withdrawn', 'unchanged'] as const) sum[name] += more[name]
  sum.refused.push(...more.refused.slice(0, toldAtMost - sum.refused.length))
  sum.told.push(...more.told.slice(0, toldAtMost - sum.told.length))
}
