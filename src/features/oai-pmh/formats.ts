/** The formats of metadata, each written of the same description of a record. */
import type { Description } from '#codecs/metadata/description.ts'
import { writeDataCite } from '#codecs/datacite/write-datacite.ts'
import { writeOaiDc, writeQualifiedDc } from '#codecs/dublin-core/write-dublin-core.ts'
import { writeLom } from '#codecs/lom/write-lom.ts'
import { writeMods } from '#codecs/mods/write-mods.ts'
import type { FormatPart } from '#codecs/oai-pmh/write-response.ts'
import { escapeText, escapeXml } from '#codecs/xml/write-xml.ts'
import { isInAmb, toAmb, writeAmb } from '#features/export/amb.ts'
import { describe } from '#features/export/describe.ts'
import type { Titles } from '#features/export/people.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'

export type Written = {
  kind: Kind
  record: StoredRecord
  titles: Titles
  absolute: (path: string) => string
  site: { name: string; address: string }
  typeName: string
}

export type Format = Omit<FormatPart, 'schema'> & {
  /** An address, or a path at this node. */
  schema: string
  /** Kinds whose records can be told in it; all where absent. */
  isFor?: (kind: Kind) => boolean
  write: (of: Written) => string
}

const described =
  (write: (of: Description) => string) =>
  ({ kind, record, titles, absolute, site, typeName }: Written) =>
    write(describe(kind, record, { absolute, provider: site.name, typeName, titles }))

/** JSON as the text of an element: it is read back as it was written. */
export const jsonNamespace = 'https://w3id.org/qingdao/oai/json/1.0'
export const jsonSchemaPath = '/oai/schemas/json.xsd'
const wrapped = (name: string, mediaType: string, json: string) =>
  `<${name} xmlns="${jsonNamespace}" mediaType="${escapeXml(mediaType)}">${escapeText(json)}</${name}>`

export const formats: readonly Format[] = [
  {
    prefix: 'oai_dc',
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
    write: described(writeOaiDc),
  },
  {
    prefix: 'oai_qdc',
    schema: 'http://worldcat.org/xmlschemas/qdc/1.0/qdc-1.0.xsd',
    namespace: 'http://worldcat.org/xmlschemas/qdc-1.0/',
    write: described(writeQualifiedDc),
  },
  {
    prefix: 'mods',
    schema: 'http://www.loc.gov/standards/mods/v3/mods-3-7.xsd',
    namespace: 'http://www.loc.gov/mods/v3',
    write: described(writeMods),
  },
  {
    prefix: 'datacite',
    schema: 'http://schema.datacite.org/meta/kernel-4/metadata.xsd',
    namespace: 'http://datacite.org/schema/kernel-4',
    write: described(writeDataCite),
  },
  {
    prefix: 'lom',
    schema: 'http://ltsc.ieee.org/xsd/lomv1.0/lom.xsd',
    namespace: 'http://ltsc.ieee.org/xsd/LOM',
    isFor: isInAmb,
    write: described(writeLom),
  },
  {
    prefix: 'amb',
    schema: jsonSchemaPath,
    namespace: jsonNamespace,
    isFor: isInAmb,
    write: ({ kind, record, absolute, site, titles }) =>
      wrapped('amb', 'application/ld+json', writeAmb(toAmb({ absolute, site, titles }, kind, record))),
  },
  {
    prefix: 'qingdao',
    schema: jsonSchemaPath,
    namespace: jsonNamespace,
    write: ({ record: { number: _, ...record } }) => wrapped('record', 'application/json', JSON.stringify(record)),
  },
]

export const formatNamed = (prefix: string): Format | undefined => formats.find((one) => one.prefix === prefix)

/** Names of the kinds that a format is for; undefined where it is for all. */
export const kindsIn = ({ isFor }: Format, kinds: ReadonlyMap<string, Kind>): string[] | undefined =>
  isFor && [...kinds.values()].filter(isFor).map(({ name }) => name)

/** What stands in `json.xsd`. */
export const jsonSchema = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${jsonNamespace}" targetNamespace="${jsonNamespace}" elementFormDefault="qualified">
  <xs:annotation>
    <xs:documentation xml:lang="en">JSON as the text of an element. amb: JSON-LD in the profile https://w3id.org/kim/amb/. record: a whole record of a Qingdao node, as a line of its dump has it.</xs:documentation>
  </xs:annotation>
  <xs:complexType name="json">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="mediaType" type="xs:string" use="required"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:element name="amb" type="json"/>
  <xs:element name="record" type="json"/>
</xs:schema>
`
