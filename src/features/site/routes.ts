/** How the operator presents the site: its settings, and the pages and files that follow from them. */
import type { Violation } from '#kernel/problem.ts'
import type { Services } from '#kernel/context.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { SentFile } from '#kernel/http/uploads.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { hasRole } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { keepFile } from '#features/attachments/operations.ts'
import { stepsOf, type Step } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { noLinks } from '#ui/controls.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { styleOf } from './colours.ts'
import { stylePath } from './look.ts'
import { bringBackSite, readSite, saveSite } from './operations.ts'
import { contactPage, privacyPage } from './pages/about-operator.ts'
import { settingsPage, type Typed } from './pages/settings.ts'
import { siteProfile } from './site.ts'

const logoBytes = 512 * 1024
const dayMs = 24 * 60 * 60_000
/** RFC 9116 asks for less than a year. */
const securityDays = 180

/** All that is typed; the logo is a file of its own. */
const step: Step = {
  name: 'site',
  asked: stepsOf(siteProfile)
    .flatMap(({ asked }) => asked)
    .filter(({ control }) => control !== 'files'),
}

export function mountSite(
  web: Web,
  pageContext: PageContext,
  { services, now }: { services: Services; now: () => Date },
): void {
  const { askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const { appearance } = services
  void appearance.read().catch(() => {})

  const expectMay = async ({ who }: HttpRequest) => {
    if (!hasRole(who.actor, 'operator')) await refuse(who, saveSite.name)
  }

  async function show(request: HttpRequest, typed: Partial<Typed> = {}): Promise<HttpResponse> {
    const { site: record, earlier } = await askAs(request.who, readSite, {})
    const view = viewFor(request)
    return settingsPage(view, step.asked, {
      record,
      earlier,
      body: typed.body ?? record?.body ?? { title: { [request.language]: view.site.name } },
      errors: typed.errors ?? new Map(),
      unread: typed.unread ?? new Map(),
      saved: request.query.get('saved') === '1',
      links: noLinks,
    })
  }

  page('/settings', async (request) => {
    await expectMay(request)
    return show(request)
  })

  take(
    '/settings',
    async (request, form, _parameters, files, problem) => {
      await expectMay(request)
      const { site: record } = await askAs(request.who, readSite, {})
      const before = record?.body ?? {}
      const { values, unread, violations } = readStep(step, form, request.language, before)
      const logo = await logoOf(request, form, before, files, problem)
      const body = Object.fromEntries(
        Object.entries({
          ...before,
          originalLanguage: record?.body.originalLanguage ?? request.language,
          ...values,
          attachments: logo.attachments,
        }).filter(([, value]) => value !== null && value !== undefined),
      )
      const again = (all: readonly Violation[]) => {
        const places = [...step.asked.map(({ name }) => name), 'logo']
        return show(request, {
          body,
          errors: errorsOf(viewFor(request), all, places),
          unread: new Map(Object.values(unread).flatMap((one) => JSON.parse(one) as [string, string][])),
        })
      }
      const wrong = [...violations, ...logo.violations]
      if (wrong.length > 0) return again(wrong)
      return orWrong(async () => {
        await askAs(request.who, saveSite, { revision: Number(form.get('revision')) || 0, body })
        await appearance.read()
        return seeOther(viewFor(request).href('/settings?saved=1'))
      }, again)
    },
    { files: { fileBytes: logoBytes, files: 1 }, tellsOfFiles: true },
  )

  /** The logo that was sent, the one before, or none where it is taken off. */
  async function logoOf(
    request: HttpRequest,
    form: URLSearchParams,
    before: object,
    [file]: readonly SentFile[],
    problem: Problem | undefined,
  ): Promise<{ attachments: unknown; violations: Violation[] }> {
    const old = attachmentsIn(before)
    const kept = form.get('removeLogo') || old.length === 0 ? undefined : old
    const refused = (rule: string, values = {}) => ({
      attachments: kept,
      violations: [{ place: 'logo', rule, values }],
    })
    if (problem) return refused('fileTooLarge', problem.values)
    if (!file) return { attachments: kept, violations: [] }
    try {
      const facts = await askAs(request.who, keepFile, { path: file.path, name: file.name })
      if (!facts.mediaType.startsWith('image/')) return refused('fileType')
      const { width, height, ...rest } = facts
      const size = { ...(width && { width }), ...(height && { height }) }
      // Beside the name of the site it says nothing more.
      const alternative = Object.fromEntries(languages.map((one) => [one, viewFor(request).site.name]))
      const extension = facts.mediaType.split('/')[1]!
      return { attachments: [{ ...rest, ...size, name: `logo.${extension}`, alternative }], violations: [] }
    } catch (error) {
      if (error instanceof Problem && error.code === 'fileTypeRefused') return refused('fileType')
      throw error
    }
  }

  take('/settings/bring-back', async (request, form) => {
    await expectMay(request)
    const [revision, version] = [Number(form.get('revision')) || 0, Number(form.get('version')) || 1]
    await askAs(request.who, bringBackSite, { revision, version })
    await appearance.read()
    return seeOther(viewFor(request).href('/settings?saved=1'))
  })

  web.route('GET', '/site/:file', async (_request, { file = '' }) => {
    const look = appearance.current()
    if (!look || stylePath(look.revision) !== `/site/${file}`) throw noSuch('file', file)
    return {
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' },
      body: styleOf(look.body),
      keep: true,
    }
  })

  web.route('GET', '/privacy', async (request) => privacyPage(viewFor(request), appearance.current()?.body))
  web.route('GET', '/contact', async (request) => {
    const body = appearance.current()?.body
    if (!body?.contactEmail && !body?.contactUrl) throw noSuch('contact', 'contact')
    return contactPage(viewFor(request), body)
  })

  /** RFC 9116. Without somebody to write to there is none. */
  web.route('GET', '/.well-known/security.txt', async (request) => {
    const body = appearance.current()?.body
    const contacts = [body?.contactEmail && `mailto:${body.contactEmail}`, body?.contactUrl].filter(Boolean)
    if (contacts.length === 0) throw noSuch('contact', 'security.txt')
    const expires = new Date(Math.floor(now().getTime() / dayMs) * dayMs + securityDays * dayMs)
    const lines = [
      ...contacts.map((one) => `Contact: ${one}`),
      `Expires: ${expires.toISOString()}`,
      `Preferred-Languages: ${languages.join(', ')}`,
      `Canonical: ${viewFor(request).absolute('/.well-known/security.txt')}`,
    ]
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `${lines.join('\n')}\n`,
      keep: false,
    }
  })
}
