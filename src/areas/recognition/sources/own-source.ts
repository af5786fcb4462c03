/** Sources that the project wrote itself: one file of records, in English and in machine translations of it. */
import { parseJson } from '#kernel/input-limits.ts'
import { idOf } from '#records/identifier.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { fieldsOf, rowOf } from '#records/sources/row.ts'
import type { Source } from '#records/sources/source.ts'

type Own = Pick<Source, 'name' | 'title' | 'kinds' | 'isDemonstration'> & {
  /** Begins the identifier of each record, which ends with its code. */
  base: string
  /** Fields whose values lead to other records: by their codes in the same file, or by the identifiers that sources give. */
  links?: readonly string[]
}

const language = 'en'
const isText = (value: unknown) => Object.keys(fieldsOf(value)).includes(language)

/** The languages of all texts beside English. Names stand in the languages that their owners use, and are no translations. */
function languagesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(languagesOf)
  if (isText(value)) return Object.keys(fieldsOf(value))
  return Object.values(fieldsOf(value)).flatMap(languagesOf)
}

function marksOf(kind: string, { title, ...texts }: Record<string, unknown>): Record<string, { machine: boolean }> {
  const found = new Set(languagesOf(kind === 'organisation' ? texts : { title, ...texts }))
  return Object.fromEntries(
    [...found]
      .filter((one) => one !== language)
      .sort()
      .map((one) => [one, { machine: true }]),
  )
}

export function ownSource({ base, links = [], ...of }: Own): Source {
  const file = `${of.name}.json`
  const linked = (value: unknown) =>
    typeof value === 'string' && value !== '' ? idOf(/^[a-z0-9-]+$/.test(value) ? `${base}/${value}` : value) : value
  const withLinks = ([name, value]: [string, unknown]) => [
    name,
    links.includes(name) && Array.isArray(value) ? value.map(linked) : value,
  ]
  return {
    ...of,
    publisher: 'Qingdao',
    folder: of.name,
    source: {
      address: base,
      revision: '1',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
      attribution: 'Contributors to Qingdao, CC BY 4.0',
    },
    recognise: (name) => (isNamed(name, file) ? file : undefined),
    async *read(folder) {
      const all = [parseJson(await folder.text(file))].flat()
      for (const [at, one] of all.entries()) {
        const { kind, code, ...body } = fieldsOf(one)
        const found = of.kinds.find((name) => name === kind) ?? of.kinds[0]!
        yield rowOf(`${file}:${at + 1}`, {
          kind: found,
          identifier: typeof code === 'string' && code ? `${base}/${code}` : '',
          body: { ...Object.fromEntries(Object.entries(body).map(withLinks)), originalLanguage: language },
          translations: marksOf(found, body),
        })
      }
    },
  }
}
