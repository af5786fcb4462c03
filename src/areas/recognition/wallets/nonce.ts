/** What a wallet signs to show that it has its key now (`c_nonce`, OpenID4VCI 1.0 §7). */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import type { Context } from '#kernel/context.ts'

const about = 'wallet-nonce'
const lifeMs = 5 * 60_000

/** Anybody may ask for one, so nothing is kept: it holds its own end, closed with the key of this node. */
async function newNonce({ services, now }: Pick<Context, 'services' | 'now'>): Promise<string> {
  const until = new Date(now().getTime() + lifeMs).toISOString()
  return Buffer.from(await services.secretBox.close(Buffer.from(until), about), 'base64').toString('base64url')
}

/** Until when it can be used; undefined where this node did not make it. */
export async function endOfNonce({ services }: Pick<Context, 'services'>, nonce: unknown): Promise<string | undefined> {
  if (typeof nonce !== 'string' || !/^[A-Za-z0-9_-]{20,200}$/.test(nonce)) return undefined
  const plain = await services.secretBox.open(Buffer.from(nonce, 'base64url').toString('base64'), about)
  return plain && Buffer.from(plain).toString('utf8')
}

export const readNonce = operation({
  name: 'wallets.nonce',
  summary: 'Read what a wallet is to sign now, to show that it has its key',
  http: 'GET /wallets/nonce',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ c_nonce: Type.String() }),
  allow: () => true,
  run: async (context) => ({ c_nonce: await newNonce(context) }),
})
