import type { Folder } from '#kernel/folder.ts'
import { readLicenceDeed, type LicenceDeed } from '#codecs/cc-rdf/read-licence.ts'
import { laidOut } from '../../sources/recognise.ts'
import type { Source, Note, Row } from '../../sources/source.ts'
import { conceptRow, vocabularyRow } from './concept-rows.ts'
import { isLanguageTag, languageTag } from '../../sources/language-tag.ts'
import { licenceAt } from '#records/vocabularies/licence-names.ts'
import { refuse, rowsOfFiles } from '../../sources/row.ts'

const base = 'http://creativecommons.org/licenses/'
/** A sentence from another page that stands where a word for `International` should. */
const stray = /Ceci peut être.*$/

/** Titles that were never translated are English under another name, and are left out. */
function titlesOf({ titles }: LicenceDeed, notes: Note[]): Record<string, string> {
  const english = titles['en']
  const mended: Record<string, string> = english ? { en: english } : {}
  for (const [language, written] of Object.entries(titles)) {
    const tag = languageTag(language)
    if (!isLanguageTag(tag) || tag.startsWith('x') || written.includes('${') || (written === english && tag !== 'en'))
      continue
    if (stray.test(written)) notes.push({ code: 'titleMended', values: { language: tag } })
    mended[tag] = written.replace(stray, 'International').replaceAll(/ {2,}/g, ' ')
  }
  return mended
}

function deedRow(file: string, deed: LicenceDeed): Row {
  const { uri, permits, requires, prohibits } = deed
  if (!uri.startsWith('http://creativecommons.org/')) return refuse(file, 'identifierUnfit', { value: uri })
  const notes: Note[] = []
  const notation = licenceAt(uri)
  const concept = { uri, title: titlesOf(deed, notes), ...(notation && { notation }), permits, requires, prohibits }
  return conceptRow(file, base, concept, notes)
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const files = (await folder.names()).filter((name) => /^creative-commons\/.*_rdf\.xml$/.test(name))
  yield vocabularyRow('creative-commons', {
    uri: base,
    title: {
      en: 'Creative Commons licences',
      fr: 'Licences Creative Commons',
      es: 'Licencias Creative Commons',
      ru: 'Лицензии Creative Commons',
      zh: '知识共享许可协议',
      ar: 'تراخيص المشاع الإبداعي',
    },
    publisher: 'Creative Commons',
    licence: 'CC0-1.0',
    url: 'https://creativecommons.org/licenses/',
  })
  yield* rowsOfFiles(folder, files, (file, text) => [deedRow(file, readLicenceDeed(text))])
}

export const licences: Source = {
  name: 'licences',
  title: 'Creative Commons licence deeds',
  publisher: 'Creative Commons',
  kinds: ['vocabulary', 'concept'],
  folder: 'codelists-world',
  source: {
    address: 'https://github.com/creativecommons/cc-licenses-data',
    revision: '2c8de036ec45',
    licence: 'https://creativecommons.org/publicdomain/zero/1.0/',
    attribution: 'Creative Commons, CC0 1.0',
  },
  recognise: (name) => laidOut(name, /creative-commons\/[^/]*_rdf\.xml/),
  read,
}
