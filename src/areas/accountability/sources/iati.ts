/**
 * Activity files of IATI 2.01 to 2.03 by any publisher. A file is read twice: first whether it is whole and well formed, so that
 * nothing of a broken one is taken; then activity by activity, whatever its length.
 */
import type { Folder } from '#kernel/folder.ts'
import { readActivity, type Activity } from '#codecs/iati/activity.ts'
import { brokenRules, type Finding } from '#codecs/iati/rules.ts'
import { faultsOfEach } from '#codecs/iati/schema.ts'
import { decodePieces } from '#codecs/xml/decode-pieces.ts'
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { streamXml } from '#codecs/xml/stream-xml.ts'
import { sumsOfOrganisation } from '#records/sources/named-organisations.ts'
import { malformedFile, refuse } from '#records/sources/row.ts'
import type { Note, Row, Source, Told } from '#records/sources/source.ts'
import { fundingRow } from '../iati/funding-row.ts'
import { organisationsOf, type Organisations } from '../iati/organisations.ts'

const readable = ['2.01', '2.02', '2.03']
const ownFiles = /(?:^|\/)iati_2\.03_\w+_GeocodedResearchRelease\.xml$/
const atOnce = 100

type Placed = { element: XmlElement; activity: Activity; line: number }
type Reading = {
  file: string
  root: XmlElement
  told: Told
  isOnPortal: boolean
  organisations: Organisations
  publisher: string
}

const readIati = (isOnPortal: boolean) =>
  async function* read(folder: Folder, told: Told = {}): AsyncGenerator<Row> {
    for (const file of await folder.names()) {
      const fault = await faultOf(folder, file)
      if (fault) yield { place: file, refused: fault }
      else yield* rowsOf(folder, file, told, isOnPortal)
    }
  }

const partsOf = (folder: Folder, file: string) => streamXml(decodePieces(folder.pieces(file), file))

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
  let reading: Reading | undefined
  let waiting: Placed[] = []
  let line = 0
  for await (const part of partsOf(folder, file)) {
    if ('root' in part) {
      const nobody = organisationsOf('', () => file)
      reading = { file, root: part.root, told, isOnPortal, organisations: nobody, publisher: '' }
    } else if ('tooLarge' in part) yield refuse(`${file}:${part.line}`, 'activityTooLarge')
    else if (part.child.name === 'iati-activity') {
      const activity = readActivity(part.child)
      line = part.line
      if (reading!.publisher === '') {
        const publisher = activity.reporting.ref ?? Object.values(activity.reporting.name ?? {})[0] ?? file
        reading = { ...reading!, publisher, organisations: organisationsOf(publisher, () => `${file}:${line}`) }
      }
      if (isWanted(activity, told)) waiting.push({ element: part.child, activity, line })
    }
    if (waiting.length >= atOnce) yield* rowsOfSome(reading!, waiting.splice(0))
  }
  if (reading && waiting.length > 0) yield* rowsOfSome(reading, waiting)
}

/** By the beginning of a purpose code of the DAC: `11` is education. */
const isWanted = ({ sectors, transactions }: Activity, { sectors: wanted }: Told): boolean =>
  !wanted ||
  [
    ...sectors.filter(({ vocabulary }) => ['1', '2'].includes(vocabulary)).map(({ code }) => code),
    ...transactions.flatMap(({ sector }) => sector ?? []),
  ].some((code) => wanted.some((start) => code.startsWith(start)))

async function* rowsOfSome(reading: Reading, some: readonly Placed[]): AsyncGenerator<Row> {
  const { file, root, told, isOnPortal, organisations } = reading
  const faults = await schemaFindings(root, some)
  for (const [at, { element, activity, line }] of some.entries()) {
    const place = `${file}:${line}`
    const { ref = '' } = activity.reporting
    if (told.publisher !== undefined && ref !== told.publisher) {
      yield refuse(place, 'publisherOther', { given: ref.slice(0, 100) || '–', expected: told.publisher })
      continue
    }
    const findings = [
      ...faults[at]!,
      ...brokenRules(element, { today: asOf(root, activity) }),
      ...publisherFindings(reading, ref),
    ]
    const url = isOnPortal ? `https://d-portal.org/q.html?aid=${encodeURIComponent(activity.identifier)}` : undefined
    const row = fundingRow(place, { activity, version: root.attributes['version']!, findings }, organisations, url)
    // Whom only an activity names that is not taken, nobody names.
    if ('refused' in row) organisations.forget()
    else yield* organisations.fresh()
    yield row
  }
}

/** Rules on what is yet to come are asked of the day on which the file was made, so that it reads alike whenever it is read. */
const asOf = ({ attributes }: XmlElement, { lastUpdated }: Activity): string =>
  (attributes['generated-datetime'] ?? lastUpdated ?? '9999-12-31').slice(0, 10)

async function schemaFindings({ attributes }: XmlElement, some: readonly Placed[]): Promise<Finding[][]> {
  const finding = (message: string): Finding => ({ rule: 'XSD', severity: 'critical', message, count: 1 })
  const faults = await faultsOfEach(
    'iati-activities',
    attributes,
    some.map(({ element }) => element),
  )
  return faults.map((messages) => [...new Set(messages)].slice(0, 20).map(finding))
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
