/** HTML as tagged templates. Every value is escaped unless it is itself HTML made here. */

/** A piece of HTML that is safe to put into a page. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString() {
    return this.text
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const risky = /[&<>"']/
export const escape = (text: string): string =>
  risky.test(text) ? text.replace(/[&<>"']/g, (found) => escapes[found]!) : text

const render = (content: Content): string => {
  if (typeof content === 'string') return escape(content)
  if (content instanceof Html) return content.text
  if (typeof content === 'number') return String(content)
  if (content === null || content === undefined || content === false) return ''
  let text = ''
  for (const one of content) text += render(one)
  return text
}

const squeezed = new WeakMap<TemplateStringsArray, readonly string[]>()

/** The fixed pieces of a template without the spaces that set it off in our code: an eighth of a page, which nobody sees. */
function piecesOf(strings: TemplateStringsArray): readonly string[] {
  let pieces = squeezed.get(strings)
  if (!pieces) squeezed.set(strings, (pieces = strings.map((one) => one.replaceAll(/\s*\n\s*/g, '\n'))))
  return pieces
}

export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  const pieces = piecesOf(strings)
  let text = pieces[0]!
  for (let i = 0; i < values.length; i++) text += render(values[i]) + pieces[i + 1]!
  return new Html(text)
}

export const nothing = new Html('')
export const joined = (pieces: readonly Content[], by: string): Html => new Html(pieces.map(render).join(escape(by)))

/** Text for a `<script type="application/ld+json">`: nothing in it can end the element. */
export const jsonInHtml = (value: unknown): Html =>
  new Html(
    JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'),
  )
