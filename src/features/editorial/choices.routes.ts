/** What a field of a form may be filled with, while one types. */
import { taking } from '#kernel/http/asked-names.ts'
import { json } from '#kernel/http/api.ts'
import type { Web } from '#kernel/http/server.ts'
import { languagesLike } from '#records/vocabularies/language-names.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { nameToType, termsLike } from '#records/vocabularies/names.ts'
import { languageToType } from '#ui/controls.ts'
import { recordToType } from '#ui/record-to-type.ts'
import type { PageContext } from '#ui/page-context.ts'
import { recordsCalled } from './record-choices.ts'

const longestTyped = 200

export function mountChoices(web: Web, pageContext: PageContext) {
  const { view: viewFor, kinds } = pageContext

  /** Texts as they would be typed, most likely first. `list`: a vocabulary; `kind`: records; else languages. */
  web.route(
    'GET',
    '/choices',
    async (request) => {
      const view = viewFor(request)
      const typed = (request.query.get('q') ?? '').slice(0, longestTyped).trim()
      const list = request.query.get('list') ?? ''
      const to = request.query.getAll('kind').filter((kind) => kinds.has(kind))
      if (typed === '') return json([])
      if (request.query.has('kind')) {
        const { offered } = await recordsCalled(pageContext, request.who, { typed, to })
        return json(offered.map((record) => recordToType(view, record)))
      }
      if (list === 'languages') return json(languagesLike(typed).map((tag) => languageToType(view, tag)))
      return json(codeList(list) ? termsLike(list, typed).map((code) => nameToType(list, code, view.language)) : [])
    },
    { takes: taking('q', 'list', 'kind'), isFile: true },
  )
}
