/** IEEE Learning Object Metadata (1484.12.3-2005): what it says of a resource, in terms of Dublin Core. */
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { childrenNamed, languageOf, lineIn, stated, statedBy, type Statement } from '#codecs/metadata/statement.ts'

/** Texts in languages: `string` of LOM 1.0, `langstring` of older bindings. */
const inLanguages = (term: string, elements: readonly XmlElement[]): Statement[] =>
  elements.flatMap((element) => {
    const strings = childrenNamed(element, 'string', 'langstring')
    return strings.length > 0
      ? strings.flatMap((one) => stated(term, lineIn(one), languageOf(one)))
      : stated(term, lineIn(element))
  })

/** The formatted name of a vCard (RFC 2426). */
const nameIn = (card: string): string =>
  (
    /^FN(?:;[^:\r\n]*)?:(.*)$/im.exec(card)?.[1] ??
    /^ORG(?:;[^:\r\n]*)?:(.*)$/im.exec(card)?.[1] ??
    (card.includes('BEGIN:') ? '' : card)
  )
    .replaceAll(/\\(.)/g, '$1')
    .trim()

export function readLom(root: XmlElement): Statement[] {
  const within = (outer: string, ...inner: string[]) =>
    childrenNamed(root, outer).flatMap((one) => childrenNamed(one, ...inner))
  const value = (element: XmlElement) => childrenNamed(element, 'value').map(lineIn)[0] ?? lineIn(element)
  const values = (term: string, elements: readonly XmlElement[]) => elements.flatMap((one) => stated(term, value(one)))
  const contributions = within('lifeCycle', 'contribute').concat(within('lifecycle', 'contribute'))
  const roles: Readonly<Record<string, string>> = { author: 'creator', publisher: 'publisher' }
  const classified = childrenNamed(root, 'classification').flatMap((one) => {
    const purpose = childrenNamed(one, 'purpose').map(value)[0]
    const term = purpose === 'educational level' ? 'educationLevel' : 'subject'
    return childrenNamed(one, 'taxonPath', 'taxonpath').flatMap((path) =>
      inLanguages(
        term,
        childrenNamed(path, 'taxon')
          .slice(-1)
          .flatMap((taxon) => childrenNamed(taxon, 'entry')),
      ),
    )
  })
  return [
    ...inLanguages('title', within('general', 'title')),
    ...inLanguages('description', within('general', 'description')),
    ...inLanguages('keyword', within('general', 'keyword')),
    ...statedBy('language', within('general', 'language')).filter(({ text }) => text !== 'none'),
    ...contributions.flatMap((one) => {
      const role = roles[childrenNamed(one, 'role').map(value)[0] ?? ''] ?? 'contributor'
      const date = childrenNamed(one, 'date')
        .flatMap((when) => childrenNamed(when, 'dateTime', 'datetime'))
        .map(lineIn)[0]
      return [
        ...childrenNamed(one, 'entity', 'centity').flatMap((entity) =>
          stated(role, nameIn(entity.text || lineIn(entity))),
        ),
        ...stated(role === 'publisher' ? 'issued' : 'created', date),
      ]
    }),
    ...statedBy('format', within('technical', 'format')),
    ...statedBy('identifier', within('technical', 'location')),
    ...within('general', 'identifier').flatMap((one) =>
      stated('identifier', childrenNamed(one, 'entry').map(lineIn)[0]),
    ),
    ...values('type', within('educational', 'learningResourceType', 'learningresourcetype')),
    ...values('audience', within('educational', 'intendedEndUserRole', 'intendedenduserrole')),
    ...values('educationLevel', within('educational', 'context')),
    ...classified,
    ...inLanguages('rights', within('rights', 'description')),
  ]
}
