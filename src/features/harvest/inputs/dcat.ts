import { isCatalogue, readCatalogue, readDataset } from '#codecs/dcat/read-dcat.ts'
import { isItem, listOf } from '#codecs/schema-org/read-schema-org.ts'
import type { Input } from './input.ts'

/** Data catalogues. */
export const dcat: Input = {
  name: 'dcat',
  recognise: ({ json, isJsonLines }) => json !== undefined && !isJsonLines && isCatalogue(json),
  read: ({ json, address }) => {
    const { title, datasets, next } = readCatalogue(json, address)
    const isNear = next !== undefined && URL.parse(next)?.host === new URL(address).host
    return {
      listed: isNear ? [{ address: next }] : [],
      isList: isNear,
      items: datasets,
      ...(title && { title }),
    }
  },
  again: ({ json, address }) =>
    listOf(json)
      .filter(isItem)
      .map((one) => readDataset(one, address)),
}
