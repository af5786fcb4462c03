/** The authorities whose certificates the operator trusts: files in the folder `certificates` of the data folder. */
import type { X509Certificate } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { certificatesInFile, type Anchors } from '#codecs/x509/certificates.ts'

const mostFiles = 2_000
const largestFile = 1024 * 1024

/** Read when the first sealed credential comes, and again when a file was added or taken away. */
export function authoritiesIn(dataDir: string): () => Promise<Anchors> {
  const folder = join(dataDir, 'certificates')
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

async function readAll(folder: string): Promise<Anchors> {
  const names = (await readdir(folder)).filter((name) => /\.(?:pem|crt|cer|der)$/i.test(name)).sort()
  const all = new Map<string, X509Certificate>()
  for (const name of names.slice(0, mostFiles)) {
    const path = join(folder, name)
    if ((await stat(path)).size > largestFile) continue
    for (const one of certificatesInFile(await readFile(path))) all.set(one.fingerprint256, one)
  }
  return [...all.values()]
}
