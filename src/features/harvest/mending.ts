/** What curators do with what did not fit: values that mean a term of ours, and refused records. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { readPage } from '#codecs/oai-pmh/read-response.ts'
import { Done, done } from '#records/inputs.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { documentOf, inputNamed } from './inputs/inputs.ts'
import { columnTerms } from './inputs/table.ts'
import { findHarvested, harvester, keepRows, type RowOfPage } from './keep.ts'
import { cutItem, rowsOf, statedItem } from './rows.ts'
import { HarvestCounts, longestBytes, mappedFields, type MappedField, type VocabularyField } from './shapes.ts'
import { harvests, type Harvested } from './store.ts'

const allow = permission('record.publish')
const Name = Type.String({ maxLength: 100 })

const lists: Readonly<Record<VocabularyField, string>> = {
  type: 'resource-types',
  subject: 'subjects',
  language: 'languages',
  licence: 'licences',
  audience: 'audiences',
  level: 'levels',
}
const codeFor = (field: MappedField, typed: string): string | undefined =>
  field === 'language'
    ? languageNamed(typed)
    : field === 'column'
      ? columnTerms.find((term) => term.toLowerCase() === typed.toLowerCase())
      : (codeNamed(lists[field], typed) ?? (codeList(lists[field])?.terms[typed] && typed))

export const mapHarvest = operation({
  name: 'harvest.map',
  summary:
    'Say which term of ours a value of a source means; it holds from the next run on, which asks for everything again',
  http: 'POST /harvest/:name/mapping',
  input: Type.Object(
    {
      name: Name,
      field: Type.Enum([...mappedFields]),
      value: Type.String({ minLength: 1, maxLength: 300 }),
      term: Type.String({ maxLength: 300, description: 'A code or name of a term; empty: none' }),
    },
    closed,
  ),
  output: Done,
  allow,
  run: async (context, { name, field, value, term }) => {
    const source = await findHarvested(context, name)
    const code = term.trim() ? codeFor(field, term.trim()) : ''
    if (code === undefined) throw violation('term', 'unknownName', { text: term })
    const before = source.mapping[field] ?? {}
    const after = code
      ? { ...before, [value]: code }
      : Object.fromEntries(Object.entries(before).filter(([key]) => key !== value))
    await harvests(context.db).change(name, { mapping: { ...source.mapping, [field]: after }, nextFrom: null })
    return done
  },
})

/** A record as it was kept, or as somebody mended it, read as its source is. */
function rowsAgain(source: Harvested, identifier: string, text: string): RowOfPage[] {
  const input = inputNamed(source.settings.input)
  if (!input) return rowsOf(readPage(`<OAI-PMH>${text}</OAI-PMH>`).records.map(cutItem), source).rows
  if (text.trim() === '') return []
  const address = /^https?:/.test(identifier) ? identifier : source.address
  try {
    const document = documentOf(address, text)
    const reader = input.name === 'sitemap' ? inputNamed('page')! : input
    return rowsOf(reader.again(document, source.mapping).map(statedItem), source).rows
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [
      {
        identifier,
        bytes: text,
        refused: { code: 'malformedRecord', values: { problem: error.code, line: error.values['line'] ?? 1 } },
      },
    ]
  }
}

export const retryRefused = operation({
  name: 'harvest.retry',
  summary: 'Try a refused record again, as the source sent it or as it was corrected',
  http: 'POST /harvest/:name/retry',
  input: Type.Object(
    {
      name: Name,
      identifier: Type.String({ maxLength: 2_000 }),
      bytes: Type.Optional(Type.String({ minLength: 1, maxLength: longestBytes })),
    },
    closed,
  ),
  output: HarvestCounts,
  allow,
  run: async (context, { name, identifier, bytes }) => {
    const source = await findHarvested(context, name)
    const held = await harvests(context.db).refused(name, identifier)
    if (!held) throw noSuch('waitingRecord', identifier)
    const text = bytes ?? held.bytes
    const [row] = rowsAgain(source, identifier, text)
    const counts = await keepRows(
      { ...context, actor: harvester(name) },
      name,
      row
        ? [row]
        : [
            {
              identifier,
              bytes: text,
              refused:
                text.trim() === ''
                  ? { code: held.code, values: held.values }
                  : { code: 'malformedRecord', values: { problem: 'malformed', line: 1 } },
            },
          ],
    )
    // Mended, it may say another identifier than the one that was made for it.
    if (row && row.identifier !== identifier) await harvests(context.db).forgetRefused(name, [identifier])
    return counts
  },
})

export const dismissRefused = operation({
  name: 'harvest.dismiss',
  summary: 'Dismiss a refused record; where the source sends it again, it is refused again',
  http: 'POST /harvest/:name/dismiss',
  input: Type.Object({ name: Name, identifier: Type.String({ maxLength: 2_000 }) }, closed),
  output: Done,
  allow,
  run: async (context, { name, identifier }) => {
    await findHarvested(context, name)
    await harvests(context.db).forgetRefused(name, [identifier])
    return done
  },
})
