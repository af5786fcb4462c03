/** Achievement Standards Network, RDF/JSON: subject → predicate → values. */
import { parseJson, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

export type AsnText = Record<string, string>
export type AsnStatement = {
  uri: string
  text: AsnText
  grades: string[]
  children: string[]
  topics: string[]
  identifiers: string[]
  /** `statementNotation`: the code by which its publisher names it. */
  notation?: string
  /** The last part of the address of each topic (`ASNTopic`). */
  subjects: string[]
}
export type AsnDocument = Omit<AsnStatement, 'notation'> & {
  title: AsnText
  status?: string
  valid?: string
  jurisdiction?: string
  licence?: string
  publisher?: string
}
export type Asn = { document: AsnDocument; statements: AsnStatement[] }

type Value = { value: string; lang?: string }
type Subject = Record<string, Value[]>

const asn = 'http://purl.org/ASN/schema/core/'
const dct = 'http://purl.org/dc/terms/'
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function subjectOf(value: unknown): Subject {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).map(([predicate, values]) => [
      predicate,
      (Array.isArray(values) ? values : []).filter(
        (one): one is Value => isObject(one) && typeof one['value'] === 'string',
      ),
    ]),
  )
}

const values = (subject: Subject, predicate: string) =>
  (subject[predicate] ?? []).map(({ value }) => value.trim()).filter(Boolean)
const tails = (subject: Subject, predicate: string) => values(subject, predicate).map((uri) => uri.replace(/^.*\//, ''))
const textOf = (subject: Subject, predicate: string): AsnText =>
  Object.fromEntries(
    (subject[predicate] ?? [])
      .filter(({ value }) => value.trim())
      .map(({ value, lang }) => [lang ?? 'und', value.trim()]),
  )

function notationOf(subject: Subject): { notation?: string } {
  const [notation] = [
    `${asn}statementNotation`,
    `${asn}altStatementNotation`,
    'http://www.w3.org/2004/02/skos/core#notation',
  ].flatMap((predicate) => values(subject, predicate))
  return notation ? { notation } : {}
}

const statementOf = (uri: string, subject: Subject): AsnStatement => ({
  uri,
  ...notationOf(subject),
  subjects: tails(subject, `${dct}subject`),
  text: textOf(subject, `${dct}description`),
  grades: tails(subject, `${dct}educationLevel`),
  children: values(subject, 'http://purl.org/gem/qualifiers/hasChild'),
  topics: values(subject, `${asn}localSubject`),
  identifiers: values(subject, `${asn}identifier`),
})

/** @throws Problem malformedJson, tooDeep, tooLarge; invalid when no standards document is in it. */
export function readAsn(text: string, limits: Partial<InputLimits> = {}): Asn {
  const graph = parseJson(text, limits)
  if (!isObject(graph)) throw new Problem('invalid', { rule: 'asn' })
  const subjects = Object.entries(graph).map(([uri, value]) => [uri, subjectOf(value)] as const)
  const ofType = (name: string) => subjects.filter(([, subject]) => tails(subject, rdfType).includes(name))
  const [found] = ofType('StandardDocument')
  if (!found) throw new Problem('invalid', { rule: 'asn-document' })

  const [uri, subject] = found
  const about =
    subjects.find(([, one]) => values(one, 'http://xmlns.com/foaf/0.1/primaryTopic').includes(uri))?.[1] ??
    new Map(subjects).get(`${uri}.json`) ??
    {}
  const either = (...predicates: string[]) =>
    [subject, about].flatMap((one) => predicates.flatMap((predicate) => values(one, predicate)))[0]
  const [status, valid, jurisdiction] = [
    tails(subject, `${asn}publicationStatus`)[0],
    values(subject, `${dct}valid`)[0],
    tails(subject, `${asn}jurisdiction`)[0],
  ]
  const [licence, publisher] = [
    either('http://creativecommons.org/ns#license', `${dct}license`),
    either(
      `${dct}publisher`,
      'http://purl.org/dc/elements/1.1/publisher',
      'http://creativecommons.org/ns#attributionName',
    ),
  ]
  const document: AsnDocument = {
    ...statementOf(uri, subject),
    title: { ...textOf(subject, `${dct}title`), ...textOf(subject, 'http://purl.org/dc/elements/1.1/title') },
    ...(status && { status }),
    ...(valid && { valid }),
    ...(jurisdiction && { jurisdiction }),
    ...(licence && { licence }),
    ...(publisher && { publisher }),
  }
  const contents = values(subject, `${dct}tableOfContents`)
  if (document.children.length === 0) document.children = contents
  return { document, statements: ofType('Statement').map(([statement, fields]) => statementOf(statement, fields)) }
}
