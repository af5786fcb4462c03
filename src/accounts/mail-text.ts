/**
 * How every email reads: a greeting; who did what, to what and where; the page on which one can act; the site; why one
 * gets it and how to stop it. Plain text: lines are broken when it is sent (`kernel/mail/wrap.ts`).
 */
import { directionOf, type Language } from '#kernel/i18n/languages.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { messagesIn, type Values } from '#kernel/i18n/messages.ts'
import type { Letter } from '#kernel/mail/mail.ts'

type AboutIn<Key> = Key extends `mail.${infer About}.subject` ? About : never
/** The kinds of emails. The words of each are `mail.<about>.subject` and `mail.<about>.text`. */
export type MailAbout = AboutIn<MessageKey>

/** Longer subjects are cut off by mail programs, on phones above all. */
export const longestSubject = 70
const shortestValue = 8
const ellipsis = '…'

const firstStrongIsolate = '\u2068'
const popDirectionalIsolate = '\u2069'
const rightToLeftMark = '\u200F'
const scriptsToTheRight = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const otherLetters = /[\p{L}--[\p{Script=Arabic}\p{Script=Hebrew}]]/v

/** What is written the other way than the email keeps its own order, and the signs around it theirs (UAX #9). */
function isolated(value: string, language: Language): string {
  const other = directionOf(language) === 'rtl' ? otherLetters : scriptsToTheRight
  return other.test(value) ? firstStrongIsolate + value + popDirectionalIsolate : value
}

/** What is typed or copied whole stays as it is. */
const neverMarked = new Set(['code'])
const marked = (values: Values, language: Language): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && !neverMarked.has(name) ? isolated(value, language) : value,
    ]),
  )

const charactersIn = (text: string) => [...text.replaceAll(/\p{Cf}/gu, '')].length

/** Shortens what is filled in, the longest first, until the subject is short enough. */
function fitted(render: (values: Values) => string, values: Values): string {
  const whole = new Map(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, [...value]] as const] : [])),
  )
  const kept = new Map([...whole].map(([name, value]) => [name, value.length]))
  const used = (name: string) => render({ ...values, [name]: '\u0000' }).includes('\u0000')
  const names = [...kept.keys()].filter(used)
  for (;;) {
    const cut = Object.fromEntries(
      names.map((name) => {
        const value = whole.get(name)!
        const length = kept.get(name)!
        return [name, length < value.length ? value.slice(0, length).join('').trimEnd() + ellipsis : value.join('')]
      }),
    )
    const subject = render({ ...values, ...cut })
    const excess = charactersIn(subject) - longestSubject
    const [longest, next] = names.sort((a, b) => kept.get(b)! - kept.get(a)!)
    if (excess <= 0 || longest === undefined || kept.get(longest)! <= shortestValue) return subject
    const apart = kept.get(longest)! - (next === undefined ? 0 : kept.get(next)!)
    kept.set(longest, Math.max(shortestValue, kept.get(longest)! - Math.max(1, Math.min(excess + 1, apart))))
  }
}

/** The words of a kind of email. What is filled in keeps its direction, and the subject is short. */
export function mailWords(about: MailAbout, language: Language, values: Values): { subject: string; text: string } {
  const t = messagesIn(language)
  const say = (part: 'subject' | 'text', given: Values) =>
    t(`mail.${about}.${part}` as MessageKey, marked(given, language))
  return { subject: fitted((given) => say('subject', given), values), text: say('text', values) }
}

/** A paragraph reads from its own side even where it begins with a name in another script; addresses stay as they are. */
function fromItsSide(text: string, language: Language): string {
  if (directionOf(language) !== 'rtl') return text
  return text
    .split('\n')
    .map((line) => (line === '' || /^(?:https?:|>)/.test(line) ? line : rightToLeftMark + line))
    .join('\n')
}

export type Site = { name: string; address: string; names?: Readonly<Record<string, string>> }
/** The site under the name that it has in the language of the reader. */
export const siteIn = ({ name, address, names }: Site, language: string): { name: string; address: string } => ({
  name: names?.[language] ?? name,
  address,
})

type To = { email: string; name?: string; language: Language }
type Content = {
  subject: string
  /** Paragraphs; the first says who did what, and where. */
  parts: readonly string[]
  site: { name: string }
  /** Why one gets it, and how to stop it. */
  foot?: readonly string[]
  unsubscribe?: string
}

/** The whole email. */
export function mailOf(
  { email, name, language }: To,
  { subject, parts, site, foot = [], unsubscribe }: Content,
): Letter {
  const t = messagesIn(language)
  const values = marked({ site: site.name, ...(name && { name }) }, language)
  const all = [t(name ? 'mail.greeting' : 'mail.greetingUnnamed', values), ...parts, t('mail.end', values), ...foot]
  const text = all
    .map((part) => fromItsSide(part.trim(), language))
    .filter((part) => part !== '')
    .join('\n\n')
  return { to: email, language, subject, text: `${text}\n`, ...(unsubscribe && { unsubscribe }) }
}
