/** The feed of what a page lists, for programs that read feeds. */
import type { PageFeed, View } from './view.ts'

/** The Atom feed of a search, the newest first where no other order was asked for. */
export function searchFeed(
  { absolute, prefix }: View,
  title: string,
  search: Readonly<Record<string, string>> | string,
): PageFeed {
  const query = new URLSearchParams(search)
  if (!query.has('sort')) query.set('sort', 'newest')
  return { title, address: absolute(`${prefix}/search.atom?${query}`) }
}
