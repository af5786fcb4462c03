/** DataCite Metadata Schema 4, alone or within `oai_datacite`: what it says of a resource, in terms of Dublin Core. */
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { childrenNamed, lineIn, localName, stated, statedBy, type Statement } from '#codecs/metadata/statement.ts'

/** The element `resource`, however it is wrapped. */
function resourceIn(element: XmlElement): XmlElement {
  if (localName(element.name) === 'resource') return element
  const payload = childrenNamed(element, 'payload')[0] ?? element
  return childrenNamed(payload, 'resource')[0] ?? element
}

const personIn = (element: XmlElement, name: string): string => {
  const part = (one: string) => childrenNamed(element, one).map(lineIn)[0]
  return part('givenName') && part('familyName') ? `${part('givenName')} ${part('familyName')}` : (part(name) ?? '')
}

export function readDataCite(root: XmlElement): Statement[] {
  const resource = resourceIn(root)
  const within = (outer: string, inner: string) =>
    childrenNamed(resource, outer).flatMap((one) => childrenNamed(one, inner))
  const isAlternative = ({ attributes }: XmlElement) =>
    ['AlternativeTitle', 'Subtitle'].includes(attributes['titleType'] ?? '')
  const date = (type: string) => within('dates', 'date').filter(({ attributes }) => attributes['dateType'] === type)
  return [
    ...statedBy(
      'title',
      within('titles', 'title').filter((one) => !isAlternative(one)),
    ),
    ...within('creators', 'creator').flatMap((one) => {
      const name = personIn(one, 'creatorName')
      // A value that nobody knows (DataCite 4, appendix 3).
      return name.startsWith(':') ? [] : stated('creator', name)
    }),
    ...within('contributors', 'contributor').flatMap((one) => stated('contributor', personIn(one, 'contributorName'))),
    ...statedBy('publisher', childrenNamed(resource, 'publisher')).filter(({ text }) => !text.startsWith(':')),
    ...statedBy('type', childrenNamed(resource, 'resourceType')),
    ...childrenNamed(resource, 'resourceType').flatMap(({ attributes }) =>
      stated('schemaType', attributes['resourceTypeGeneral']),
    ),
    ...statedBy('subject', within('subjects', 'subject')),
    ...statedBy('issued', date('Issued')),
    ...statedBy('issued', childrenNamed(resource, 'publicationYear')),
    ...statedBy('created', date('Created')),
    ...statedBy('language', childrenNamed(resource, 'language')),
    ...statedBy('format', within('formats', 'format')),
    ...statedBy(
      'description',
      within('descriptions', 'description').filter(
        ({ attributes }) => (attributes['descriptionType'] ?? 'Abstract') === 'Abstract',
      ),
    ),
    ...within('rightsList', 'rights').flatMap((one) => stated('rights', one.attributes['rightsURI'] ?? lineIn(one))),
    ...within('alternateIdentifiers', 'alternateIdentifier')
      .filter(({ attributes }) => attributes['alternateIdentifierType'] === 'URL')
      .toReversed()
      .flatMap((one) => stated('identifier', lineIn(one))),
    ...statedBy('identifier', childrenNamed(resource, 'identifier')),
  ]
}
