/** What an operator says of files that do not say it themselves. */
import { Problem } from '#kernel/problem.ts'
import type { Flag } from '#kernel/cli/arguments.ts'
import { told, type ToldProblem } from '#records/sources/told.ts'
import type { Told } from '#records/sources/source.ts'

export const toldFlags: Flag[] = [
  { name: 'licence', value: 'CC-BY-4.0', about: 'cli.flag.licence' },
  { name: 'publisher', value: 'name', about: 'cli.flag.publisher' },
  { name: 'subject', value: '0541', about: 'cli.flag.subject' },
  { name: 'base-address', value: 'https://…', about: 'cli.flag.baseAddress' },
]
const flagOf: Record<ToldProblem['field'], string> = {
  licence: '--licence',
  subjects: '--subject',
  baseAddress: '--base-address',
}

/** @throws Problem badFlag where a licence, subject or address is none */
export function toldBy(flags: Readonly<Record<string, string[]>>): Told {
  const said = told({
    licence: flags['licence']?.at(-1),
    publisher: flags['publisher']?.at(-1),
    subjects: flags['subject'],
    baseAddress: flags['base-address']?.at(-1),
  })
  if ('field' in said) throw new Problem('badFlag', { flag: flagOf[said.field], what: said.written })
  return said
}
