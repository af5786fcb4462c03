/** What operations with accounts take. */
import { Type } from 'typebox'
import { violation } from '#kernel/problem.ts'

export const longestName = 80
export const PersonName = Type.String({
  minLength: 1,
  maxLength: longestName,
  description: 'One line, without the address of a page',
})

/** Ends of lines, and signs that turn the direction of what stands after the name. */
const breaksLine = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u
/** `example.com` and `EXAMPLE.COM`, but not the initials of “J.R.R. Tolkien” or the title of “Dr.Amina”. */
const pageAddress = /[:@]|\/\/|[Ww]{3}\.|[\p{L}\p{N}]\.(?:\p{Ll}{2}|\p{Lu}{2}|xn--)/u

const isPlain = (name: string): boolean => /\S/.test(name) && !breaksLine.test(name) && !hasAddress(name)
/** As browsers read it: full-width letters and dots count as plain ones. */
const hasAddress = (name: string): boolean => pageAddress.test(name.normalize('NFKC').replaceAll('\u3002', '.'))

/** @throws Problem invalid where it is more than the name of a person, who could put a message of their own into it */
export function personNameOf(text: string): string {
  if (!isPlain(text)) throw violation('name', 'personName')
  return text.trim()
}

/** What another node says somebody is called, as far as it can be a name here. */
export function nameFrom(said: unknown, otherwise: string): string {
  const line = typeof said === 'string' ? said.trim() : ''
  const name = [...line].slice(0, longestName).join('').trim()
  return isPlain(name) ? name : otherwise
}
/** Where somebody comes from, and with what browser, as the edge of the node saw it. */
export const From = { remote: Type.String({ maxLength: 100 }), agent: Type.String({ maxLength: 200 }) }
