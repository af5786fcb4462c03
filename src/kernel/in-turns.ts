/** Long work leaves the others their turn. */
import { setImmediate as takeTurns } from 'node:timers/promises'
import { isReading, type Perform } from './operation.ts'

/**
 * The same, with a turn of the event loop after each write. Writes to SQLite one after another are one run of promises, so that
 * long work in the background would otherwise keep every request waiting until it is done.
 */
export const inTurns =
  (perform: Perform): Perform =>
  async (op, actor, raw) => {
    const answer = await perform(op, actor, raw)
    if (!isReading(op)) await takeTurns()
    return answer
  }
