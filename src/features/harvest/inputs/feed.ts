import { isItem, listOf, readThings, thingsIn } from '#codecs/schema-org/read-schema-org.ts'
import type { Document, Input } from './input.ts'

const isLinked = (value: unknown): boolean =>
  listOf(value)
    .slice(0, 20)
    .some(
      (one) => isItem(one) && (['@context', '@type', '@graph'].some((key) => key in one) || !thingsIn(one).next().done),
    )

/** Where a feed goes on. */
const nextIn = ({ json, address }: Document): string | undefined => {
  const said = isItem(json)
    ? [json['next'], json['next_url'], json['nextPage']].find((one) => typeof one === 'string')
    : undefined
  const url = typeof said === 'string' ? URL.parse(said, address) : null
  return url?.host === new URL(address).host ? url.href : undefined
}

/** Resources in schema.org, LRMI or AMB as JSON-LD: one, a list, a graph, a data feed, or a line each. */
export const feed: Input = {
  name: 'feed',
  recognise: ({ json }) => json !== undefined && isLinked(json),
  read: (document) => {
    const next = nextIn(document)
    const { json } = document
    return {
      listed: next ? [{ address: next }] : [],
      isList: next !== undefined,
      items: readThings(listOf(json), document.address),
      ...(isItem(json) && typeof json['name'] === 'string' && { title: json['name'] }),
    }
  },
  again: ({ json, address }) => readThings(listOf(json), address),
}
