/** Flow control (OAI-PMH 2.0 §3.1.2.2): whoever asks faster than the node can spare waits, and is told how long. */
import { boundedCache } from '#kernel/bounded-cache.ts'

const burst = 300
const perSecond = 5
const atOnce = 4
const addresses = 10_000

type Bucket = { left: number; at: number; running: number }
export type Entry = { done: () => void } | { retryAfter: number }

export function flowControl(now: () => Date) {
  const buckets = boundedCache<Bucket>(addresses)
  return {
    /** Asked before the work for an address; `done` is called after it. `retryAfter`: seconds. */
    enter: (address: string): Entry => {
      const at = now().getTime()
      const before = buckets.get(address) ?? { left: burst, at, running: 0 }
      const left = Math.min(burst, before.left + ((at - before.at) / 1_000) * perSecond)
      const bucket: Bucket = Object.assign(before, { left, at })
      buckets.set(address, bucket)
      if (left < 1) return { retryAfter: Math.ceil((1 - left) / perSecond) }
      if (bucket.running >= atOnce) return { retryAfter: 1 }
      bucket.left--
      bucket.running++
      return { done: () => void bucket.running-- }
    },
  }
}
