/** What a person says of a file, as they type it → codes and addresses. */
import { codeNamed, codeWritten } from '#records/vocabularies/names.ts'
import { licenceAt, licenceNamed } from '#records/vocabularies/licence-names.ts'
import type { Told } from './source.ts'
import { webAddress } from './web-address.ts'

type Typed = { [Field in 'licence' | 'publisher' | 'baseAddress']?: string | undefined } & {
  subjects?: readonly string[] | undefined
}
/** What was typed is none that is known. */
export type ToldProblem = { field: 'licence' | 'subjects' | 'baseAddress'; written: string }

const licenceOf = (typed: string) =>
  codeWritten('licences', typed) ?? licenceAt(typed) ?? licenceNamed(typed) ?? codeNamed('licences', typed)
const subjectOf = (typed: string) => codeWritten('subjects', typed) ?? codeNamed('subjects', typed)

export function told({ licence = '', publisher = '', subjects = [], baseAddress = '' }: Typed): Told | ToldProblem {
  const [code, base] = [licence.trim() && licenceOf(licence.trim()), baseAddress.trim() && webAddress(baseAddress)]
  if (code === undefined) return { field: 'licence', written: licence }
  if (base === undefined) return { field: 'baseAddress', written: baseAddress }
  const written = subjects.flatMap((one) => one.split(',')).map((one) => one.trim())
  const known = written.filter(Boolean).map((one) => ({ one, subject: subjectOf(one) }))
  const unknown = known.find(({ subject }) => subject === undefined)
  if (unknown) return { field: 'subjects', written: unknown.one }
  return {
    ...(code && { licence: code }),
    ...(publisher.trim() && { publisher: publisher.trim().slice(0, 300) }),
    ...(known.length > 0 && { subjects: known.map(({ subject }) => subject!) }),
    ...(base && { baseAddress: base.replace(/\/+$/, '') }),
  }
}
