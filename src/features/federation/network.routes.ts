/** The page of the nodes that this one follows. */
import { taking } from '#kernel/http/asked-names.ts'
import { hasRole } from '#kernel/context.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { may } from '#kernel/permission.ts'
import { noSuch, Problem } from '#kernel/problem.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { problemWords } from '#ui/problem-words.ts'
import { followNode, listNodes, lookAtNode, resumeNode, suspendNode, type FollowedNode } from './nodes/operations.ts'
import { listUntrusted } from './nodes/revoked-copies.ts'
import { pullNode } from './nodes/pull.ts'
import { removeNode, removals, withdrawAllOf } from './nodes/removing.ts'
import { lookPage, networkPage } from './pages/network.ts'
import { removePage } from './pages/remove-node.ts'
import { refusedCopies, settleCopy } from './packs/settle.ts'

const says = ['followed', 'pulled', 'settled', 'removed', 'withdrawing'] as const
/** What may be wrong with an address that was typed: told beside it. */
const ofAddress = new Set(['notANode', 'addressRefused', 'fetchFailed', 'tooLarge', 'nodeKeyChanged', 'invalid'])

export function mountNetwork(web: Web, pageContext: PageContext, mounted: Mounted): void {
  mountFollowing(web, pageContext, mounted)
  mountRemoving(web, pageContext, mounted)
}

/** Following a node no more, after a page that asks what becomes of its records. */
function mountRemoving(web: Web, pageContext: PageContext, mounted: Mounted): void {
  const { ask, askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  async function show(request: HttpRequest, id: string, errors: Errors = new Map()): Promise<HttpResponse> {
    if (!hasRole(request.who.actor, 'operator')) await refuse(request.who, removeNode.name)
    const node = (await ask(listNodes, {})).nodes.find((one) => one.id === id)
    if (!node) throw noSuch('node', id)
    return removePage(viewFor(request), node, errors)
  }
  page('/network/:id/remove', (request, { id = '' }) => show(request, id))

  take('/network/:id/remove', async (request, fields, { id = '' }) =>
    orWrong(
      async () => {
        const chosen = chosenIn(fields, 'records', removals)
        const { withdraws } = await askAs(request.who, removeNode, { id, records: chosen })
        // What is left when this process ends the job goes on with.
        if (withdraws) void withdrawAllOf(mounted, id).catch((error: unknown) => mounted.report(error, 'network'))
        return seeOther(viewFor(request).href(`/network?said=${withdraws ? 'withdrawing' : 'removed'}`))
      },
      (violations) => show(request, id, errorsOf(viewFor(request), violations, ['records'])),
    ),
  )
}

function mountFollowing(web: Web, pageContext: PageContext, mounted: Mounted): void {
  const { ask, askAs, refuse, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const expectOperator = async ({ who }: HttpRequest) => {
    if (!hasRole(who.actor, 'operator')) await refuse(who, followNode.name)
  }

  const show = async (request: HttpRequest, wrong?: { typed: string; problem: Problem }): Promise<HttpResponse> => {
    const view = viewFor(request)
    const { actor } = request.who
    const told = wrong && problemWords(view, wrong.problem)
    return networkPage(view, {
      nodes: (await ask(listNodes, {})).nodes,
      mayManage: hasRole(actor, 'operator'),
      refused: may(actor, 'record.publish') ? (await askAs(request.who, refusedCopies, {})).refused : undefined,
      untrusted: may(actor, 'record.publish') ? (await askAs(request.who, listUntrusted, {})).copies : [],
      errors: new Map(told ? [['address', `${told.title}. ${told.detail}`]] : []),
      typed: wrong?.typed ?? '',
      said: says.find((one) => one === request.query.get('said')),
    })
  }
  web.route('GET', '/network', (request) => show(request), { takes: taking('said') })

  const orShow = async (request: HttpRequest, typed: string, work: () => Promise<HttpResponse>) => {
    try {
      return await work()
    } catch (problem) {
      if (!(problem instanceof Problem) || !ofAddress.has(problem.code)) throw problem
      const isEmpty = problem.code === 'invalid'
      return show(request, {
        typed,
        problem: isEmpty ? new Problem('notANode', { url: typed.slice(0, 200) }) : problem,
      })
    }
  }
  take('/network/look', async (request, fields) => {
    await expectOperator(request)
    const typed = (fields.get('address') ?? '').trim()
    return orShow(request, typed, async () =>
      lookPage(viewFor(request), await askAs(request.who, lookAtNode, { address: typed })),
    )
  })
  take('/network/follow', async (request, fields) => {
    await expectOperator(request)
    const typed = (fields.get('address') ?? '').trim()
    const key = fields.get('key') ?? ''
    return orShow(request, typed, async () => {
      const kinds = fields.getAll('kinds')
      const reviews = fields.get('reviews') as FollowedNode['reviews'] | null
      try {
        await askAs(request.who, followNode, {
          address: typed,
          kinds,
          ...(reviews && { reviews }),
          ...(key && { key }),
        })
      } catch (problem) {
        const isChoice =
          problem instanceof Problem && problem.violations.some(({ place }) => /^\/?(?:kinds|reviews)/.test(place))
        if (!isChoice) throw problem
        const looked = await askAs(request.who, lookAtNode, { address: typed })
        const errors = errorsOf(viewFor(request), problem.violations, ['kinds', 'reviews'])
        return lookPage(viewFor(request), { ...looked, kinds, ...(reviews && { reviews }) }, errors)
      }
      return seeOther(viewFor(request).href('/network?said=followed'))
    })
  })
  for (const [verb, op] of [
    ['suspend', suspendNode],
    ['resume', resumeNode],
  ] as const)
    take(`/network/:id/${verb}`, async (request, _fields, { id }) => {
      await expectOperator(request)
      await askAs(request.who, op, { id })
      return seeOther(viewFor(request).href('/network'))
    })
  take('/network/:id/pull', async (request, _fields, { id = '' }) => {
    await expectOperator(request)
    await pullNode(mounted, id)
    return seeOther(viewFor(request).href('/network?said=pulled'))
  })
  take('/network/copies/:id', async (request, fields, { id }) => {
    await askAs(request.who, settleCopy, { id, via: fields.get('via') ?? '', keep: fields.get('keep') ?? '' })
    return seeOther(viewFor(request).href('/network?said=settled'))
  })
}
