import { parseJson } from '#kernel/input-limits.ts'
import type { Source, Note, Row, Told } from '#records/sources/source.ts'
import { isLanguageTag, languageTag } from '#records/sources/language-tag.ts'
import { dayOf, fieldsOf, known, oneLine, refuse, rowOf, rowsOfLines, words } from '#records/sources/row.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { idOf } from '#records/identifier.ts'
import { dropDirectionalMarks, hasDirectionalMarks } from '#codecs/markdown-links/plain-text.ts'
import { subjectsOf } from './phet-subjects.ts'

const file = 'phet-titles.jsonl'

/** PhET writes simplified and traditional Chinese as countries; BCP 47 says the script. */
const chinese: Record<string, string> = { zh_CN: 'zh-Hans', zh_TW: 'zh-Hant', zh_HK: 'zh-Hant-HK' }

/** PhET's own codes collide with other languages (`sp` is Northern Sotho), so its BCP 47 leads, and gains the region it lost. */
function tagOf(locale: string, bcp47: string): string {
  if (chinese[locale]) return chinese[locale]
  const [language, region] = locale.split('_')
  return languageTag(region && language === bcp47 ? `${bcp47}-${region}` : bcp47)
}

function toRow(place: string, line: string, told: Told): Row {
  const row = fieldsOf(parseJson(line, { bytes: 100_000 }))
  const [sim, locale, bcp47, writtenTitle] = [
    words(row['sim']),
    words(row['locale']),
    words(row['bcp47']),
    words(row['title']),
  ]
  const tag = tagOf(locale, bcp47)
  if (!sim || !locale || !isLanguageTag(tag)) return refuse(place, 'languageCodeUnfit', { from: locale })
  if (sim === 'example-sim') return refuse(place, 'notForLearners')
  const title = oneLine(dropDirectionalMarks(writtenTitle))
  if (!title) return refuse(place, 'titleMissing')

  const notes: Note[] = []
  if (tag !== bcp47) notes.push({ code: 'languageMended', values: { from: `${locale} (${bcp47})`, to: tag } })
  if (hasDirectionalMarks(writtenTitle)) notes.push({ code: 'directionalMarksDropped' })
  const changed = words(row['titleLastChanged'])
  const changedOn = dayOf(changed, notes)
  if (!changed) notes.push({ code: 'dateUnstated' })

  const url = `https://phet.colorado.edu/sims/html/${encodeURIComponent(sim)}/latest/${encodeURIComponent(`${sim}_${locale}`)}.html`
  const body = known({
    title: { [tag]: title },
    originalLanguage: tag,
    type: 'simulation',
    url,
    publisher: told.publisher ?? 'PhET Interactive Simulations, University of Colorado Boulder',
    languages: [tag],
    audiences: ['learner', 'teacher'],
    subjects: [...(told.subjects ?? subjectsOf(sim))],
    licence: told.licence ?? 'CC-BY-4.0',
    licenceAtSource: told.licence
      ? undefined
      : 'Simulations: CC BY 4.0, as PhET licenses them; this list of titles: MIT',
    access: 'free',
    formats: ['text/html'],
    // The source dates the translation only by its newest change.
    publishedOn: changedOn,
    modifiedOn: changedOn,
    identifiers: [`phet:${sim}/${locale}`],
    work: idOf(`https://phet.colorado.edu/simulations/${sim}`),
    areas: ['open', 'online'],
  })
  return rowOf(place, { kind: 'resource', identifier: url, url, body }, notes)
}

export const phetSimulations: Source = {
  name: 'phet-simulations',
  title: 'PhET simulations and their translations',
  publisher: 'PhET Interactive Simulations, University of Colorado Boulder',
  kinds: ['resource'],
  folder: 'oer-phet-simulations',
  source: {
    address: 'https://github.com/phetsims/babel',
    revision: 'c04a7b255e53',
    licence: 'https://spdx.org/licenses/MIT',
    attribution: 'PhET Interactive Simulations, University of Colorado Boulder, https://phet.colorado.edu',
  },
  expects: 'JSON Lines: {"sim": …, "locale": …, "bcp47": …, "title": …}',
  recognise: (name, head) =>
    isNamed(name, file) || /^\{(?=[^\n]*"sim"\s*:)(?=[^\n]*"locale"\s*:)(?=[^\n]*"title"\s*:)/.test(head)
      ? name
      : undefined,
  async *read(folder, told = {}) {
    for (const name of await folder.names()) yield* rowsOfLines(folder, name, (place, line) => toRow(place, line, told))
  },
}
