/** What many operations take or answer. */
import { Type } from 'typebox'
import { recordId } from './fields.ts'

export const Id = Type.String({ pattern: recordId })
export const Revision = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

/** The answer of what has nothing more to tell than that it is done. */
export const Done = Type.Object({ isDone: Type.Literal(true) })
export const done = { isDone: true as const }
