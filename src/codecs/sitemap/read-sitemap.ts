/** Sitemaps (https://www.sitemaps.org/protocol.html, 0.9): an index of sitemaps, a list of pages, or addresses line by line. */
import { childrenNamed } from '#codecs/metadata/statement.ts'
import { readXml } from '#codecs/xml/read-xml.ts'

/** `changedAt`: `lastmod` as the site wrote it. */
export type Listed = { address: string; changedAt?: string }
export type Sitemap = { isIndex: boolean; listed: Listed[] }

const begins = /^(?:\uFEFF|\s|<\?[^>]*\?>|<!--[^]*?-->)*<(?:\w+:)?(sitemapindex|urlset)[\s>/]/

export const isSitemap = (text: string): boolean => begins.test(text.slice(0, 10_000)) || isLines(text)

/** The text form: nothing but addresses, one a line. */
function isLines(text: string): boolean {
  const lines = text.slice(0, 10_000).split(/\r?\n/).slice(0, 20)
  const whole = text.length > 10_000 ? lines.slice(0, -1) : lines
  return (
    /^\uFEFF?https?:\/\//.test(text) &&
    whole.every((line) => line.trim() === '' || /^\uFEFF?https?:\/\/[^\s,;"]+$/.test(line.trim()))
  )
}

/** @throws Problem doctypeRefused, tooDeep, tooLarge, malformedXml */
export function readSitemap(text: string): Sitemap {
  if (isLines(text))
    return {
      isIndex: false,
      listed: text
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .flatMap((line) => (line.trim() ? [{ address: line.trim() }] : [])),
    }
  const isIndex = begins.exec(text.slice(0, 10_000))?.[1] === 'sitemapindex'
  const listed = childrenNamed(readXml(text, { depth: 20 }), isIndex ? 'sitemap' : 'url').flatMap((entry): Listed[] => {
    const told = (name: string) => childrenNamed(entry, name)[0]?.text.trim()
    const address = told('loc')
    const changedAt = told('lastmod')
    return address ? [{ address, ...(changedAt && { changedAt }) }] : []
  })
  return { isIndex, listed }
}
