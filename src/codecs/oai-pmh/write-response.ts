/** Answers of an OAI-PMH 2.0 provider (§3.2), as XML. */
import { element, escapeXml, textElement } from '#codecs/xml/write-xml.ts'
import type { Arguments, OaiError, Verb } from './arguments.ts'

export type Header = { identifier: string; datestamp: string; sets: readonly string[]; isDeleted: boolean }
/** `metadata`: the XML of a format; absent where the record is deleted. */
export type RecordPart = { header: Header; metadata?: string }
export type TokenPart = { token: string; completeListSize?: number; cursor?: number }
export type FormatPart = { prefix: string; schema: string; namespace: string }
export type SetPart = { spec: string; name: string }
export type IdentifyPart = {
  repositoryName: string
  baseUrl: string
  adminEmails: readonly string[]
  earliestDatestamp: string
  compressions: readonly string[]
  /** The namespace of identifiers (guidelines for oai-identifier, version 2.0), and one of them. */
  namespace: string
  sampleIdentifier: string
}

export type Answer = {
  responseDate: string
  baseUrl: string
  /** Not told where the verb or an argument is wrong (§3.2). */
  asked?: { verb: Verb; arguments: Arguments }
  /** The inner XML: errors, or the element of the verb. */
  inner: string
}

const open =
  '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'

export const writeAnswer = ({ responseDate, baseUrl, asked, inner }: Answer): string =>
  `${open}${textElement('responseDate', responseDate)}\n${textElement('request', baseUrl, asked ? { verb: asked.verb, ...asked.arguments } : {})}\n${inner}\n</OAI-PMH>\n`

export const writeErrors = (errors: readonly OaiError[]): string =>
  errors.map(({ code, message }) => textElement('error', message, { code })).join('\n')

export function writeIdentify(of: IdentifyPart): string {
  const description = element(
    'oai-identifier',
    textElement('scheme', 'oai') +
      textElement('repositoryIdentifier', of.namespace) +
      textElement('delimiter', ':') +
      textElement('sampleIdentifier', of.sampleIdentifier),
    {
      xmlns: 'http://www.openarchives.org/OAI/2.0/oai-identifier',
      'xsi:schemaLocation':
        'http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd',
    },
  )
  const parts = [
    textElement('repositoryName', of.repositoryName),
    textElement('baseURL', of.baseUrl),
    textElement('protocolVersion', '2.0'),
    ...of.adminEmails.map((email) => textElement('adminEmail', email)),
    textElement('earliestDatestamp', of.earliestDatestamp),
    textElement('deletedRecord', 'persistent'),
    textElement('granularity', 'YYYY-MM-DDThh:mm:ssZ'),
    ...of.compressions.map((one) => textElement('compression', one)),
    element('description', description),
  ]
  return element('Identify', parts.join('\n'))
}

export const writeFormats = (formats: readonly FormatPart[]): string =>
  element(
    'ListMetadataFormats',
    formats
      .map(({ prefix, schema, namespace }) =>
        element(
          'metadataFormat',
          textElement('metadataPrefix', prefix) +
            textElement('schema', schema) +
            textElement('metadataNamespace', namespace),
        ),
      )
      .join('\n'),
  )

export const writeSets = (sets: readonly SetPart[]): string =>
  element(
    'ListSets',
    sets
      .map(({ spec, name }) => element('set', textElement('setSpec', spec) + textElement('setName', name)))
      .join('\n'),
  )

export function writeHeader({ identifier, datestamp, sets, isDeleted }: Header): string {
  let specs = ''
  for (const spec of sets) specs += `<setSpec>${spec}</setSpec>`
  return `<header${isDeleted ? ' status="deleted"' : ''}><identifier>${escapeXml(identifier)}</identifier><datestamp>${datestamp}</datestamp>${specs}</header>`
}

export const writeRecord = ({ header, metadata }: RecordPart): string =>
  `<record>${writeHeader(header)}${metadata === undefined ? '' : `<metadata>${metadata}</metadata>`}</record>`

/** The last page of a list that was resumed has an empty token (§3.5). */
export const writeToken = ({ token, completeListSize, cursor }: TokenPart): string =>
  textElement('resumptionToken', token, {
    completeListSize: completeListSize ? String(completeListSize) : undefined,
    cursor: cursor === undefined ? undefined : String(cursor),
  })

export const writeRecords = (records: readonly string[], token?: TokenPart): string =>
  `<ListRecords>\n${records.join('\n')}${token ? `\n${writeToken(token)}` : ''}\n</ListRecords>`
export const writeIdentifiers = (headers: readonly Header[], token?: TokenPart): string =>
  `<ListIdentifiers>\n${headers.map(writeHeader).join('\n')}${token ? `\n${writeToken(token)}` : ''}\n</ListIdentifiers>`
export const writeOneRecord = (record: RecordPart): string => `<GetRecord>${writeRecord(record)}</GetRecord>`
