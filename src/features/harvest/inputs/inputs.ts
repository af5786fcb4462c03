/** All inputs beside OAI-PMH, in the order in which a document is offered to them. A new one is a module and a line here. */
import { decodeXml } from '#codecs/xml/decode-xml.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import type { Answered } from '../client.ts'
import type { InputName } from '../tables.ts'
import { citation } from './citation.ts'
import { dcat } from './dcat.ts'
import { feed } from './feed.ts'
import type { Document, Input } from './input.ts'
import { page } from './page.ts'
import { sitemap } from './sitemap.ts'
import { table } from './table.ts'

export const inputs: readonly Input[] = [sitemap, page, dcat, feed, citation, table]
const byName = new Map(inputs.map((one) => [one.name, one]))

export const inputNamed = (name: InputName): Input | undefined => byName.get(name)

/** @throws Problem malformedJson, tooDeep, tooLarge */
export function documentOf(address: string, text: string): Document {
  const begun = text.replace(/^\uFEFF/, '').trimStart()
  if (!/^[[{]/.test(begun)) return { address, text }
  const lines = begun.split('\n').filter((line) => line.trim() !== '')
  const isJsonLines = lines.length > 1 && lines.every((line) => /^\s*\{.*\}\s*$/.test(line))
  return isJsonLines
    ? { address, text, isJsonLines, json: lines.map((line) => parseJson(line)) }
    : { address, text, json: parseJson(begun) }
}

/** What an answer is, in the encoding that it says or that it is in. @throws Problem malformedJson, tooDeep, tooLarge */
export function documentAnswered(address: string, { bytes, contentType }: Answered): Document {
  const isXml = /^\s*(?:\uFEFF|\xEF\xBB\xBF)?</.test(new TextDecoder('latin1').decode(bytes.subarray(0, 100)))
  const { text } = isXml ? decodeXml(bytes, contentType) : { text: textIn(bytes, contentType) }
  return documentOf(address, text)
}

function textIn(bytes: Uint8Array, contentType: string): string {
  const named = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1]
  for (const encoding of ['utf-8', named])
    try {
      if (encoding) return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // Not in this encoding, or in none that there is.
    }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** @throws Problem sourceUnrecognised */
export function recognised(document: Document): Input {
  const found = inputs.find((one) => one.recognise(document))
  if (!found) throw new Problem('sourceUnrecognised', { url: document.address })
  return found
}
