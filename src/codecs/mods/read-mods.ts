/** MODS 3 (Library of Congress): what it says of a resource, in terms of Dublin Core (the mapping of the Library of Congress). */
import type { XmlElement } from '#codecs/xml/read-xml.ts'
import { childrenNamed, languageOf, lineIn, stated, statedBy, type Statement } from '#codecs/metadata/statement.ts'

const isOriginal = ({ attributes }: XmlElement) =>
  !['alternative', 'abbreviated', 'uniform'].includes(attributes['type'] ?? '')

function titleOf(info: XmlElement): Statement[] {
  const [before, main, after] = ['nonSort', 'title', 'subTitle'].map((name) =>
    childrenNamed(info, name).map(lineIn).join(' '),
  )
  const whole = [before, main].filter(Boolean).join(' ')
  return stated('title', after ? `${whole}: ${after}` : whole, languageOf(info))
}

function nameOf(name: XmlElement): Statement[] {
  const part = (type: string) =>
    childrenNamed(name, 'namePart')
      .filter(({ attributes }) => (attributes['type'] ?? '') === type)
      .map(lineIn)
      .join(' ')
  const text = part('given') && part('family') ? `${part('given')} ${part('family')}` : part('') || part('family')
  const roles = childrenNamed(name, 'role').flatMap((role) =>
    childrenNamed(role, 'roleTerm').map((term) => lineIn(term).toLowerCase()),
  )
  const isAuthor = roles.length === 0 || roles.some((role) => ['aut', 'cre', 'author', 'creator'].includes(role))
  const isPublisher = roles.some((role) => role === 'pbl' || role === 'publisher')
  return stated(isPublisher ? 'publisher' : isAuthor ? 'creator' : 'contributor', text)
}

export function readMods(root: XmlElement): Statement[] {
  const within = (outer: string, ...inner: string[]) =>
    childrenNamed(root, outer).flatMap((one) => childrenNamed(one, ...inner))
  return [
    ...childrenNamed(root, 'titleInfo').filter(isOriginal).flatMap(titleOf),
    ...childrenNamed(root, 'name').flatMap(nameOf),
    ...statedBy('type', childrenNamed(root, 'genre')),
    ...statedBy('type', childrenNamed(root, 'typeOfResource')),
    ...statedBy('publisher', within('originInfo', 'publisher')),
    ...statedBy('issued', within('originInfo', 'dateIssued')),
    ...statedBy('created', within('originInfo', 'dateCreated')),
    ...statedBy('language', within('language', 'languageTerm')),
    ...statedBy('format', within('physicalDescription', 'internetMediaType')),
    ...statedBy('description', childrenNamed(root, 'abstract')),
    ...statedBy('audience', childrenNamed(root, 'targetAudience')),
    ...childrenNamed(root, 'subject').flatMap((subject) =>
      childrenNamed(subject, 'topic').flatMap((topic) =>
        stated('subject', lineIn(topic), languageOf(topic) ?? languageOf(subject)),
      ),
    ),
    ...childrenNamed(root, 'location').flatMap((location) =>
      childrenNamed(location, 'url')
        .toSorted(
          (a, b) =>
            Number(b.attributes['access'] === 'object in context') -
            Number(a.attributes['access'] === 'object in context'),
        )
        .flatMap((url) => stated('identifier', lineIn(url))),
    ),
    ...statedBy('identifier', childrenNamed(root, 'identifier')),
    ...childrenNamed(root, 'accessCondition').flatMap((one) =>
      stated('rights', one.attributes['xlink:href'] ?? lineIn(one)),
    ),
  ]
}
