/** What pages of some kinds begin with: a few questions to the node and one rendering. */
import type { Content } from '#kernel/html/html.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { approachSummary } from '#features/approaches/summary.ts'
import { countryContext, placeIn } from '#features/matching/countries.ts'
import { factsOf } from '#features/matching/contexts.ts'
import { fitOf } from '#features/matching/measure.ts'
import { approachLead, approachTop, toldByApproachLead } from '#features/approaches/pages/approach-page.ts'
import { codeNamed } from '#records/vocabularies/names.ts'
import type { FitHere } from '#features/matching/pages/place-question.ts'
import { lessonLead, lessonTop, toldByLessonLead } from '#features/clearing-house/pages/lesson-page.ts'
import { studyLead } from '#features/evidence/pages/study-page.ts'
import { placesMap } from '#ui/places-map.ts'
import { practiceLead, practiceTop, toldByPracticeLead } from './pages/practice-page.ts'
import type { View } from '#ui/view.ts'
import { isOf, type Kind } from '#records/kind.ts'
import { practice } from '#features/clearing-house/practice.ts'
import type { Linked } from '#records/operations.ts'
import { readLinking, readMany } from '#records/read-many.ts'
import type { StoredRecord } from '#records/record.ts'
import type { PageContext } from '#ui/page-context.ts'

type OfRecord = {
  asked: HttpRequest
  view: View
  kind: Kind
  record: StoredRecord
  links: readonly Linked[]
  /** How many records link to it, by relation. */
  counts: readonly { rel: string; count: number }[]
}
export type Lead = {
  top: Content
  main: Content
  side: Content
  /** Fields that it shows, and relations whose records it shows. */
  told: readonly string[]
  toldRelations: readonly string[]
}
type MakeLead = (ask: PageContext['ask'], of: OfRecord) => Promise<Lead>

const countriesOf = ({ body }: StoredRecord) =>
  ((body.countries ?? []) as string[]).map((value) => ({ value, count: 1 }))

const isPractice = isOf(practice)
const othersShown = 6

/** Hidden by a relation: those are shown where they answer a question. */
const practiceRelations = ['learnedFrom', 'tried']

const forPractice: MakeLead = async (ask, { asked: request, view, kind, record, links }) => {
  const idsOf = (rel: string, direction: Linked['direction']) =>
    links.filter((link) => link.rel === rel && link.direction === direction).map(({ id }) => id)
  const [evidence, learned, tried] = [idsOf('evidence', 'to'), idsOf('learnedFrom', 'from'), idsOf('tried', 'from')]
  const approaches = idsOf('approach', 'to')
  const { records } = await ask(readMany, { ids: [...evidence, ...learned, ...tried] })
  const ofKind = (name: string) => records.filter((one) => one.kind === name)
  const others = approaches.length > 0 ? await ofApproaches(ask, approaches) : []
  const lead = {
    kind,
    record,
    links,
    findings: ofKind('evidence'),
    lessons: ofKind('lesson'),
    adoptions: ofKind('adoption'),
    others: others.filter(({ id }) => id !== record.id).slice(0, othersShown),
    here: await fitIn(ask, record, request.query.get('place') ?? ''),
  }
  return {
    top: practiceTop(view, lead),
    main: practiceLead(view, lead),
    side: placesMap(view, countriesOf(record)),
    told: toldByPracticeLead,
    toldRelations: practiceRelations,
  }
}

async function ofApproaches(ask: PageContext['ask'], approaches: readonly string[]): Promise<StoredRecord[]> {
  const request = { ids: approaches, rel: 'approach', kind: 'practice', limit: othersShown + 1 }
  return (await ask(readLinking, request)).records
}

async function fitIn(ask: PageContext['ask'], record: StoredRecord, typed: string): Promise<FitHere> {
  const country = codeNamed('countries', typed)
  if (!country || !isPractice(record)) return { typed: typed.slice(0, 100) }
  const level = record.body.levels?.[0]
  const context = await ask(countryContext, { country, ...(level && { level }) })
  return { typed, country, context, fit: fitOf(placeIn(context), factsOf(record)) }
}

/** Shown by the summing up, in an order of weight. */
const approachRelations = ['approach', 'nearApproach']

const forApproach: MakeLead = async (ask, { view, record, links }) => {
  const summary = await ask(approachSummary, { id: record.id })
  // Said by either, it holds for both.
  const near = links.filter(({ rel }) => rel === 'nearApproach')
  const lead = { record, summary, near: [...new Map(near.map((link) => [link.id, link])).values()] }
  return {
    top: approachTop(view, lead),
    main: approachLead(view, lead),
    side: placesMap(view, summary.practices.countries),
    told: toldByApproachLead,
    toldRelations: approachRelations,
  }
}

const forLesson: MakeLead = async (ask, { view, record, links }) => {
  const ids = links.filter(({ rel, direction }) => rel === 'learnedFrom' && direction === 'to').map(({ id }) => id)
  const { records } = await ask(readMany, { ids })
  const lead = { record, practices: records.filter(({ kind }) => kind === 'practice') }
  const others = records.length > lead.practices.length
  return {
    top: lessonTop(view, lead),
    main: lessonLead(view, lead),
    side: placesMap(view, countriesOf(record)),
    // Tiles are of practices alone: where it was learned from something else too, all stand among the facts.
    told: others ? toldByLessonLead.filter((name) => name !== 'practices') : toldByLessonLead,
    toldRelations: [],
  }
}

const findingsShown = 40
const restingShown = 50

/** A practice names the finding that speaks of it, so a study's practices are found through its findings. */
const forStudy: MakeLead = async (ask, { view, record, counts }) => {
  const { records: findings } = await ask(readLinking, { ids: [record.id], rel: 'study', limit: findingsShown })
  const ids = [record, ...findings].map(({ id }) => id)
  const { records: resting } = await ask(readLinking, { ids, rel: 'evidence', limit: restingShown })
  const findingCount = counts.find(({ rel }) => rel === 'study')?.count ?? 0
  return {
    top: undefined,
    main: studyLead(view, { record, findings, findingCount, resting }),
    side: undefined,
    told: [],
    toldRelations: ['study', 'evidence'],
  }
}

/** What they read of the address of the page. */
export const askedOfLeads = ['place']

export const leads: ReadonlyMap<string, MakeLead> = new Map([
  ['practice', forPractice],
  ['approach', forApproach],
  ['lesson', forLesson],
  ['study', forStudy],
])
