/**
 * Secrets that must be read again are kept closed (AES-256-GCM), with a key that lies beside the database and not in it:
 * who gets hold of the database alone, of a backup or by a fault in a query, reads none of them.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { link, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '#core/durable.ts'

export type Sealing = {
  /** `about`: what it belongs to; it opens only as that, so one row’s secret is worth nothing in another. */
  close: (plain: Uint8Array, about: string) => Promise<string>
  /** Undefined where the key is another, or anything was changed. */
  open: (closed: string, about: string) => Promise<Uint8Array | undefined>
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const ownerOnly = 0o600

export function sealingOf(dataDir: string, random: (size: number) => Uint8Array): Sealing {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'factors.key')
  let known: Promise<Buffer> | undefined

  const read = async (): Promise<Buffer> => Buffer.from((await readFile(path, 'utf8')).trim(), 'base64')

  /** Made when first needed. Where two processes make one, that of the first is both’s. */
  async function make(): Promise<Buffer> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const mine = `${path}.${Buffer.from(random(8)).toString('hex')}`
    await writeDurably(mine, `${Buffer.from(random(keyBytes)).toString('base64')}\n`, ownerOnly)
    await link(mine, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(mine)
    return read()
  }
  const key = (): Promise<Buffer> => {
    known ??= read().catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return make()
      throw error
    })
    // What failed once may work the next time.
    known.catch(() => (known = undefined))
    return known
  }

  return {
    close: async (plain, about) => {
      const nonce = random(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce).setAAD(Buffer.from(about))
      const closed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
      return closed.toString('base64')
    },
    open: async (closed, about) => {
      const bytes = Buffer.from(closed, 'base64')
      if (bytes.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', await key(), bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(-tagBytes))
      const middle = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
      try {
        return Buffer.concat([middle, decipher.final()])
      } catch {
        return undefined
      }
    },
  }
}
