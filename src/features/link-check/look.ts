/** One address, looked at politely: what the site asks of programs is read first, and bodies are not fetched. */
import type { Environment } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { isAllowed, rulesFor, type Rules } from '#codecs/robots/robots.ts'
import { outcomeOf, type Outcome } from './rules.ts'

/** As the way out calls us (`kernel/outbound.ts`). */
const agent = 'Qingdao'
const dayMs = 24 * 60 * 60_000
const limits = { bytes: 512 * 1024, timeMs: 20_000, redirects: 5 }
const mostSites = 2_000

type Site = { rules: Rules | 'all' | 'none' | 'silent'; at: number }
type Pause = () => Promise<void>

/** `pause` is waited for before each request to the site but the first. */
export function looker({ fetch: reach, now }: Pick<Environment, 'fetch' | 'now'>) {
  const sites = new Map<string, Site>()

  async function siteOf(origin: string, pause: Pause): Promise<Site> {
    const known = sites.get(origin)
    // RFC 9309 §2.4: not kept for longer than a day.
    if (known && now().getTime() - known.at < dayMs) return known
    const site = { rules: await rulesOf(origin), at: now().getTime() }
    if (sites.size >= mostSites) sites.delete(sites.keys().next().value!)
    sites.set(origin, site)
    await pause()
    return site
  }

  async function rulesOf(origin: string): Promise<Site['rules']> {
    try {
      const { status, body } = await reach(`${origin}/robots.txt`, limits)
      if (status >= 200 && status < 300) return rulesFor(new TextDecoder().decode(body), agent)
      // RFC 9309 §2.3.1.3 and §2.3.1.4: what is not there forbids nothing, a server that fails forbids all.
      return status >= 500 ? 'none' : 'all'
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'addressRefused') throw error
      return error.code === 'tooLarge' || error.values.reason === 'redirects' ? 'all' : 'silent'
    }
  }

  async function look(address: string, pause: Pause): Promise<Outcome> {
    const url = URL.parse(address)
    if (!url) return { kind: 'fails', reason: 'noAnswer', status: null }
    try {
      const { rules } = await siteOf(url.origin, pause)
      // A site that does not answer at all is not asked again for each of its addresses.
      if (rules === 'silent') return { kind: 'fails', reason: 'noAnswer', status: null }
      const path = `${url.pathname}${url.search}`
      if (rules === 'none' || (typeof rules === 'object' && !isAllowed(rules, path)))
        return { kind: 'notCheckable', reason: 'robots', status: null }
      const head = await ask(address, { method: 'HEAD', withoutBody: true })
      if (head.kind === 'answers' || head.status === 429 || head.reason === 'redirects') return head
      // Many servers answer HEAD wrongly, or not at all: a small GET decides.
      await pause()
      return await ask(address, { headers: { range: 'bytes=0-0' }, withoutBody: true })
    } catch (error) {
      if (error instanceof Problem && error.code === 'addressRefused')
        return { kind: 'notCheckable', reason: 'private', status: null }
      throw error
    }
  }

  async function ask(address: string, sent: Parameters<Environment['fetch']>[2]): Promise<Outcome> {
    try {
      const { status, movedTo } = await reach(address, limits, sent)
      // RFC 9110 §15.5.17: an empty file has no first byte.
      return outcomeOf(status === 416 ? 200 : status, movedTo ?? null)
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'addressRefused') throw error
      return { kind: 'fails', reason: error.values.reason === 'redirects' ? 'redirects' : 'noAnswer', status: null }
    }
  }

  return look
}
