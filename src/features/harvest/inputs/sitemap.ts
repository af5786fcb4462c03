import { isSitemap, readSitemap } from '#codecs/sitemap/read-sitemap.ts'
import type { Input } from './input.ts'

const host = (address: string) => URL.parse(address)?.host.replace(/^www\./, '')

/** Sitemaps of a site; its pages describe resources. */
export const sitemap: Input = {
  name: 'sitemap',
  recognise: ({ text, json }) => json === undefined && isSitemap(text),
  read: ({ address, text }) => {
    const { listed } = readSitemap(text)
    const own = host(address)
    return {
      // A site speaks for itself alone (“Sitemaps & Cross Submits” of the protocol).
      listed: listed.filter((one) => one.address.length <= 2_000 && host(one.address) === own),
      isList: true,
      items: [],
    }
  },
  again: () => [],
}
