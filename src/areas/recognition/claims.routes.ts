/** Addresses by which learners get their credentials, and show them to others. Nobody signs in for them. */
import { readFileSync } from 'node:fs'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Web } from '#kernel/http/server.ts'
import { noPdfPage } from '#features/matching/pages/summary.ts'
import { post } from '#ui/form-post.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { claimPath } from './claims/claim.ts'
import { eraseClaim, readClaim, readShown, renewClaim } from './claims/claims.ts'
import { badgeFile, badgeFormats } from './issuing/badge-file.ts'
import { claimEndPage, claimPage, claimSheetDocument, claimSheetPage, shownPage, shownPath } from './pages/claim.ts'
import { countByLink } from './learner-records/operations.ts'
import { verifyCredentialOperation } from './verify-credentials.ts'

export function mountClaims(web: Web, pageContext: PageContext, { printer }: Mounted): void {
  const { ask, askAs, view: viewFor } = pageContext
  const style = readFileSync(new URL('../../../assets/style.css', import.meta.url), 'utf8')

  web.route('GET', claimPath(':secret'), async (request, { secret = '' }) =>
    claimPage(viewFor(request), await ask(readClaim, { secret }), secret, (await ask(countByLink, { secret })).count),
  )
  web.route('GET', `${claimPath(':secret')}/print`, async (request, { secret = '' }) =>
    claimSheetPage(viewFor(request), await live(secret), secret),
  )
  web.route('GET', `${claimPath(':secret')}/credential.pdf`, async (request, { secret = '' }) => {
    const view = viewFor(request)
    const claimed = await live(secret)
    if (!printer) return noPdfPage(view, { name: view.t('claim.print'), path: `${claimPath(secret)}/print` })
    return file(await printer(claimSheetDocument(view, claimed, style)), 'application/pdf', 'credential.pdf')
  })
  for (const format of badgeFormats)
    web.route('GET', `${claimPath(':secret')}/credential.${format}`, async (request, { secret = '' }) => {
      const { credential, shown } = await live(secret)
      const view = viewFor(request)
      const { mediaType, body } = badgeFile(credential, format, view.absolute(view.href(shownPath(shown))))
      return file(body, mediaType, `credential.${format}`)
    })
  post(web, `${claimPath(':secret')}/renew`, async (request, _form, { secret = '' }) => {
    const { t } = viewFor(request)
    await askAs(request.who, renewClaim, { secret })
    return claimEndPage(viewFor(request), t('claim.renewed'), t('claim.renewedWhy'))
  })
  post(web, `${claimPath(':secret')}/erase`, async (request, _form, { secret = '' }) => {
    const { t } = viewFor(request)
    await askAs(request.who, eraseClaim, { secret })
    return claimEndPage(viewFor(request), t('claim.erased'), t('claim.erasedWhy'))
  })

  web.route('GET', shownPath(':secret'), async (request, { secret = '' }) => {
    const claimed = await ask(readShown, { secret })
    const { credential } = claimed
    return shownPage(
      viewFor(request),
      claimed,
      await ask(verifyCredentialOperation, { credential, isOffline: true }),
      secret,
    )
  })
  web.route('GET', `${shownPath(':secret')}/credential.json`, async (_request, { secret = '' }) => {
    const { credential } = await ask(readShown, { secret })
    const { mediaType, body } = badgeFile(credential, 'json', '')
    return file(body, mediaType, 'credential.json')
  })

  /** @throws Problem claimGone where the link has ended: its page says how to renew it */
  async function live(secret: string) {
    return ask(readClaim, { secret, isLive: true })
  }
}

/** Saved, never shown: what stands in it was typed. */
export const file = (body: string | Uint8Array, mediaType: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  },
  body: typeof body === 'string' ? body : Buffer.from(body),
  keep: false,
})
