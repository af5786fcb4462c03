/** Where something is recognised. */
import { codesTaken } from '#ui/code-choices.ts'
import { taking } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { codesIn } from '#ui/code-choices.ts'
import type { PageContext } from '#ui/page-context.ts'
import { recognisedPage, recognisedPath, type RecognitionChoice } from './pages/recognised.ts'
import { listFrameworks, whereRecognised } from './recognised.ts'

const filters = [
  { name: 'held', list: 'held-learning' },
  { name: 'awardedIn', list: 'countries' },
  { name: 'country', list: 'countries' },
]

export function mountRecognised(web: Web, { askOnce, ask, view }: PageContext): void {
  web.route(
    'GET',
    recognisedPath,
    async (request) => {
      const { frameworks } = await askOnce(listFrameworks, {})
      const named = request.query.get('framework') ?? ''
      const isKnown = frameworks.some(({ id, body }) =>
        body.frameworkLevels?.some(({ code }) => `${id}:${code}` === named),
      )
      const chosen: RecognitionChoice = { ...codesIn(request.query, filters), ...(isKnown && { framework: named }) }
      return recognisedPage(view(request), { ...(await ask(whereRecognised, chosen)), frameworks, chosen })
    },
    { takes: { ...codesTaken(filters), ...taking('framework') } },
  )
}
