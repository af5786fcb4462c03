import { line, maybe } from './fields.ts'

/**
 * Whose text it is, where it came from a source that wrote it: cited as its author. Not searched, for it stands in all that a
 * source brings; and no form asks for it.
 */
export const credit = () => maybe(line({ max: 500, tellsWho: true, shownApart: true }))
