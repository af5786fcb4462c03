/** May I read, print, change, sell it? Answered in a few words at the top of what is licensed, with the way to it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { hasMessage, wordsOr } from '#kernel/i18n/messages.ts'
import type { StoredRecord } from '#records/record.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { View } from './view.ts'

/** What the catalogue has words for: `may.read.free`, `may.sell.no`. The sign before it says the same without colour. */
type Permission = { may: 'yes' | 'no' | 'ask'; words: string }

const acts = ['read', 'print', 'change', 'sell'] as const

export const licencesOf = ({ licence, licences }: StoredRecord['body']): string[] =>
  [licence, ...((licences as string[] | undefined) ?? [])].filter((one): one is string => typeof one === 'string')

/** Whether it is something one can obtain, for which a licence may be stated. */
export const isLicensed = (body: StoredRecord['body']): boolean =>
  ['licence', 'licences', 'licenceAtSource'].some((name) => name in body) || ('languages' in body && 'url' in body)

const yes = (words: string): Permission => ({ may: 'yes', words })
const no: Permission = { may: 'no', words: 'no' }
const ask: Permission = { may: 'ask', words: 'ask' }

function reading({ access, fullText, url, website }: StoredRecord['body']): Permission {
  if (fullText) return yes('here')
  if (access === 'closed') return no
  if (access === 'archived') return { may: 'ask', words: 'archived' }
  if (access === 'free-registration') return yes('registration')
  if (access === 'partly-free') return yes('partly')
  if (access === 'free') return yes('free')
  return url || website ? yes('there') : { may: 'ask', words: 'unknown' }
}

/** By one licence. A licence that the node does not know, and none at all, permit nothing without asking. */
function by(code: string): Record<'print' | 'change' | 'sell', Permission> {
  const term = termOf('licences', code)
  const told = (name: '$permits' | '$requires' | '$prohibits') => (term?.[name] as string[] | undefined) ?? []
  const [permits, requires, prohibits] = [told('$permits'), told('$requires'), told('$prohibits')]
  if (!term) return { print: ask, change: ask, sell: ask }
  if (!permits.includes('reproduction')) return { print: no, change: no, sell: no }
  const how = requires.some((one) => one === 'share-alike' || one === 'copyleft')
    ? 'alike'
    : requires.includes('attribution') || requires.includes('notice')
      ? 'credit'
      : 'freely'
  return {
    print: yes(permits.includes('distribution') ? 'share' : 'own'),
    change: permits.includes('derivative-works') && !prohibits.includes('derivative-works') ? yes(how) : no,
    sell: prohibits.includes('commercial-use') ? no : yes(how),
  }
}

/** Where several licences hold for its parts, what the strictest of them says. */
export function permissionsOf(body: StoredRecord['body']): Record<(typeof acts)[number], Permission> {
  const each = licencesOf(body).map(by)
  const strictest = (act: 'print' | 'change' | 'sell'): Permission => {
    const answers = each.map((one) => one[act])
    return answers.find(({ may }) => may === 'no') ?? answers.find(({ may }) => may === 'ask') ?? answers[0] ?? ask
  }
  return { read: reading(body), print: strictest('print'), change: strictest('change'), sell: strictest('sell') }
}

/** What is run is used and copied, not read and printed. */
const isRun = ({ site }: View, kind: string, { type }: StoredRecord['body']): boolean =>
  site.kinds.get(kind)?.isRun === true || type === 'simulation'

export function permissionsBox(view: View, { kind, body }: Pick<StoredRecord, 'kind' | 'body'>): Content {
  if (!view.site.kinds.get(kind)?.isWork || !isLicensed(body)) return undefined
  const { t } = view
  const answers = permissionsOf(body)
  const questionOf = (act: string) =>
    wordsOr(t, isRun(view, kind, body) && hasMessage(`may.${act}.run`) ? `may.${act}.run` : `may.${act}`, act)
  return html`<section class="may" aria-labelledby="may">
    <h2 id="may" class="hidden">${t('may.title')}</h2>
    <dl>
      ${acts.map((act) => html`<div class="${answers[act].may}"><dt>${questionOf(act)}</dt><dd>${wordsOr(t, `may.${act}.${answers[act].words}`, answers[act].words)}</dd></div>`)}
    </dl>
    <p>${wayTo(view, body)} <a href="#licence">${t('may.licence')}</a></p>
  </section>`
}

/** To the text here, else to where it is. */
function wayTo({ t }: View, { fullText, url, website }: StoredRecord['body']): Html {
  const address = (url ?? website) as string | undefined
  return html`${Boolean(fullText) && html`<a class="button" href="#text">${t('record.text')}</a> `}${address && html`<a class="button ${fullText ? 'second' : ''}" href="${address}" rel="external">${t('record.open')}</a>`}`
}
