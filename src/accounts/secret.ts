/** Secrets that are carried about: links, sessions, keys. The node keeps their digests only. */
import { createHash } from 'node:crypto'

const bytes = 32

/** 256 bits, as an address or a cookie can carry them. */
export const newSecret = (random: (size: number) => Uint8Array): string =>
  Buffer.from(random(bytes)).toString('base64url')

/** A secret of 256 bits cannot be guessed from its digest, so it needs no salt and no slow hash. */
export const digestOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** What stands in the forms of a session: known to those who hold its secret, telling nothing of it. */
export const formMarkOf = (secret: string): string =>
  createHash('sha256').update('form\n').update(secret).digest('base64url').slice(0, 32)

const secretForm = /^[A-Za-z0-9_-]{43}$/
export const isSecret = (text: string | undefined): text is string => text !== undefined && secretForm.test(text)
