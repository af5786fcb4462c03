/** The front page, and what is in here in numbers. */
import type { Web } from '#kernel/http/server.ts'
import { homePage, resourceTypes, type Home } from './pages/home.ts'
import { numbersPage } from './pages/numbers.ts'
import type { StoredRecord } from '#records/record.ts'
import { search } from '#search/search.ts'
import { approachComparison, type ApproachLine } from '#features/approaches/summary.ts'
import { regionsOf } from '#records/vocabularies/index.ts'
import type { PageContext } from '#ui/page-context.ts'

const featuredOutcomes = ['worked', 'partly-worked', 'did-not-work']
const everyCountry = 300
const candidates = 8
const polarities = ['do', 'avoid', 'depends']
const lessonCandidates = 24
const newestShown = 6
const approachesShown = 6

export function mountHome(web: Web, { askOnce, view, kinds, slot }: PageContext) {
  const find = (raw: object) => askOnce(search, { facets: [], ...raw })
  const practices = (raw: object) => find({ kind: 'practice', sort: 'year', ...raw })

  async function resourcesIn(language: string): Promise<Home['resources']> {
    const typesOf = async (narrowed: object) => {
      const { facets } = await find({ kind: 'resource', limit: 1, facets: ['type'], ...narrowed })
      return resourceTypes.filter((type) => facets.type?.some(({ value }) => value === type))
    }
    const types = await typesOf({ language })
    return types.length > 0 ? { types, elsewhere: false } : { types: await typesOf({}), elsewhere: true }
  }

  web.route('GET', '/', async (request) => {
    const [resources, all, newest, lessons, approaches, ...byOutcome] = await Promise.all([
      resourcesIn(request.language),
      practices({ limit: 1, facets: ['outcome', 'country', 'region'], facetLimit: everyCountry }),
      practices({ limit: newestShown, sort: 'newest' }),
      find({ kind: 'lesson', sort: 'newest', limit: lessonCandidates }),
      askOnce(approachComparison, {}),
      ...featuredOutcomes.map((outcome) => practices({ outcome, limit: candidates })),
    ])
    return homePage(view(request), {
      more: await slot('home', request, null),
      practices: all,
      resources,
      featured: different(byOutcome.map(({ records }) => records)),
      newest: newest.records,
      approaches: mostTold(approaches.approaches),
      lessons: different(
        polarities.map((polarity) => lessons.records.filter(({ body }) => body.polarity === polarity)),
      ),
    })
  })

  web.route('GET', '/numbers', async (request) => {
    const { total, facets } = await find({ limit: 1, facets: ['kind'], facetLimit: kinds.size })
    return numbersPage(view(request), { total, counts: facets.kind ?? [], kinds })
  })
}

/** Those of which most figures are known: only what has figures can be compared. */
function mostTold(lines: readonly ApproachLine[]): ApproachLine[] {
  const figures = ({ strongest, median, costs }: ApproachLine) =>
    Number(strongest !== undefined) + Number(median !== undefined) + Number(costs.length > 0)
  return lines.toSorted((a, b) => figures(b) - figures(a) || b.practices - a.practices).slice(0, approachesShown)
}

const regionOf = ({ body }: StoredRecord): string =>
  regionsOf(String((body.countries as string[] | undefined)?.[0])).at(-2) ?? ''
const technologyOf = ({ body }: StoredRecord): string => String((body.technologies as string[] | undefined)?.[0])

/** The first of each list that no other list gave, preferring another region and another technology. */
function different(lists: readonly (readonly StoredRecord[])[]): StoredRecord[] {
  const chosen: StoredRecord[] = []
  for (const list of lists) {
    const open = list.filter(({ id }) => chosen.every((one) => one.id !== id))
    const isNew = (of: (one: StoredRecord) => string) => (one: StoredRecord) =>
      chosen.every((other) => of(other) !== of(one))
    const elsewhere = open.filter(isNew(regionOf))
    const next = elsewhere.find(isNew(technologyOf)) ?? elsewhere[0] ?? open[0]
    if (next) chosen.push(next)
  }
  return chosen
}
