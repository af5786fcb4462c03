import type { Static, TSchema } from 'typebox'
import type { Actor } from './context.ts'
import { perform, type Given, type Known, type Runtime } from './operation.ts'
import { Problem } from './problem.ts'

/** For what is shown to those alone who may have it: undefined for others, and no refused act. */
export function lookingFor(runtime: Runtime) {
  return async <In extends TSchema, Out extends TSchema>(
    op: Known<In, Out>,
    actor: Actor,
    raw: Given<In>,
  ): Promise<Static<Out> | undefined> => {
    const { refused: _, ...quiet } = runtime
    try {
      return await perform(op, quiet, actor, raw)
    } catch (error) {
      if (error instanceof Problem && error.code === 'forbidden') return undefined
      throw error
    }
  }
}
