/** Counts in memory what was read: an increment for each answer, written to the database now and then. */
import type { IncomingHttpHeaders } from 'node:http'
import { isbot } from 'isbot'
import { boundedCache } from '#kernel/bounded-cache.ts'
import { negotiateLanguage } from '#kernel/i18n/languages.ts'
import { withoutLanguage } from '#kernel/http/request.ts'
import { countedAs, readOf } from './classify.ts'

export type Answered = { method?: string | undefined; url: string; headers: IncomingHttpHeaders; status: number }

/** Counts by `period counted name`, which no name of these can hold a space of. */
export type Counts = ReadonlyMap<string, number>

export type UsageCounter = {
  /** Says that something was answered; whatever is not read by somebody is passed over. */
  answered: (one: Answered) => void
  /** What was counted since this was last asked. */
  take: () => Counts
  /** Counts that could not be written: the next try has them too. */
  giveBack: (counts: Counts) => void
}

/** Beyond so many different things between two writings, more of them are not counted: nothing grows without end. */
const mostKeys = 50_000
const agentsRemembered = 500
const dayMs = 24 * 60 * 60_000

export function usageCounter(now: () => Date): UsageCounter {
  let counts = new Map<string, number>()
  const add = (key: string, more: number) => {
    const before = counts.get(key)
    if (before !== undefined || counts.size < mostKeys) counts.set(key, (before ?? 0) + more)
  }
  const kindOfAgent = agentKinds()
  const today = dayOf(now)
  const answered = ({ method, url, headers, status }: Answered): void => {
    if (method !== 'GET' || (status !== 200 && status !== 304)) return
    const { address, language } = withoutLanguage(url)
    const query = address.indexOf('?')
    const read = readOf(query < 0 ? address : address.slice(0, query))
    if (!read || isPrefetched(headers)) return
    const agent = kindOfAgent(headers['user-agent'])
    // Robots read nothing; other programs read no pages, yet people have them fetch what is for downloading.
    if (agent === 'robot' || (agent === 'program' && read.what === 'page')) return
    const day = today()
    const spoken = language ?? negotiateLanguage(headers['accept-language'])
    for (const [counted, name] of countedAs(read, spoken)) add(`${day} ${counted} ${name}`, 1)
  }
  return {
    answered,
    take: () => {
      const taken = counts
      counts = new Map()
      return taken
    },
    giveBack: (given) => given.forEach((count, key) => add(key, count)),
  }
}

/** Written out once a day. */
function dayOf(now: () => Date): () => string {
  let [number, written] = [-1, '']
  return () => {
    const time = now()
    const today = Math.floor(time.getTime() / dayMs)
    if (today !== number) [number, written] = [today, time.toISOString().slice(0, 10)]
    return written
  }
}

const isPrefetched = (headers: IncomingHttpHeaders): boolean =>
  String(headers['sec-purpose'] ?? headers['purpose'] ?? '').includes('prefetch')

type AgentKind = 'browser' | 'program' | 'robot'

/** The class is all that is made of a user agent; the few that were asked of lately are remembered, in memory alone. */
function agentKinds(): (agent: string | undefined) => AgentKind {
  const known = boundedCache<AgentKind>(agentsRemembered)
  return (agent = '') => {
    const key = agent.slice(0, 400)
    const before = known.get(key)
    if (before) return before
    const kind = key.startsWith('Mozilla/') ? (isbot(key) ? 'robot' : 'browser') : isCrawler(key) ? 'robot' : 'program'
    known.set(key, kind)
    return kind
  }
}

/** `isbot` holds every program for one: of these, those that say that they go from page to page. */
const isCrawler = (agent: string): boolean => /bot|crawl|spider|slurp|archiv|preview|monitor|uptime/i.test(agent)
