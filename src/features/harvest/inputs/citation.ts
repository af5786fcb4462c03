import { isCitationFile, readCitationFile } from '#codecs/cff/read-citation-file.ts'
import type { Input } from './input.ts'

/** A citation file of a repository of source code or data. */
export const citation: Input = {
  name: 'citation',
  recognise: ({ text, json }) => json === undefined && isCitationFile(text),
  read: ({ text, address }) => ({ listed: [], isList: false, items: [readCitationFile(text, address)] }),
  again: ({ text, address }) => [readCitationFile(text, address)],
}
