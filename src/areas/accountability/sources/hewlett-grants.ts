import { codeWritten } from '#records/vocabularies/names.ts'
import type { Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Source, Note, Row } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { fromTitleCase, withoutMarks } from '#records/sources/mend.ts'
import {
  dayOf,
  fieldsOf,
  inOrder,
  known,
  list,
  malformedFile,
  oneLine,
  refuse,
  rowOf,
  unique,
  words,
} from '#records/sources/row.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { webAddress } from '#records/sources/web-address.ts'
import { idOf } from '#records/identifier.ts'

const grantsFile = 'hewlett_grants.json'
const agentsFile = 'agents.json'
const repository = 'https://github.com/hbz/oerworldmap'
/** The grants name their funder by this identifier only, and lie at www.hewlett.org. */
const hewlett = 'urn:uuid:0801e4d4-3c7e-11e5-9f0e-54ee7558c81f'

/** `[{ "@value": …, "@language": … }]` → language map. */
function textOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    list(value)
      .map(fieldsOf)
      .flatMap((entry) => {
        const tag = languageTag(words(entry['@language']) || 'und')
        const text = withoutMarks(words(entry['@value']))
        return text && isLanguageTag(tag) ? [[tag, text]] : []
      }),
  )
}

function moneyOf(value: unknown, notes: Note[]) {
  const text = words(value)
  if (!text) return undefined
  const [, amount] = /^\$\s?(\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?)$/.exec(text) ?? []
  const sum = Number(amount?.replaceAll(',', ''))
  if (sum <= Number.MAX_SAFE_INTEGER) return { amount: sum, currency: 'USD' }
  notes.push({ code: 'amountUnfit', values: { amount: text } })
  return undefined
}

function agentRow(place: string, agent: Record<string, unknown>): Row {
  const id = words(agent['@id'])
  const title = textOf(agent['name'])
  if (!id || Object.keys(title).length === 0) return refuse(place, 'titleMissing')

  const address = fieldsOf(fieldsOf(agent['location'])['address'])
  const country = codeWritten('countries', words(address['addressCountry']))
  const website = webAddress(words(agent['url']))
  const body = known({
    title,
    originalLanguage: Object.keys(title)[0],
    countries: country ? [country] : undefined,
    city: oneLine(words(address['addressLocality'])).slice(0, 300),
    websites: website ? [website] : undefined,
    identifiers: [id],
  })
  return rowOf(place, { kind: 'organisation', identifier: id, ...(website && { url: website }), body })
}

const funderRow: Row = rowOf(
  `${grantsFile} (funder)`,
  {
    kind: 'organisation',
    identifier: hewlett,
    url: 'https://hewlett.org',
    body: {
      title: { en: 'William and Flora Hewlett Foundation' },
      originalLanguage: 'en',
      types: ['foundation'],
      countries: ['US'],
      websites: ['https://hewlett.org'],
      identifiers: [hewlett],
    },
  },
  [{ code: 'funderNamedHere' }],
)

/** Titles come with a capital at every word. */
const titleOf = (value: unknown) =>
  Object.fromEntries(Object.entries(textOf(value)).map(([tag, title]) => [tag, fromTitleCase(title)]))

const funderOf = (action: Record<string, unknown>) =>
  words(fieldsOf(fieldsOf(list(action['isFundedBy'])[0])['isAwardedBy'])['@id'])

function grantRow(place: string, action: Record<string, unknown>, described: Set<string>): Row {
  const id = words(action['@id'])
  const title = titleOf(action['name'])
  if (!id || Object.keys(title).length === 0) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  const grant = fieldsOf(list(action['isFundedBy'])[0])
  const recipients = unique(
    list(action['agent'])
      .map((agent) => words(fieldsOf(agent)['@id']))
      .filter(Boolean),
  )
  const funder = funderOf(action)
  for (const recipient of recipients)
    if (!described.has(recipient)) notes.push({ code: 'agentMissing', values: { id: recipient } })
  const url = webAddress(words(grant['sameAs']))
  const { start, end } = inOrder(
    dayOf(words(action['startTime']), notes),
    dayOf(words(action['endTime']), notes),
    notes,
  )
  const body = known({
    title,
    originalLanguage: Object.keys(title)[0],
    description: textOf(action['description']),
    amount: moneyOf(grant['hasMonetaryValue'], notes),
    funders: funder ? [idOf(funder)] : undefined,
    recipients: recipients.map(idOf),
    startsOn: start,
    endsOn: end,
    url,
    areas: ['open', 'accountability'],
  })
  return rowOf(place, { kind: 'funding', identifier: id, ...(url && { url }), body }, notes)
}

type Entry = { place: string; fields: Record<string, unknown> }

/** A list of entries, or an object of JSON-LD that holds one. */
const entriesIn = (file: string, text: string): Entry[] => {
  const value = parseJson(text)
  return list(fieldsOf(value)['@graph'] ?? value).map((entry, index) => ({
    place: `${file}#${index}`,
    fields: fieldsOf(entry),
  }))
}

/** A grant says how much, by whom and to whom; an agent only who it is. */
const isGrant = ({ fields }: Entry) =>
  'isFundedBy' in fields || 'startTime' in fields || words(fields['@type']).endsWith('Action')

async function* read(folder: Folder): AsyncGenerator<Row> {
  const entries: Entry[] = []
  for (const file of await folder.names())
    try {
      entries.push(...entriesIn(file, await folder.text(file)))
    } catch (error) {
      yield { place: file, refused: malformedFile(error) }
    }
  const grants = entries.filter(isGrant)
  const agents = entries.filter((entry) => !isGrant(entry))
  const described = new Set([hewlett, ...agents.map(({ fields }) => words(fields['@id']))])
  // Its address is known; that of another funder stands in the file or nowhere.
  if (
    grants.some(({ fields }) => funderOf(fields) === hewlett) &&
    !agents.some(({ fields }) => fields['@id'] === hewlett)
  )
    yield funderRow
  for (const { place, fields } of agents) yield agentRow(place, fields)
  for (const { place, fields } of grants) yield grantRow(place, fields, described)
}

export const hewlettGrants: Source = {
  name: 'hewlett-grants',
  title: 'Hewlett Foundation grants for open educational resources, 2001 to 2016',
  publisher: 'OER World Map, hbz',
  kinds: ['organisation', 'funding'],
  folder: 'funding-hewlett-oer-grants',
  source: {
    address: repository,
    revision: 'd50be6b209b5',
    licence: 'https://spdx.org/licenses/Apache-2.0',
    attribution: 'OER World Map, North Rhine-Westphalian Library Service Centre (hbz), Apache-2.0',
  },
  expects: 'JSON: [{"@id": …, "isFundedBy": …, "agent": …}] or [{"@id": …, "name": [{"@value": …}]}]',
  recognise: (name, head) =>
    isNamed(name, grantsFile) ||
    isNamed(name, agentsFile) ||
    (/^\s*[[{]/.test(head) &&
      /"@id"/.test(head) &&
      /"@value"/.test(head) &&
      /"(?:isFundedBy|location|email|url)"/.test(head))
      ? name
      : undefined,
  read,
}
