/** Addresses of credentials: the page that verifies, and those that other software for credentials asks. */
import { taking } from '#kernel/http/asked-names.ts'
import { readFile } from 'node:fs/promises'
import type { HttpResponse } from '#kernel/http/response.ts'
import { json } from '#kernel/http/api.ts'
import { nobody, type HttpRequest, type Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { expectFewOf } from '#accounts/rate-limit.ts'
import { largestCarrier } from '#codecs/open-badges/read-carrier.ts'
import type { Errors } from '#ui/forms.ts'
import { post } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { problemWords, ruleWords } from '#ui/problem-words.ts'
import { issueCredential } from './issuing/issue.ts'
import { readDidDocument } from './issuing/keys.ts'
import { readStatusList } from './issuing/status.ts'
import { reasonOf } from './pages/check-words.ts'
import { verifyPage } from './pages/verify.ts'
import { refreshCredential } from './refresh/current.ts'
import { refreshPath } from './refresh/refresh-service.ts'
import { credentialProof } from './register/register.ts'
import { missingResponse, refusedResponse, verifiedResponse } from './vc-api.ts'
import { isObject } from './verification/verification.ts'
import type { Verification } from './verification/verification.ts'
import { verifyCredentialOperation, verifyPresentationOperation } from './verify-credentials.ts'

type ExpectFew = (request: Pick<HttpRequest, 'who' | 'remote'>) => Promise<void>

export function mountRecognition(
  web: Web,
  pageContext: PageContext,
  { database, environment: { now } }: Mounted,
): void {
  const expectFew: ExpectFew = (request) => expectFewOf(database, 'verifying', request, now())
  mountVerifyPage(web, pageContext, expectFew)
  mountDocuments(web, pageContext)
  mountVcApi(web, pageContext, expectFew)
}

/** Nothing was found to check: said beside the field, since there is nothing to list. */
const isUnread = ({ format, checks }: Verification) => format === 'none' && checks[0]?.state === 'failed'

function mountVerifyPage(web: Web, { ask, view: viewFor }: PageContext, expectFew: ExpectFew): void {
  web.route(
    'GET',
    '/verify',
    (request) => verifyPage(viewFor(request), { address: request.query.get('address') ?? '' }),
    { takes: taking('address') },
  )
  post(
    web,
    '/verify',
    async (request, form, _parameters, [sent], problem) => {
      const typed = { credential: (form.get('credential') ?? '').trim(), address: (form.get('address') ?? '').trim() }
      const wrong = (errors: Errors) => verifyPage(viewFor(request), typed, { errors })
      const name = sent || problem ? 'file' : typed.credential ? 'credential' : 'address'
      try {
        if (problem) throw problem
        const file = sent && (await readFile(sent.path)).toString('base64')
        const given = Object.entries({ ...typed, file }).filter(([, value]) => value)
        if (given.length !== 1)
          return wrong(
            oneOfThem(
              request,
              given.map(([one]) => one),
            ),
          )
        await expectFew(request)
        const told = await ask(verifyCredentialOperation, Object.fromEntries(given))
        if (isUnread(told)) return wrong(new Map([[name, reasonOf(viewFor(request), told.checks[0]!)]]))
        const { entries } = await ask(credentialProof, { sha256: told.sha256 ?? '0'.repeat(64) })
        return verifyPage(viewFor(request), typed, { told, entries })
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'tooManyRequests') throw error
        return wrong(new Map([[name, wordsOf(request, error)]]))
      }
    },
    { files: { fileBytes: largestCarrier, files: 1 }, tellsOfFiles: true, takesVisitorsFiles: true },
  )

  function oneOfThem(request: HttpRequest, given: readonly string[]): Errors {
    const { t } = viewFor(request)
    const words = given.length === 0 ? t('verifyCredential.nothingGiven') : t('verifyCredential.onlyOne')
    return new Map((given.length === 0 ? ['credential', 'file', 'address'] : given).map((one) => [one, words]))
  }
  function wordsOf(request: HttpRequest, problem: Problem): string {
    const [first] = problem.violations
    if (first) return ruleWords(viewFor(request), first)
    const { detail, next } = problemWords(viewFor(request), problem)
    return `${detail} ${next}`
  }
}

/** The document of the node’s DID, and its status lists, where others look for them. */
function mountDocuments(web: Web, { ask }: PageContext): void {
  web.route('GET', '/.well-known/did.json', async () =>
    json(await ask(readDidDocument, {}), { type: 'application/did+json', keep: false }),
  )
  web.route('GET', `${refreshPath}/:token`, async (_request, { token = '' }) => {
    const { credential } = await ask(refreshCredential, { token })
    const { body, mediaType } =
      typeof credential === 'string'
        ? { body: credential, mediaType: 'text/plain' }
        : { body: JSON.stringify(credential), mediaType: 'application/json' }
    const headers = { 'content-type': mediaType, 'cache-control': 'private, no-store' }
    return { status: 200, headers, body, keep: false }
  })
  web.route('GET', '/status/:number', async (_request, { number = '' }) =>
    json(await ask(readStatusList, { number }), { type: 'application/vc', keep: false }),
  )
}

function mountVcApi(web: Web, { ask, askAs, view: viewFor }: PageContext, expectFew: ExpectFew): void {
  const answer = async (request: HttpRequest, work: () => Promise<HttpResponse>): Promise<HttpResponse> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      return refusedResponse(viewFor(request), error)
    }
  }
  web.route('POST', '/credentials/issue', (request, _parameters, body) =>
    answer(request, async () => {
      const { credential, options } = isObject(body) ? body : {}
      if (!isObject(credential)) return missingResponse(viewFor(request), 'credential')
      const { who } = programOf(request)
      const suite = isObject(options) ? (options.cryptosuite ?? options.suite) : undefined
      const issued = await askAs(who, issueCredential, { credential, ...(suite !== undefined && { suite }) })
      return json({ id: issued.id, verifiableCredential: issued.credential }, { status: 201, keep: false })
    }),
  )
  // A session’s cookie counts for pages only, so that no page elsewhere can act through it.
  const programOf = ({ who, remote }: HttpRequest) => ({ who: who.by === 'key' ? who : nobody, remote })
  web.route('POST', '/credentials/verify', (request, _parameters, body) =>
    answer(request, async () => {
      await expectFew(programOf(request))
      const { verifiableCredential } = isObject(body) ? body : {}
      if (!isObject(verifiableCredential) && typeof verifiableCredential !== 'string')
        return missingResponse(viewFor(request), 'verifiableCredential')
      return verifiedResponse(viewFor(request), [
        await ask(verifyCredentialOperation, { credential: verifiableCredential }),
      ])
    }),
  )
  web.route('POST', '/presentations/verify', (request, _parameters, body) =>
    answer(request, async () => {
      await expectFew(programOf(request))
      const { verifiablePresentation, options } = isObject(body) ? body : {}
      if (!isObject(verifiablePresentation) && typeof verifiablePresentation !== 'string')
        return missingResponse(viewFor(request), 'verifiablePresentation')
      const { challenge, domain } = isObject(options) ? options : {}
      const { presentation, credentials } = await ask(verifyPresentationOperation, {
        presentation: verifiablePresentation,
        ...(challenge !== undefined && { challenge }),
        ...(domain !== undefined && { domain }),
      })
      return verifiedResponse(viewFor(request), [presentation, ...credentials], {
        credentialResults: credentials.map(({ isVerified, checks }) => ({ verified: isVerified, checks })),
      })
    }),
  )
}
