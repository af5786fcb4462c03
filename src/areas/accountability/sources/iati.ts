/**
 * Activity files of IATI 2.01 to 2.03 by any publisher. A file is read twice: first whether it is whole and well formed, so that
 * nothing of a broken one is taken; then activity by activity, whatever its length.
 */
import type { Folder } from '#kernel/folder.ts'
import { readActivity, type Activity } from '#codecs/iati/activity.ts'
import { brokenRules, type Finding } from '#codecs/iati/rules.ts'
import { faultsOfEach, lineOf } from '#codecs/iati/schema.ts'
import { decodePieces } from '#codecs/xml/decode-pieces.ts'
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { elementOf } from '#codecs/xml/element.ts'
import { streamXml, usualStreamLimits } from '#codecs/xml/stream-xml.ts'
import { sumsOfOrganisation } from '#records/sources/named-organisations.ts'
import { malformedFile, refuse } from '#records/sources/row.ts'
import type { Note, Row, Source, Told } from '#records/sources/source.ts'
import { fundingRow } from '../iati/funding-row.ts'
import { organisationsOf, type Organisations } from '../iati/organisations.ts'

const readable = ['2.01', '2.02', '2.03']
const ownFiles = /(?:^|\/)iati_2\.03_\w+_GeocodedResearchRelease\.xml$/
/** What is held before the schema is asked, which costs much once and little for each. */
export const atOnce = { activities: 400, characters: 2_000_000 }

/** An activity that waits for the schema: its element, many times as large, is let go. */
type Waiting = { xml: string; activity: Activity; line: number; findings: Finding[] }
type Reading = {
  file: string
  /** Of the activity that is made a row. */
  place: string
  root: XmlElement
  isOnPortal: boolean
  publisher: string
}
type Child = { child: XmlElement; line: number }
type Refused = Extract<Row, { refused: Note }>

const readIati = (isOnPortal: boolean) =>
  async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
    for (const file of await folder.names()) {
      const fault = await faultOf(folder, file)
      if (fault) yield { place: file, refused: fault }
      else yield* rowsOf(folder, file, told, isOnPortal)
    }
  }

/** Room for several times the transactions that an activity may have. */
const limits = { ...usualStreamLimits, child: 4 * 1024 * 1024 }

const partsOf = (folder: Folder, file: string) => streamXml(decodePieces(folder.pieces(file), file), limits)

/** Why nothing of a file can be taken; nothing where it is whole. */
async function faultOf(folder: Folder, file: string): Promise<Note | undefined> {
  try {
    for await (const part of partsOf(folder, file)) {
      if (!('root' in part)) continue
      const { name, attributes } = part.root
      const version = attributes['version'] ?? ''
      if (name !== 'iati-activities') return { code: 'iatiRoot', values: { name: name.slice(0, 100) } }
      if (!readable.includes(version)) return { code: 'iatiVersion', values: { version: version.slice(0, 20) || '–' } }
    }
    return undefined
  } catch (error) {
    return malformedFile(error)
  }
}

async function* rowsOf(folder: Folder, file: string, told: Told, isOnPortal: boolean): AsyncGenerator<Row> {
  const reading: Reading = { file, place: file, root: elementOf(''), isOnPortal, publisher: '' }
  using organisations = organisationsOf(
    () => reading.publisher,
    () => reading.place,
  )
  let waiting: Waiting[] = []
  let characters = 0
  for await (const part of partsOf(folder, file)) {
    if ('root' in part) reading.root = part.root
    else if ('tooLarge' in part) yield refuse(`${file}:${part.line}`, 'activityTooLarge')
    else if (part.child.name === 'iati-activity') {
      const read = readWanted(reading, part, told)
      if (!read) continue
      if ('refused' in read) yield read
      else {
        waiting.push(read)
        characters += read.xml.length
      }
    }
    if (waiting.length < atOnce.activities && characters < atOnce.characters) continue
    yield* rowsOfSome(reading, waiting, organisations)
    waiting = []
    characters = 0
  }
  yield* rowsOfSome(reading, waiting, organisations)
}

/** Whoever the first activity says publishes the file; nothing where the activity is none of those that are wanted. */
function readWanted(reading: Reading, { child, line }: Child, told: Told): Waiting | Refused | undefined {
  const activity = readActivity(child)
  const { ref = '', name = {} } = activity.reporting
  reading.publisher ||= ref || Object.values(name)[0] || reading.file
  if (!isWanted(activity, told)) return undefined
  if (told.publisher !== undefined && ref !== told.publisher) {
    const values = { given: ref.slice(0, 100) || '–', expected: told.publisher }
    return refuse(`${reading.file}:${line}`, 'publisherOther', values) as Refused
  }
  const findings = [...brokenRules(child, { today: asOf(reading.root, activity) }), ...publisherFindings(reading, ref)]
  return { xml: lineOf(child), activity, line, findings }
}

/** By the beginning of a purpose code of the DAC: `11` is education. */
const isWanted = ({ sectors, transactions }: Activity, { sectors: wanted }: Told): boolean =>
  !wanted ||
  [
    ...sectors.filter(({ vocabulary }) => ['1', '2'].includes(vocabulary)).map(({ code }) => code),
    ...transactions.flatMap(({ sector }) => sector ?? []),
  ].some((code) => wanted.some((start) => code.startsWith(start)))

async function* rowsOfSome(
  reading: Reading,
  some: readonly Waiting[],
  organisations: Organisations,
): AsyncGenerator<Row> {
  const { file, root, isOnPortal } = reading
  const faults = await schemaFindings(root, some)
  for (const [at, { activity, line, findings }] of some.entries()) {
    const url = isOnPortal ? `https://d-portal.org/q.html?aid=${encodeURIComponent(activity.identifier)}` : undefined
    const judged = { activity, version: root.attributes['version']!, findings: [...faults[at]!, ...findings] }
    reading.place = `${file}:${line}`
    const row = fundingRow(reading.place, judged, organisations, url)
    // Whom only an activity names that is not taken, nobody names.
    if ('refused' in row) organisations.forget()
    else yield* organisations.fresh()
    yield row
  }
}

/** Rules on what is yet to come are asked of the day on which the file was made, so that it reads alike whenever it is read. */
const asOf = ({ attributes }: XmlElement, { lastUpdated }: Activity): string =>
  (attributes['generated-datetime'] ?? lastUpdated ?? '9999-12-31').slice(0, 10)

async function schemaFindings({ attributes }: XmlElement, some: readonly Waiting[]): Promise<Finding[][]> {
  const finding = (message: string): Finding => ({ rule: 'XSD', severity: 'critical', message, count: 1 })
  const faults = await faultsOfEach(
    'iati-activities',
    attributes,
    some.map(({ xml }) => xml),
  )
  return faults.map((messages) => messages.map(finding))
}

function publisherFindings({ publisher }: Reading, ref: string): Finding[] {
  const says = (message: string): Finding[] => [{ rule: 'publisher', severity: 'error', message, count: 1 }]
  if (ref === '') return says('The reporting organisation has no identifier, so nothing shows who publishes this.')
  if (ref === publisher) return []
  return says('The reporting organisation is another one than that of the first activity of the file.')
}

const shared = {
  kinds: ['organisation', 'funding'],
  sums: { organisation: sumsOfOrganisation },
  expects: 'XML: <iati-activities version="2.03"><iati-activity>…',
}
/** The beginning of a file in UTF-16 has a NUL beside each letter. */
const isActivities = (head: string) => /<iati-activities[\s>]/.test(head.replaceAll('\u0000', ''))

/** Of whoever publishes under the standard. */
export const iati: Source = {
  ...shared,
  name: 'iati',
  title: 'IATI activities',
  publisher: 'Publishers of the International Aid Transparency Initiative',
  folder: 'iati',
  source: {
    address: 'https://iatiregistry.org/',
    revision: 'as given',
    licence:
      'https://iatistandard.org/en/guidance/preparing-organisation/organisation-data-publication/how-to-license-your-data/',
    attribution:
      'The reporting organisation that each record names, under the licence that it chose in the IATI Registry',
  },
  recognise: (name, head) => (isActivities(head) && !ownFiles.test(name) ? name : undefined),
  read: readIati(true),
}

/** Two exports of national aid information systems, geocoded by AidData, which are in no registry. */
export const iatiAidData: Source = {
  ...shared,
  name: 'iati-aiddata',
  title: 'AidData: geocoded aid to Honduras and Iraq',
  publisher: 'AidData, William & Mary',
  folder: 'iati-aiddata',
  source: {
    address: 'https://github.com/AidData-WM/public_datasets',
    revision: 'afaf88bc3165',
    licence: 'https://opendatacommons.org/licenses/by/1-0/',
    attribution:
      'AidData, geocoded research releases for the aid information management systems of Honduras and Iraq, ODC-By 1.0',
  },
  recognise: (name, head) => (isActivities(head) && ownFiles.test(name) ? name : undefined),
  read: readIati(false),
}
