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
export async function testProvider(claims: Record<string, Claims>, redirectUri: string, endedUri?: string) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'qingdao',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        ...(endedUri && { backchannel_logout_uri: endedUri }),
      },
    ],
    features: { backchannelLogout: { enabled: true } },
    // It goes to no private network by itself, and all hosts of these tests are in one.
    fetch: (url: string, options: object) => fetch(url, { ...options, dispatcher: undefined } as RequestInit),
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
  /** Of each who signed in: their browser, as far as the provider knows it. */
  const browsers = new Map<string, Map<string, string>>()
  const browserOf = (login: string) => browsers.set(login, browsers.get(login) ?? new Map()).get(login)!
  return {
    issuer,
    signIn: (address: string, login: string) =>
      go(address, {
        cookies: browserOf(login),
        fill: { login, password: 'any' },
        until: (url) => url.startsWith(redirectUri),
      }),
    /** Says yes to what the provider asks before it signs somebody out. */
    signOut: (address: string, login: string) =>
      go(address, {
        cookies: browserOf(login),
        fill: { logout: 'yes' },
        until: (url) => url.includes('/session/end/success'),
      }),
  }
}

type Going = { cookies: Map<string, string>; fill: Record<string, string>; until: (url: string) => boolean }

/** Goes where the provider leads, fills in its forms, and answers where it sends people in the end. */
async function go(address: string, { cookies, fill, until }: Going): Promise<string> {
  let next: { url: string; body?: URLSearchParams } = { url: address }
  for (let steps = 0; steps < 20; steps++) {
    if (until(next.url)) return next.url
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
    if (!action) throw new Error(`the provider shows ${answer.status}: ${page.slice(0, 500)}`)
    const hidden = [...page.matchAll(/name="(prompt|xsrf)" value="([^"]+)"/g)].map(([, name, value]) => [name!, value!])
    next = {
      url: new URL(action, next.url).href,
      body: new URLSearchParams({ ...Object.fromEntries(hidden), ...fill }),
    }
  }
  throw new Error('the provider leads nowhere')
}
