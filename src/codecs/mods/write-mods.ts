/** Metadata Object Description Schema (Library of Congress), version 3.7. */
import { doiIn, type Description, type GeneralType, type Relation, type Term } from '#codecs/metadata/description.ts'
import { each, element, inOnePiece, textElement, writtenOnce, type Attributes } from '#codecs/xml/write-xml.ts'

const open =
  '<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.7" xsi:schemaLocation="http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-7.xsd">'

/** The closed list of `typeOfResource`; none where nothing in it fits. */
const types: Readonly<Record<GeneralType, string | undefined>> = {
  text: 'text',
  dataset: 'software, multimedia',
  software: 'software, multimedia',
  video: 'moving image',
  image: 'still image',
  collection: 'mixed material',
  event: undefined,
  other: undefined,
}
/** MARC relator terms, https://id.loc.gov/vocabulary/relators. */
const relators = { author: 'aut', editor: 'edt', translator: 'trl', illustrator: 'ill', contributor: 'ctb' } as const
const relatedTypes: Readonly<Record<Relation, string | undefined>> = {
  isPartOf: 'host',
  isVersionOf: 'original',
  references: 'references',
  source: 'otherFormat',
}

const title = (text: string, language: string | undefined, more: Attributes = {}) =>
  element('titleInfo', textElement('title', text), { ...more, 'xml:lang': language })

function name({ name: whole, family, given, role, sort, orcid }: Description['agents'][number]): string {
  const parts =
    family && given
      ? textElement('namePart', family, { type: 'family' }) + textElement('namePart', given, { type: 'given' })
      : textElement('namePart', whole)
  const identifier = orcid ? textElement('nameIdentifier', orcid, { type: 'orcid', typeURI: 'https://orcid.org' }) : ''
  const relator = textElement('roleTerm', relators[role], { type: 'code', authority: 'marcrelator' })
  const type = sort === 'group' ? 'corporate' : sort === 'person' ? 'personal' : undefined
  return element('name', parts + element('role', relator) + identifier, { type })
}

function origin(of: Description): string {
  const date = (name: string, value: string | undefined, more: Attributes = {}) =>
    value ? textElement(name, value, { encoding: 'w3cdtf', ...more }) : ''
  const inner =
    each(of.publishers, (one) => textElement('publisher', one)) +
    date('dateIssued', of.issued, { keyDate: 'yes' }) +
    date('dateCreated', of.created) +
    date('dateModified', of.modified) +
    (of.version ? textElement('edition', of.version) : '')
  return inner && element('originInfo', inner)
}

const topic = writtenOnce(({ text, language, uri }: Term) =>
  element('subject', textElement('topic', text, { valueURI: uri }), { 'xml:lang': language }),
)
const place = writtenOnce(({ text, uri }: Term) =>
  element('subject', textElement('geographic', text, { valueURI: uri })),
)
const genre = writtenOnce(({ text, uri }: Term) => textElement('genre', text, { valueURI: uri }))
const targetAudience = writtenOnce(({ text, uri }: Term) => textElement('targetAudience', text, { valueURI: uri }))

const subjects = (of: Description) =>
  each(of.subjects, topic) +
  each(of.keywords, ({ text, language }) => element('subject', textElement('topic', text), { 'xml:lang': language })) +
  each(of.places, place) +
  each(of.periods, (text) => element('subject', textElement('temporal', text)))

const identifier = (written: string) => {
  const doi = doiIn(written)
  if (doi) return textElement('identifier', doi, { type: 'doi' })
  return textElement('identifier', written, { type: /^https?:/.test(written) ? 'uri' : 'local' })
}

const recordInfo = (of: Description) =>
  element(
    'recordInfo',
    textElement('recordContentSource', of.provider) +
      textElement('recordCreationDate', of.describedAt, { encoding: 'w3cdtf' }) +
      textElement('recordChangeDate', of.changedAt, { encoding: 'w3cdtf' }) +
      textElement('recordIdentifier', of.address) +
      element(
        'languageOfCataloging',
        textElement('languageTerm', of.describedIn, { type: 'code', authority: 'rfc5646' }),
      ),
  )

const rights = (of: Description) =>
  (of.licence
    ? textElement('accessCondition', of.licence, {
        type: 'use and reproduction',
        'xlink:href': /^https?:\/\/\S+$/.test(of.licence) ? of.licence : undefined,
      })
    : '') + each(of.rights, (one) => textElement('accessCondition', one, { type: 'use and reproduction' }))

const where = (of: Description) =>
  element(
    'location',
    textElement('url', of.address, { usage: 'primary' }) +
      each(of.addresses, (one) => textElement('url', one, { access: 'object in context' })),
  )

export function writeMods(of: Description): string {
  const [first, ...others] = of.titles
  const type = types[of.generalType]
  return inOnePiece(
    open,
    first ? title(first.text, first.language) : '',
    each(others, ({ text, language }) => title(text, language, { type: 'translated' })),
    each(of.alternatives, ({ text, language }) => title(text, language, { type: 'alternative' })),
    each(of.agents, name),
    type ? textElement('typeOfResource', type) : '',
    textElement('genre', of.type),
    each(of.resourceTypes, genre),
    origin(of),
    each(of.languages, (tag) =>
      element('language', textElement('languageTerm', tag, { type: 'code', authority: 'rfc5646' })),
    ),
    of.formats.length > 0
      ? element(
          'physicalDescription',
          each(of.formats, (one) => textElement('internetMediaType', one)),
        )
      : '',
    each(of.abstracts, ({ text, language }) => textElement('abstract', text, { 'xml:lang': language })),
    each(of.audiences, targetAudience),
    each(of.levels, targetAudience),
    subjects(of),
    each(of.relations, ({ relation, address }) =>
      element('relatedItem', element('location', textElement('url', address)), { type: relatedTypes[relation] }),
    ),
    each(of.identifiers, identifier),
    where(of),
    rights(of),
    recordInfo(of),
    '</mods>',
  )
}
