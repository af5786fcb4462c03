import { scriptsIn } from '#codecs/metadata/json-records.ts'
import { readJsonLd, readThings } from '#codecs/schema-org/read-schema-org.ts'
import { Problem } from '#kernel/problem.ts'
import type { Document, Input } from './input.ts'
import { feed } from './feed.ts'

const isHtml = (text: string) =>
  /^(?:\uFEFF|\s|<!--[^]*?-->|<\?xml[^>]*\?>)*<(?:!doctype html|html|head|body|script|meta|title)\b/i.test(
    text.slice(0, 10_000),
  )

/** Some pages have a script that is broken beside one that is whole. */
function things({ address, text }: Document) {
  const broken: Problem[] = []
  const values = scriptsIn(text).flatMap((script) => {
    try {
      return [readJsonLd(script)]
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      broken.push(error)
      return []
    }
  })
  if (values.length === 0 && broken[0]) throw broken[0]
  return readThings(values, address)
}

/** A page of HTML with JSON-LD in it. */
export const page: Input = {
  name: 'page',
  recognise: ({ text }) => isHtml(text),
  read: (document) => ({ listed: [], isList: false, items: things(document) }),
  again: (document, mapping) => (document.json === undefined ? things(document) : feed.again(document, mapping)),
}
