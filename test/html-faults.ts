/** What independent checkers find in a page: HTML that is no valid HTML, and what search engines and phones need. */
import { HtmlValidate, StaticConfigLoader } from 'html-validate'

/** The rules of the HTML standard alone; none of style. */
const checker = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'] }))

/** The same tag with the same attributes is asked for in each page; Lighthouse looks for them too. */
const needed: Readonly<Record<string, RegExp>> = {
  'a doctype at its beginning': /^<!doctype html>/i,
  'a charset among its first 1,024 bytes': /^[\s\S]{0,1000}<meta charset="utf-8"/,
  'a viewport as wide as the device': /<meta name="viewport" content="[^"]*width=device-width/,
  'a title': /<title>[^<]*\S[^<]*<\/title>/,
  'a language': /<html lang="[a-z]{2}"/,
}
const forbidden: Readonly<Record<string, RegExp>> = {
  'a viewport that keeps people from zooming': /<meta name="viewport" content="[^"]*(?:user-scalable=no|maximum-scale)/,
  'a link that no crawler can follow': /<a (?![^>]*\bhref=)[^>]*>|<a [^>]*href="(?:javascript:[^"]*|#?)"/,
  'an address without a name in it': /(?:href|src|action)="[^"]*(?:undefined|\[object)/,
}

/** Each fault as a line, `rule: message at piece of the page`; none where all is well. */
export async function htmlFaults(page: string): Promise<string[]> {
  const { results } = await checker.validateString(page)
  const lines = page.split('\n')
  const invalid = results
    .flatMap(({ messages }) => messages)
    .map(
      ({ ruleId, message, line, column }) =>
        `${ruleId}: ${message} at ${lines[line - 1]?.slice(Math.max(0, column - 40), column + 80).trim()}`,
    )
  const isForEngines = !/<meta name="robots" content="noindex"/.test(page)
  return [
    ...invalid,
    ...Object.entries(needed).flatMap(([what, pattern]) => (pattern.test(page) ? [] : [`without ${what}`])),
    ...Object.entries(forbidden).flatMap(([what, pattern]) => (pattern.test(page) ? [`with ${what}`] : [])),
    ...(isForEngines && !/<meta name="description" content="[^"]*\S/.test(page) ? ['without a description'] : []),
    ...(isForEngines && !/<link rel="canonical" href="https?:/.test(page) ? ['without a canonical address'] : []),
  ]
}
