/** What hostile input could make endless is stopped. */
import { createContext, Script } from 'node:vm'

/** So long that no busy machine needs it: what is meant takes some thousandths of a second, what is feared takes hours. */
const longestMs = 60_000

/** Does it, and throws if it does not end. For inputs so large that what grows faster than they do would not. */
export const mustEnd = (work: () => unknown): void =>
  void new Script('work()').runInContext(createContext({ work }), { timeout: longestMs })
