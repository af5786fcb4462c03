/** What one verification may ask of others: anybody can have a credential verified that names many addresses. */
import type { Fetched, Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'

/** Addresses that one verification asks at most: of a presentation all its credentials together. */
export const mostFetches = 12
/** Milliseconds after which no further address is asked. */
export const mostFetchingMs = 30_000
/** Why an address was not asked: as the reason of a Problem `fetchFailed`. */
export const tooManyAddresses = 'tooManyAddresses'

/**
 * The way out for one verification. Each address is asked once, and its answer given to all who want it.
 * @throws Problem fetchFailed with the reason `tooManyAddresses` beyond the bounds, and what fetching throws
 */
export function bounded(goOut: Outbound, now: () => Date): Outbound {
  const asked = new Map<string, Promise<Fetched>>()
  const startedAt = now().getTime()
  return async (url, limits = {}, sent = {}) => {
    const known = asked.get(url)
    if (known) return known
    const leftMs = mostFetchingMs - (now().getTime() - startedAt)
    if (asked.size >= mostFetches || leftMs <= 0) throw new Problem('fetchFailed', { url, reason: tooManyAddresses })
    const answer = goOut(url, { ...limits, timeMs: Math.min(limits.timeMs ?? leftMs, leftMs) }, sent)
    asked.set(url, answer)
    return answer
  }
}

/** The code of the check for an address that gave no answer. */
export const unreachedCode = (problem: Problem): 'tooManyAddresses' | 'unreachable' =>
  problem.values.reason === tooManyAddresses ? 'tooManyAddresses' : 'unreachable'
