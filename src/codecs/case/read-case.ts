/** Competencies and Academic Standards Exchange 1.0 (1EdTech): a CFPackage. */
import { parseJson, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

export type CaseDocument = {
  uri: string
  title: string
  creator?: string
  publisher?: string
  adoptionStatus?: string
  language?: string
  changedAt?: string
  description?: string
  /** Names of subjects, in the order of the document. */
  subjects: string[]
  /** An address or a name, as the document or the definition of its licence says. */
  licence?: string
}
export type CaseItem = {
  uri: string
  statement: string
  abbreviated?: string
  code?: string
  type?: string
  language?: string
  grades?: string
  notes?: string
  listEnumeration?: string
}
export type CaseAssociation = { uri: string; type: string; origin: string; destination: string; sequence?: number }
export type CasePackage = { document: CaseDocument; items: CaseItem[]; associations: CaseAssociation[] }

type Fields = Record<string, unknown>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const all = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : [])
const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : undefined)
/** A link is an object in CASE 1.0; some servers give its address alone. */
const uriOf = (value: unknown) => text(value) ?? text(fields(value)['uri'])

function kept<Shape extends object>(value: { [Key in keyof Shape]: Shape[Key] | undefined }): Shape {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Shape
}

function grades(item: Fields): string | undefined {
  const level = item['educationLevel'] ?? item['educationalLevel']
  return Array.isArray(level) ? level.filter((one) => typeof one === 'string').join(', ') || undefined : text(level)
}

/** A document has several subjects; `subject` is a list or one name, and some servers give only `subjectURI`. */
function subjectsOf(document: Fields): string[] {
  const named = [document['subject']].flat().flatMap((one) => text(one)?.split(/\s*[,;|]\s*/) ?? [])
  const linked = [document['subjectURI']].flat().flatMap((one) => text(fields(one)['title']) ?? [])
  return [...new Set([...named, ...linked].filter(Boolean))]
}

/** The licence lies at an address of its own, or is defined in the package under an address of the server. */
function licenceOf(document: Fields, definitions: Fields): string | undefined {
  const link = document['licenseURI'] ?? document['CFLicense'] ?? document['license']
  const uri = uriOf(link)
  const defined = all(definitions['CFLicenses']).find((one) => uriOf(one) === uri)
  const said = [uri, text(fields(link)['title']), text(defined?.['title']), text(defined?.['licenseText'])]
  const named = said.filter((one) => one !== undefined)
  return named.find((one) => /creativecommons\.org|spdx\.org|opensource\.org/.test(one)) ?? named[1] ?? named[0]
}

/** @throws Problem malformedJson, tooDeep, tooLarge; invalid when it is no CFPackage. */
export function readCase(source: string, limits: Partial<InputLimits> = {}): CasePackage {
  const root = fields(parseJson(source, limits))
  const document = fields(root['CFDocument'])
  const [uri, title] = [uriOf(document), text(document['title'])]
  if (!uri || !title) throw new Problem('invalid', { rule: 'case-document' })

  return {
    document: kept<CaseDocument>({
      uri,
      title,
      creator: text(document['creator']),
      publisher: text(document['publisher']),
      adoptionStatus: text(document['adoptionStatus']),
      language: text(document['language']),
      changedAt: text(document['lastChangeDateTime']),
      description: text(document['description']),
      subjects: subjectsOf(document),
      licence: licenceOf(document, fields(root['CFDefinitions'])),
    }),
    items: all(root['CFItems']).flatMap((item) => {
      const [itemUri, statement] = [uriOf(item), text(item['fullStatement'])]
      if (!itemUri || !statement) return []
      return kept<CaseItem>({
        uri: itemUri,
        statement,
        abbreviated: text(item['abbreviatedStatement']),
        code: text(item['humanCodingScheme']) ?? text(item['statementNotation']),
        type: text(item['CFItemType']),
        language: text(item['language']),
        grades: grades(item),
        notes: text(item['notes']),
        listEnumeration: text(item['listEnumeration']),
      })
    }),
    associations: all(root['CFAssociations']).flatMap((association) => {
      const [own, type] = [uriOf(association), text(association['associationType'])]
      const [origin, destination] = [uriOf(association['originNodeURI']), uriOf(association['destinationNodeURI'])]
      if (!own || !type || !origin || !destination) return []
      const sequence = association['sequenceNumber']
      return kept<CaseAssociation>({
        uri: own,
        type,
        origin,
        destination,
        sequence: typeof sequence === 'number' ? sequence : undefined,
      })
    }),
  }
}
