/** The site as pages show it: what the operator set, in the language of the page. */
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { attachmentsIn, fileAddress, isPicture } from '#records/attachment.ts'
import type { Site } from '#ui/view.ts'
import type { Appearance, SiteBody } from './appearance.ts'
import { styleOf } from './colours.ts'

export const stylePath = (revision: number) => `/site/${revision}.css`

const known = new WeakMap<SiteBody, Map<Language, Site>>()

/** Made once for each version and language: every page needs it. */
export function siteIn(site: Site, appearance: Appearance, language: Language): Site {
  const now = appearance.current()
  if (!now) return site
  const made = known.get(now.body) ?? new Map<Language, Site>()
  known.set(now.body, made)
  const before = made.get(language)
  if (before) return before
  const dressed = { ...site, ...lookOf(now, language) }
  made.set(language, dressed)
  return dressed
}

function lookOf({ body, revision }: NonNullable<ReturnType<Appearance['current']>>, language: Language) {
  const logo = attachmentsIn(body).find(isPicture)
  const {
    title,
    originalLanguage,
    footerLinks = [],
  } = body as SiteBody & { title: Record<string, string>; originalLanguage: string }
  return {
    name: bestText(title, language, originalLanguage).text,
    look: {
      ...(logo && { logo: { address: fileAddress(logo), width: logo.width ?? 32, height: logo.height ?? 32 } }),
      ...(styleOf(body) && { style: stylePath(revision) }),
      ...(body.operatorName && { operator: body.operatorName }),
      ...(body.footer && { footer: body.footer }),
      links: footerLinks,
      hasContact: Boolean(body.contactEmail ?? body.contactUrl),
    },
  }
}
