/**
 * Secrets that must be read again are kept closed (AES-256-GCM), with a key that lies beside the database and not in it:
 * who gets hold of the database alone, of a backup or by a fault in a query, reads none of them.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { link, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeDurably } from '#kernel/durable-write.ts'

export type SecretBox = {
  /** `about`: what it belongs to; it opens only as that, so one row’s secret is worth nothing in another. */
  close: (plain: Uint8Array, about: string) => Promise<string>
  /** Undefined where the key is another, or anything was changed. */
  open: (closed: string, about: string) => Promise<Uint8Array | undefined>
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const ownerOnly = 0o600

export function secretBoxOf(dataDir: string, random: (size: number) => Uint8Array): SecretBox {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'factors.key')
  const read = async (): Promise<KeyObject | undefined> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    const key = Buffer.from(text.trim(), 'base64')
    return key.length === keyBytes ? createSecretKey(key) : undefined
  }

  /** Where two processes make one, that of the first is both’s. @throws where a key is there that is none */
  async function make(): Promise<KeyObject> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const mine = `${path}.${Buffer.from(random(8)).toString('hex')}`
    await writeDurably(mine, `${Buffer.from(random(keyBytes)).toString('base64')}\n`, ownerOnly)
    await link(mine, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(mine)
    const made = await read()
    if (!made) throw new Error(`${path} holds no key`)
    return made
  }

  let known: KeyObject | undefined

  return {
    close: async (plain, about) => {
      known ??= (await read()) ?? (await make())
      const nonce = random(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', known, nonce).setAAD(Buffer.from(about))
      const closed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
      return closed.toString('base64')
    },
    open: async (closed, about) => {
      // Never made here: what was closed with a key that is gone opens with no new one.
      known ??= await read()
      const bytes = Buffer.from(closed, 'base64')
      if (!known || bytes.length < nonceBytes + tagBytes) return undefined
      const decipher = createDecipheriv('aes-256-gcm', known, bytes.subarray(0, nonceBytes))
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
