/** Answers for anyone, remembered until something new is visible: pages that many open ask the same again and again. */
import { boundedCache } from '#kernel/bounded-cache.ts'
import type { PageContext } from './page-context.ts'

const mostRemembered = 200

/** What is said while search is made anew, or without a service that was slow, holds for a moment only. */
const isPassing = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && ('rebuilding' in answer || 'withoutMeaning' in answer)

/** `askOnce` asks as `ask` does. Its answers are shared: whoever gets one must not change it. */
export function askingOnce(ask: PageContext['ask']): { askOnce: PageContext['ask']; forget: () => void } {
  let answers = boundedCache<Promise<unknown>>(mostRemembered)
  const askOnce: PageContext['ask'] = (op, raw) => {
    const key = `${op.name} ${JSON.stringify(raw)}`
    const known = answers.get(key) as ReturnType<typeof ask<typeof op.input, typeof op.output>> | undefined
    if (known) return known
    const here = answers
    const asked = ask(op, raw)
    here.set(key, asked)
    asked.then(
      (answer) => isPassing(answer) && here.drop(key),
      () => here.drop(key),
    )
    return asked
  }
  return { askOnce, forget: () => void (answers = boundedCache(mostRemembered)) }
}
