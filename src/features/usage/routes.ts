/** How much the site is used, and where it lacks practices. */
import { codeOf } from '#ui/code-choices.ts'
import type { Web } from '#kernel/http/server.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'
import { readCoverage } from './coverage.ts'
import { readUse, readWork } from './operations.ts'
import { usePage } from './pages/use.ts'

const languagesShown = 12

export function mountUsage(web: Web, { ask, askOnce, view }: PageContext): void {
  web.route(
    'GET',
    '/use',
    async (request) => {
      const level = request.query.get('level') ?? ''
      const { facets } = await askOnce(search, { limit: 0, facets: ['kind', 'language'], facetLimit: 50 })
      return usePage(view(request), {
        use: await ask(readUse, {}),
        work: await ask(readWork, {}),
        coverage: await askOnce(readCoverage, {}),
        level: termOf('levels', level) ? level : undefined,
        kinds: facets['kind'] ?? [],
        recordLanguages: (facets['language'] ?? []).slice(0, languagesShown),
      })
    },
    { takes: { level: codeOf('levels') } },
  )
}
