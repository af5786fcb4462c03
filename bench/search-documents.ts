/** Documents for the search index, as many as are asked for: the real ones first, then copies with parts of others. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFile } from 'node:fs/promises'
import { kinds } from '#app'
import { readDump, type DataPackage } from '#features/dump/dump.ts'
import { searchDocument } from '#search/document.ts'
import type { SearchDocument, SearchText } from '#search/contract.ts'
import { dice } from './addresses.ts'

const seedFolder = fileURLToPath(new URL('../seed/', import.meta.url))
/** A text as long as this is one that somebody wrote; shorter ones are labels. */
const writtenFrom = 60
/** Every so many titles bring a word that nobody used before, as names do. */
const newWordEvery = 5

export async function realDocuments(): Promise<SearchDocument[]> {
  const description = JSON.parse(await readFile(join(seedFolder, 'datapackage.json'), 'utf8')) as DataPackage
  const documents: SearchDocument[] = []
  for (const { path } of description.resources)
    for await (const record of readDump(seedFolder, path))
      documents.push(searchDocument(kinds.get(record.kind)!, { ...record, number: documents.length + 1 }))
  return documents
}

/** In batches; the same ones at every call. */
export function* documentsLike(
  real: readonly SearchDocument[],
  count: number,
  batch: number,
): Generator<SearchDocument[]> {
  const random = dice()
  const any = () => real[Math.floor(random() * real.length)]!
  for (let first = 1; first <= count; first += batch) {
    const size = Math.min(batch, count - first + 1)
    yield Array.from({ length: size }, (_, i) => {
      const number = first + i
      return number <= real.length ? { ...real[number - 1]!, number } : mixed(number, any, random)
    })
  }
}

/** One record with a word of another's title, some texts of a third, and the values of its own. */
function mixed(number: number, any: () => SearchDocument, random: () => number): SearchDocument {
  const model = any()
  const donor = any()
  const titleWords = model.title.split(' ')
  const otherWords = donor.title.split(' ')
  titleWords[Math.floor(random() * titleWords.length)] = otherWords[Math.floor(random() * otherWords.length)]!
  if (number % newWordEvery === 0) titleWords.push(`n${number.toString(36)}`)
  const title = titleWords.join(' ')
  const written = donor.texts.filter(isWritten)
  const texts = model.texts.map((text): SearchText => {
    if (text.weight === 'title' && text.text === model.title) return { ...text, text: title }
    const other = written[Math.floor(random() * written.length)]
    return isWritten(text) && other && random() < 0.5 ? { ...other, weight: text.weight } : text
  })
  const day = 86_400 * Math.floor(random() * 3_000)
  return { ...model, number, title, texts, changedAt: model.changedAt - day }
}

const isWritten = ({ text, weight }: SearchText) => weight === 'text' && text.length >= writtenFrom
