/** Trust lists: the page on which all see them and curators add those of others, and the signed list for other software. */
import { readFile } from 'node:fs/promises'
import { json } from '#kernel/http/api.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { may } from '#kernel/permission.ts'
import { Problem } from '#kernel/problem.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { problemWords } from '#ui/problem-words.ts'
import { trustListFields, trustListsPage, trustListsPath } from './pages/trust-lists.ts'
import { listTrustLists } from './trust/overview.ts'
import { addOutside, removeOutside } from './trust/outside-lists.ts'
import { readSignedList, signedListPath } from './trust/publish-list.ts'
import { credentialLimits } from './verification/read-document.ts'

export function mountTrustLists(web: Web, pageContext: PageContext): void {
  const { ask, askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const shown = async (request: HttpRequest, typed: { address?: string; issuer?: string } = {}, errors?: Errors) =>
    trustListsPage(viewFor(request), await ask(listTrustLists, {}), {
      mayAdd: may(request.who.actor, 'record.publish'),
      typed,
      ...(errors && { errors }),
    })

  web.route('GET', trustListsPath, (request) => shown(request))
  web.route('GET', signedListPath(':id'), async (_request, { id = '' }) =>
    json(await ask(readSignedList, { id }), { type: 'application/vc', keep: false }),
  )

  take(
    trustListsPath,
    async (request, fields, _parameters, [sent], problem) => {
      const typed = { address: (fields.get('address') ?? '').trim(), issuer: (fields.get('issuer') ?? '').trim() }
      try {
        if (problem) throw problem
        const document = sent && (await readFile(sent.path)).toString('utf8')
        await askAs(request.who, addOutside, {
          ...(typed.address && { address: typed.address }),
          ...(document !== undefined && { document }),
          ...(typed.issuer && { issuer: typed.issuer }),
        })
        return seeOther(viewFor(request).href(trustListsPath))
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'forbidden' || error.code === 'unauthenticated') throw error
        return shown(request, typed, wrongIn(request, error, sent ? 'file' : 'address'))
      }
    },
    { files: { fileBytes: credentialLimits.bytes, files: 1 }, tellsOfFiles: true },
  )
  take(`${trustListsPath}/:id/remove`, async (request, _fields, { id = '' }) => {
    await askAs(request.who, removeOutside, { id })
    return seeOther(viewFor(request).href(trustListsPath))
  })

  function wrongIn(request: HttpRequest, problem: Problem, place: 'file' | 'address'): Errors {
    const view = viewFor(request)
    const at = (named: string) => (named === 'document' ? 'file' : named)
    if (problem.code === 'invalid')
      return errorsOf(
        view,
        problem.violations.flatMap((one) =>
          one.rule === 'oneListSource'
            ? [
                { ...one, place: 'address' },
                { ...one, place: 'file' },
              ]
            : [{ ...one, place: at(one.place) }],
        ),
        trustListFields,
      )
    const { detail, next } = problemWords(view, problem)
    return new Map([[place, `${detail} ${next}`]])
  }
}
