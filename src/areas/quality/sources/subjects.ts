/** Subjects of schools in the United States, as CASE and ASN name them → ISCED-F 2013. */
import { codeNamed } from '#records/vocabularies/names.ts'
import type { Note } from '#records/sources/source.ts'
import { unique } from '#records/sources/row.ts'

const named: Record<string, string> = {
  arts: '021',
  biology: '0511',
  chemistry: '0531',
  civics: '0312',
  computerscience: '061',
  earthscience: '0532',
  economics: '0311',
  ela: '0232',
  english: '0232',
  englishlanguagearts: '0232',
  environmentalscience: '0521',
  finearts: '021',
  geography: '0312',
  health: '091',
  history: '0222',
  languagearts: '0232',
  math: '0541',
  mathematics: '0541',
  physicaleducation: '1014',
  physics: '0533',
  science: '05',
  socialstudies: '031',
  technology: '061',
  thearts: '021',
  worldlanguages: '0231',
}

/** Names that no subject has are told in a note. */
export function subjectsNamed(names: readonly string[], notes: Note[]): string[] {
  return unique(
    names.flatMap((name) => {
      const code = named[name.replaceAll(/[^\p{L}]/gu, '').toLowerCase()] ?? codeNamed('subjects', name)
      if (!code) notes.push({ code: 'subjectUnknown', values: { code: name.slice(0, 100) } })
      return code ?? []
    }),
  )
}
