/** The authorities whose certificates the operator trusts: files in the folder `certificates` of the data folder. */
import type { X509Certificate } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { certificatesInFile, isInForce, type Anchors } from '#codecs/x509/certificates.ts'

const folderName = 'certificates'
const mostFiles = 2_000
const largestFile = 1024 * 1024

/** Read when the first sealed credential comes, and again when a file was added or taken away. */
export function authoritiesIn(dataDir: string): () => Promise<Anchors> {
  const folder = join(dataDir, folderName)
  let known: { at: number; anchors: Anchors } | undefined
  return async () => {
    const at = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    )
    if (at === undefined) return []
    if (known?.at !== at) known = { at, anchors: await readAll(folder) }
    return known.anchors
  }
}

type Read = { name: string; certificates: X509Certificate[] }

async function filesIn(folder: string): Promise<Read[]> {
  const names = (await readdir(folder)).filter((name) => /\.(?:pem|crt|cer|der)$/i.test(name)).sort()
  const all: Read[] = []
  for (const name of names.slice(0, mostFiles)) {
    const path = join(folder, name)
    const isRead = (await stat(path)).size <= largestFile
    all.push({ name, certificates: isRead ? certificatesInFile(await readFile(path)) : [] })
  }
  return all
}

async function readAll(folder: string): Promise<Anchors> {
  const all = (await filesIn(folder)).flatMap(({ certificates }) => certificates)
  return [...new Map(all.map((one) => [one.fingerprint256, one])).values()]
}

export type AuthorityFiles = {
  /** Certificates in force. */
  good: number
  /** Files without a certificate that can be read. */
  unread: string[]
  /** Files with one that has ended, or is not in force yet. */
  notInForce: string[]
}

/** What the folder holds, for the operator; undefined where there is none. */
export async function lookAtAuthorities(dataDir: string, now: Date): Promise<AuthorityFiles | undefined> {
  const files = await filesIn(join(dataDir, folderName)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!files) return undefined
  return {
    good: files.flatMap(({ certificates }) => certificates).filter((one) => isInForce(one, now)).length,
    unread: files.filter(({ certificates }) => certificates.length === 0).map(({ name }) => name),
    notInForce: files
      .filter(({ certificates }) => certificates.some((one) => !isInForce(one, now)))
      .map(({ name }) => name),
  }
}
