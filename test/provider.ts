/** A real OpenID Connect provider on this machine, and people who sign in there. */
import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

type Claims = { email?: string; email_verified?: boolean; name?: string; amr?: string[] }
/* The package brings no types; this is all that is used of it. */
type Finish = (
  request: unknown,
  response: unknown,
  result: { login?: { accountId: string; amr?: string[] | undefined } },
  more: object,
) => unknown
type Made = { callback: () => RequestListener; interactionFinished: Finish }
const { Provider } = (await import('oidc-provider' as string)) as {
  Provider: new (issuer: string, options: object) => Made
}

export const clientSecret = 'a secret of thirty-two letters or more'

/** `claims`: what it says of each of its people, by what they sign in as. */
export async function testProvider(claims: Record<string, Claims>, redirectUri: string) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'qingdao', client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['for tests alone'] },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...claims[id] }) }),
  })
  // How somebody signed in is of their session there, and no claim about them.
  const finish = provider.interactionFinished.bind(provider)
  provider.interactionFinished = (request, response, { login, ...result }, more) =>
    finish(
      request,
      response,
      { ...result, ...(login && { login: { ...login, amr: claims[login.accountId]?.amr } }) },
      more,
    )
  server.on('request', provider.callback())
  return { issuer, signIn: (address: string, login: string) => signIn(address, login, redirectUri) }
}

/** Goes where the provider leads, fills in its forms, and answers where it sends people back to. */
async function signIn(address: string, login: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next: { url: string; body?: URLSearchParams } = { url: address }
  for (let steps = 0; steps < 20; steps++) {
    if (next.url.startsWith(redirectUri)) return next.url
    const answer: Response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body && { method: 'POST', body: next.body }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      cookies.set(name!, value!)
    }
    const location = answer.headers.get('location')
    if (location) {
      next = { url: new URL(location, next.url).href }
      continue
    }
    const page = await answer.text()
    const [, action] = /<form[^>]*action="([^"]+)"/.exec(page) ?? []
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? []
    if (!action || !prompt) throw new Error(`the provider shows ${answer.status}: ${page.slice(0, 500)}`)
    next = { url: new URL(action, next.url).href, body: new URLSearchParams({ prompt, login, password: 'any' }) }
  }
  throw new Error('the provider leads nowhere')
}
