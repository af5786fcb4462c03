/** The addresses that wallets ask (OpenID for Verifiable Credential Issuance 1.0), and the page that leads there. */
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { expectFew } from '#accounts/rate-limit.ts'
import { post, seeOther } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { claimPath } from './claims/claim.ts'
import { readClaim } from './claims/claims.ts'
import { walletOfferPage, walletOfferPath } from './pages/wallet.ts'
import { isObject } from './verification/verification.ts'
import { issueToWallet } from './wallets/issue-to-wallet.ts'
import { library } from './wallets/library.ts'
import { issuerPath, readIssuerMetadata, readServerMetadata, serverPath, walletPath } from './wallets/metadata.ts'
import { readNonce } from './wallets/nonce.ts'
import { offerToWallet, readOffer } from './wallets/offer.ts'
import { redeemCode, tokenSeconds } from './wallets/token.ts'

const secretly = { 'cache-control': 'no-store' }
/** RFC 6749 §5.2 allows no quotation marks and no backslashes in a description. */
const refusal = (error: string, why: string, status = 400, headers: Record<string, string> = {}): HttpResponse =>
  json(
    { error, error_description: why.replaceAll(/[^\x20-\x7e]|["\\]/g, ' ') },
    { status, keep: false, headers: { ...secretly, ...headers } },
  )
const bearerIn = ({ headers }: HttpRequest) => /^Bearer +(\S{1,200})$/i.exec(headers.authorization ?? '')?.[1]

export function mountWallets(web: Web, pageContext: PageContext, mounted: Mounted): void {
  mountOffers(web, pageContext)
  mountEndpoints(web, pageContext, mounted)
}

function mountOffers(web: Web, { ask, askAs, view: viewFor }: PageContext): void {
  web.route('GET', walletOfferPath(':secret'), async (request, { secret = '' }) =>
    seeOther(viewFor(request).href(claimPath(secret))),
  )
  post(web, walletOfferPath(':secret'), async (request, _form, { secret = '' }) => {
    const offered = await askAs(request.who, offerToWallet, { secret })
    return walletOfferPage(viewFor(request), await ask(readClaim, { secret }), offered, secret)
  })
  web.route('GET', `${walletPath}/offers/:reference`, async (_request, { reference = '' }) =>
    json(await ask(readOffer, { reference }), { keep: false, headers: secretly }),
  )
  web.route('GET', issuerPath, async () => json(await ask(readIssuerMetadata, {}), { keep: false }))
  web.route('GET', serverPath, async () => json(await ask(readServerMetadata, {}), { keep: false }))
}

function mountEndpoints(web: Web, { ask, view: viewFor }: PageContext, { database, environment }: Mounted): void {
  const forWallets = { forPrograms: true }
  const expectFewFrom = ({ remote }: HttpRequest) => expectFew(database, 'walletsFrom', remote, environment.now())

  web.route(
    'POST',
    `${walletPath}/token`,
    async (request, _parameters, body) => {
      await expectFewFrom(request)
      const { server, Refused } = await library(viewFor(request).site.address)
      if (!(body instanceof URLSearchParams)) return refusal('invalid_request', 'The request must be a form')
      const names = [...body.keys()]
      if (new Set(names).size < names.length) return refusal('invalid_request', 'A parameter is repeated')
      try {
        const { grant } = server.parseAccessTokenRequest({
          accessTokenRequest: Object.fromEntries(body),
          request: { method: 'POST', url: request.base + request.path, headers: new Headers() },
        })
        if (!('preAuthorizedCode' in grant)) return refusal('unsupported_grant_type', 'Only pre-authorized codes')
        const { preAuthorizedCode: code, txCode } = grant
        const told = await ask(redeemCode, { code, ...(txCode !== undefined && { txCode }) })
        if ('error' in told) return refusal(told.error, told.why)
        const answer = { access_token: told.token, token_type: 'Bearer', expires_in: tokenSeconds }
        return json(answer, { keep: false, headers: secretly })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        const { error: code, error_description: why = '' } = error.errorResponse
        return refusal(code, why)
      }
    },
    forWallets,
  )
  web.route(
    'POST',
    `${walletPath}/nonce`,
    async () => json(await ask(readNonce, {}), { keep: false, headers: secretly }),
    forWallets,
  )
  web.route(
    'POST',
    `${walletPath}/credential`,
    async (request, _parameters, body) => {
      await expectFewFrom(request)
      const token = bearerIn(request)
      if (token === undefined)
        return refusal('invalid_token', 'A token is needed', 401, { 'www-authenticate': 'Bearer' })
      if (!isObject(body)) return refusal('invalid_credential_request', 'The request must be a JSON object')
      const told = await ask(issueToWallet, { token, request: body })
      if (!('error' in told))
        return json({ credentials: [{ credential: told.credential }] }, { keep: false, headers: secretly })
      if (told.error !== 'invalid_token') return refusal(told.error, told.why)
      return refusal(told.error, told.why, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
    },
    forWallets,
  )
}
