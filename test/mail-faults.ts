/** What an email should never be: checked of each kind in each language, and of every email that any test reads. */
export type Mail = { subject: string; text: string; unsubscribe: boolean }

const longestSubject = 70
const visible = (text: string) => text.replaceAll(/\p{Cf}/gu, '')

/** As a mail program shows it. */
export function mailIn(eml: string): Mail {
  const [head = '', ...body] = eml.split('\r\n\r\n')
  return {
    subject: visible(/^Subject: (.*?)\r?$/m.exec(head)?.[1] ?? ''),
    text: visible(body.join('\r\n\r\n')).replaceAll('\r\n', '\n'),
    unsubscribe: /^List-Unsubscribe: /m.test(head),
  }
}

/** What the system itself wrote: without what people wrote, which is quoted. */
const ownLines = (text: string) => text.split('\n').filter((line) => !line.startsWith('>'))
export const linksIn = (text: string): string[] => ownLines(text).flatMap((line) => line.match(/https?:\/\/\S+/g) ?? [])
export const paragraphsOf = (text: string): string[] => text.trim().split('\n\n')

/** @param site its name */
export function faultsOf({ subject, text, unsubscribe }: Mail, site: string): string[] {
  const own = ownLines(text).join('\n')
  const [greeting = '', first = ''] = paragraphsOf(text)
  const last = paragraphsOf(text).at(-1)!
  const checks: Record<string, boolean> = {
    'no subject': subject.trim() === '',
    'a subject of more than 70 characters': [...subject].length > longestSubject,
    'no greeting': greeting === '' || greeting.includes('http'),
    'the first line does not name the site': !first.includes(site),
    'no link': linksIn(text).length === 0,
    'a place that was not filled in': /[{}]/.test(subject + own),
    // Secrets in addresses may hold any letters.
    'a value that nobody gave': /undefined|\[object|NaN|\[en\]/.test(subject + own.replaceAll(/https?:\S+/g, '')),
    'a code instead of words':
      /(?<![\p{L}/@.])[a-z]+[.-][a-z]+[A-Z]\w*|\b(?:mail|field|role|state|kind|notice|watch)\.[a-z]/u.test(
        subject + own.replaceAll(/https?:\S+/g, ''),
      ),
    'two empty lines': text.includes('\n\n\n'),
    'spaces at the end of a line': / \n/.test(text),
    'does not say how to stop it': unsubscribe && linksIn(last).length < 2,
  }
  return Object.entries(checks).flatMap(([fault, isThere]) => (isThere ? [fault] : []))
}
