/** A user agent (RFC 9110, section 10.1.5) as people know it: the browser and the system. */

/** Each also says it is what stands after it, so the first that fits is right. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Microsoft Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?(?:Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'iPadOS'],
  [/\biPhone\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]
const firstIn = (known: readonly [RegExp, string][], agent: string) => known.find(([one]) => one.test(agent))?.[1]

/** `browser` is missing where nothing is recognised; programs that name themselves are called as they do. */
export function readUserAgent(agent: string): { browser?: string; system?: string } {
  const browser = firstIn(browsers, agent) ?? (/^Mozilla\b/.test(agent) ? undefined : agent.split('/')[0]!.slice(0, 60))
  const system = firstIn(systems, agent)
  return { ...(browser && { browser }), ...(system && { system }) }
}
