/** The words of an e-mail that tells what is new: plain text, with addresses. */
import { formatsIn } from '#kernel/i18n/format.ts'
import { bestText, isLanguage, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import type { Letter } from '#kernel/mail/mail.ts'
import { mailOf, mailWords, siteIn, type Site } from '#accounts/mail-text.ts'
import type { Account } from '#accounts/tables.ts'
import type { Texts } from '#records/record.ts'
import { labelOf } from '#records/vocabularies/index.ts'
import { listsNaming, type FacetName } from '#records/facets.ts'
import type { News, NewsLine } from './news-line.ts'
import { gatheringOf } from './subject.ts'
import type { SubscriptionRow } from './tables.ts'

export type Part = News & { watch: SubscriptionRow; title: Texts | null; originalLanguage: string }
type Of = { site: Site; secret: string }

const longestTitle = 120
const mostNames = 3
/** What somebody else wrote stays on its line and ends soon. */
const short = (text: string) => {
  const plain = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return plain.length > longestTitle ? `${plain.slice(0, longestTitle)}…` : plain
}
const spoken = (language: string): Language => (isLanguage(language) ? language : 'en')

/** What somebody watches, in the words of their language. */
export function nameOf(
  watch: Pick<SubscriptionRow, 'name' | 'query' | 'recordId'>,
  part: Pick<Part, 'title' | 'originalLanguage'>,
  language: Language,
): string {
  const t = messagesIn(language)
  if (watch.name) return short(watch.name)
  if (part.title) return short(bestText(part.title, language, part.originalLanguage).text)
  if (watch.recordId !== null) return t('watch.withdrawnRecord')
  const gathering = gatheringOf(watch.query)
  if (gathering) return valueIn(gathering.facet, gathering.value, language)
  const words = new URLSearchParams(watch.query).get('q')
  return words ? t('search.titleFor', { words: short(words) }) : t('search.title')
}

function valueIn(facet: string, value: string, language: Language): string {
  if (facet === 'language') return formatsIn(language).languageName(value)
  for (const list of listsNaming(facet as FacetName)) {
    const found = labelOf(list, value, language)
    if (found) return found.text
  }
  return value
}

export function letterOf(
  account: Pick<Account, 'email' | 'language' | 'name'>,
  parts: readonly Part[],
  { site: whole, secret }: Of,
): Letter {
  const language = spoken(account.language)
  const t = messagesIn(language)
  const site = siteIn(whole, language)
  const here = `${site.address}/${language}`
  const stop = `${here}/watching/letters/${secret}`
  const names = parts.map((part) => nameOf(part.watch, part, language))
  const { subject, text } = mailWords('watching', language, {
    site: site.name,
    title: formatsIn(language).listUpTo(names, mostNames),
    count: parts.reduce((sum, part) => sum + part.total, 0),
  })
  const to = { email: account.email, name: account.name, language }
  const sections = parts.flatMap((part, i) => sectionOf(part, names[i]!, { here, stop, language }))
  const foot = [
    `${t('watch.why', { site: site.name })}\n${t('watch.manage')}\n${here}/watching\n${t('watch.stopAll')}\n${stop}`,
  ]
  return mailOf(to, { subject, parts: [text, ...sections], site, foot, unsubscribe: stop })
}

type Where = { here: string; stop: string; language: Language }

/** What is new in one thing that somebody follows, as paragraphs. */
function sectionOf({ watch, lines, total }: Part, name: string, { here, stop, language }: Where): string[] {
  const t = messagesIn(language)
  const line = ({ id, title, originalLanguage, what }: NewsLine) => {
    const words = title ? short(bestText(title, language, originalLanguage).text) : t('watch.withdrawnRecord')
    return `- ${words} (${t(`watch.what.${what}`)})\n${here}/records/${id}`
  }
  const more = total - lines.length
  const all =
    watch.recordId === null
      ? `/search?${new URLSearchParams([...new URLSearchParams(watch.query), ['sort', 'newest']])}`
      : `/records/${watch.recordId}`
  return [
    name,
    ...lines.map(line),
    more > 0 ? `${t('watch.andMore', { count: more })}\n${here}${all}` : '',
    `${t('watch.stopOne')}\n${stop}?watch=${watch.id}`,
  ]
}
