/** What operations with accounts take. */
import { Type } from 'typebox'

export const PersonName = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
/** Where somebody comes from, and with what browser, as the edge of the node saw it. */
export const From = { remote: Type.String({ maxLength: 100 }), agent: Type.String({ maxLength: 200 }) }
