/** Filters by terms of code lists: a value that no list has was mistyped, and finds nothing or everything. */
import type { Services } from '#kernel/context.ts'
import { knownLanguage } from '#kernel/i18n/known-language.ts'
import type { Violation } from '#kernel/problem.ts'
import { termOf } from './vocabularies/index.ts'
import { codeNamed } from './vocabularies/names.ts'

/** Whether a list has this code; where it has not, the code of what is called so. `languages` stands for those of CLDR. */
export const codeIn = (list: string, value: string): boolean | string =>
  list === 'languages'
    ? isOfKnownLanguage(value)
    : termOf(list, value) !== undefined || (codeNamed(list, value) ?? false)

/** Whether a tag (BCP 47) is of a language that there is, whatever its script or region. */
export const isOfKnownLanguage = (tag: string): boolean => knownLanguage(tag.split('-')[0]!) !== undefined

/** `meant` is said where it is known. */
export const unknownValue = (place: string, value: string, meant?: string): Violation => ({
  place,
  rule: 'unknownValue',
  values: { value: value.slice(0, 100), ...(meant !== undefined && { meant }) },
})

/** For an operation that takes codes: by the name of each filter its list. */
export const codesDoubted =
  (lists: Readonly<Record<string, string>>) =>
  async (_context: unknown, input: object): Promise<Violation[]> =>
    Object.entries(lists).flatMap(([name, list]) => {
      const given = (input as Record<string, unknown>)[name]
      const isOne = !Array.isArray(given)
      return [given].flat().flatMap((value, at) => {
        if (typeof value !== 'string' || value === '') return []
        const found = codeIn(list, value)
        const place = isOne ? name : `${name}.${at}`
        return found === true ? [] : [unknownValue(place, value, found || undefined)]
      })
    })

/** For an operation that takes the name of a kind. */
export const kindDoubted = async (
  { services }: { services: Pick<Services, 'kinds'> },
  { kind }: { kind?: string },
): Promise<Violation[]> => (!kind || services.kinds.has(kind) ? [] : [unknownValue('kind', kind)])
