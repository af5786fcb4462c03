/** What a page needs beside its values: the reader's language and where addresses lead. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { formatsIn, type Formats } from '#kernel/i18n/format.ts'
import { bestText, directionOf, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn, wordsOr, type Translate } from '#kernel/i18n/messages.ts'
import type { LeftOut } from '#kernel/http/asked-names.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import type { Assets } from '#kernel/http/assets.ts'
import type { Kind } from '#records/kind.ts'
import { listsNaming, type FacetName } from '#records/facets.ts'
import { languageLabel } from '#records/vocabularies/language-names.ts'
import { labelOf } from '#records/vocabularies/index.ts'

/** What the operator set of how the site looks. */
export type SiteLook = {
  logo?: { address: string; width: number; height: number }
  /** The address of a style sheet with the operator's colours. */
  style?: string
  operator?: Readonly<Record<string, string>>
  footer?: Readonly<Record<string, string>>
  links: readonly { label: Readonly<Record<string, string>>; address: string }[]
  hasContact: boolean
}

export type Site = {
  look?: SiteLook
  name: string
  /** Where people reach this node, as letters say it; passkeys are bound to it. */
  address: string
  /** The provider elsewhere that people may sign in at, as they call it. */
  provider?: string | undefined
  /** Whether it makes PDF of pages; else the reader’s browser prints them. */
  makesPdf?: boolean
  /** Whether emails go out; else they stay with the operators. */
  sendsMail?: boolean
  assets: Assets
  /** How large a file may be that people attach. */
  attachmentMegabytes?: number
  kinds: ReadonlyMap<string, Kind>
  /** Whether a page of the footer lists anything. */
  isFilled?: (page: string) => boolean
  /** Titles of collections by name. */ collectionTitles: Pick<ReadonlyMap<string, string>, 'get'>
}

/** The Atom feed of what a page lists. */
export type PageFeed = { title: string; address: string }

export type View = {
  language: Language
  t: Translate
  f: Formats
  site: Site
  /** The language in which the record is written whose values are shown: that of words that are not kept by language. */
  recordLanguage?: string
  /** A path of this site in the language of this page. */
  href: (path: string) => string
  /** The address as the outside knows it, without a language. */
  absolute: (path: string) => string
  /** Path and query of this page, without its language. */
  address: string
  prefix: string
  /** What the page does not know of its address. */
  leftOut: readonly LeftOut[]
  /** Of a page that lists records. */
  feed?: PageFeed
  /** Address of the OpenSearch description of a search that this page has of its own. */
  openSearch?: string
  /** The person who is signed in: name, and the token that each form must carry. */
  session:
    { id: string; name: string; email?: string; csrf: string; roles: readonly string[]; waiting?: number } | undefined
}

type RequestForView = Pick<HttpRequest, 'language' | 'prefix' | 'base' | 'address'> &
  Partial<Pick<HttpRequest, 'who' | 'leftOut'>>

export function viewOf(request: RequestForView, site: Site): View {
  const { language, prefix, base, address, who, leftOut = [] } = request
  return {
    language,
    prefix,
    address,
    leftOut,
    site,
    session:
      who?.by === 'session' && who.actor.kind === 'person'
        ? {
            id: who.actor.id,
            name: who.session.name,
            ...(who.session.email && { email: who.session.email }),
            csrf: who.session.csrf,
            roles: who.actor.roles,
            waiting: who.session.waiting ?? 0,
          }
        : undefined,
    t: messagesIn(language),
    f: formatsIn(language),
    href: (path) => (path === '/' && prefix ? prefix : `${prefix}${path}`),
    absolute: (path) => `${base}${path}`,
  }
}

type Texts = Readonly<Record<string, string>>

/** A text in the language that serves the reader best, marked with its own language where it differs. */
export function textOf(view: View, texts: Texts, original?: string): Html {
  const { text, language } = bestText(texts, view.language, original)
  return inLanguage(view, text, language)
}

export function inLanguage(view: View, text: string, language: string): Html {
  if (language === view.language) return html`${text}`
  return html`<span lang="${language}" dir="${directionOf(language)}">${text}</span>`
}

/** A longer text as paragraphs; blank lines part them. */
export function paragraphsOf(view: View, texts: Texts, original?: string): Html {
  const { text, language } = bestText(texts, view.language, original)
  const marks = language === view.language ? nothing : html` lang="${language}" dir="${directionOf(language)}"`
  return html`${text
    .split(/\n\s*\n/)
    .filter((one) => one.trim())
    .map((paragraph) => html`<p${marks}>${linesOf(paragraph.trim())}</p>`)}`
}

const linesOf = (text: string) => text.split('\n').map((line, i) => (i ? html`<br />${line}` : html`${line}`))

/** A message in which something is named as it is written, between backticks. */
export const withCode = (message: string): Html[] =>
  message.split('`').map((part, i) => (i % 2 ? html`<code dir="ltr">${part}</code>` : html`${part}`))

/** A message around something that is more than text: it was given a line break as its placeholder, which no message has. */
export const around = (message: string, part: Html): Html => {
  const [before = '', after = ''] = message.split('\n')
  return html`${before}${part}${after}`
}

/** `bracketed` of what is more than text. */
export function inBrackets({ f }: View, part: Html): Html {
  const [open, close] = f.bracketed('\n').split('\n')
  return html`${open}${part}${close}`
}

/** A vocabulary's label; the code itself where the vocabulary does not know it. */
export function label(view: View, list: string, code: string): Html {
  const found = labelOf(list, code, view.language)
  return found ? inLanguage(view, found.text, found.language) : html`${code}`
}

export const plainLabel = (view: View, list: string, code: string): string =>
  labelOf(list, code, view.language)?.text ?? code

/** The name of a facet's value, for people. */
export function valueName(view: View, facet: string, value: string): string {
  if (facet === 'language') return languageNamed(view, value)
  if (facet === 'kind') return wordsOr(view.t, `kind.${value}.many`, value)
  if (facet === 'collection') return view.site.collectionTitles.get(value) ?? value
  if (facet === 'year') return value
  const list = listsNaming(facet as FacetName).find((name) => labelOf(name, value, view.language))
  return list ? plainLabel(view, list, value) : value
}

/** The language that a facet value's name is in, when it is not the page's. */
export function valueLanguage(view: View, facet: string, value: string): string | undefined {
  const found = listsNaming(facet as FacetName)
    .map((name) => labelOf(name, value, view.language))
    .find(Boolean)
  return found && found.language !== view.language ? found.language : undefined
}

/** The name of a language; where CLDR has none, ours; where we have none, its code as what it is, a code. */
export const languageNamed = (view: View, tag: string): string => capital(languageWithin(view, tag))

/** The same within a sentence, where most languages write it small: « Traduire : anglais ». */
export const languageWithin = (view: View, tag: string): string => {
  const name = view.f.languageName(tag)
  return name === tag ? (languageLabel(tag, view.language) ?? view.t('language.unknown', { tag })) : name
}

const regionOf = /^(?!(?:pt|zh)-)([a-z]{2,3}(?:-[a-z]{4})?)-(?:[a-z]{2}|[0-9]{3})(?=-|$)/i

/**
 * A language as a card names it: who looks for something in English takes it from any country. Only in Portuguese and in
 * Chinese do readers ask for what is written as in theirs. Scripts and dialects stay.
 */
export const withoutRegion = (tag: string): string => tag.replace(regionOf, '$1')

/** None of the languages of pages has capitals of its own, as Turkish has. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The label of a field: its kind's own where the catalogue has one, else the common one. */
export const fieldName = (view: View, kind: string, field: string): string =>
  wordsOr(view.t, `field.${kind}.${field}`, view.t(`field.${field}`))

type Titled = { title: Record<string, string>; originalLanguage: string }

/** A title where no mark of its language can stand: in options, buttons and the heads of documents. */
export const plainTitle = ({ language }: View, { title, originalLanguage }: Titled): string =>
  bestText(title, language, originalLanguage).text
