/** A form that was not taken: what is wrong, by field, and what was typed. */
import type { Errors } from '#ui/forms.ts'

export type RefusedForm = { errors: Errors; typed: ReadonlyMap<string, string> }
export const nothingRefused: RefusedForm = { errors: new Map(), typed: new Map() }
