import type { Source } from '../../sources/source.ts'
import { countriesRegions } from './countries-regions.ts'
import { eqf } from './eqf.ts'
import { iscedF } from './isced-f.ts'
import { languages } from './languages.ts'
import { licences } from './licences.ts'
import { lrmi } from './lrmi.ts'
import { unescoThesaurus } from './unesco-thesaurus.ts'

export const vocabularySources: readonly Source[] = [
  unescoThesaurus,
  iscedF,
  eqf,
  lrmi,
  licences,
  countriesRegions,
  languages,
]
