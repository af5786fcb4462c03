/** What a study's citation says of it: its authors, and where it was published. */
import { readReference } from '#codecs/apa-reference/read-reference.ts'

type Fields = Record<string, unknown>

const mostAuthors = 200

/** The fields of a study that its citation tells; none where it is written in another form. */
export function citedIn(citation: unknown): Fields {
  const read = typeof citation === 'string' ? readReference(citation) : undefined
  if (!read) return {}
  const { authors, type, title: _title, year, doi, container, publisher, volume, issue, pages, place } = read
  return {
    ...(authors.length > 0 && { authors: authors.slice(0, mostAuthors) }),
    publicationType: type,
    ...short('container', container, 500),
    ...short('volume', volume, 50),
    ...short('issue', issue, 50),
    ...short('pages', pages, 50),
    ...short('publisher', publisher, 500),
    ...short('publisherPlace', place, 200),
    ...(year && { year }),
    ...(doi && { identifiers: [`https://doi.org/${doi}`] }),
  }
}

/** What is too long for its field was misread. */
const short = (name: string, value: string | undefined, max: number): Fields =>
  value && value.length <= max ? { [name]: value } : {}

/** Fills in what the citation tells, where nothing else was said. */
export const withCited = <Body extends { citation?: string | undefined }>(body: Body): Body => ({
  ...citedIn(body.citation),
  ...body,
})
