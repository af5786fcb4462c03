import type { Collection } from '../collection.ts'
import { countriesRegions } from './countries-regions.ts'
import { eqf } from './eqf.ts'
import { innovativePublicServices } from './innovative-public-services.ts'
import { iscedF } from './isced-f.ts'
import { languages } from './languages.ts'
import { licences } from './licences.ts'
import { lrmi } from './lrmi.ts'
import { rubrics } from './rubrics.ts'
import { ror } from './ror.ts'
import { unescoThesaurus } from './unesco-thesaurus.ts'
import { whatWorksClearinghouse } from './what-works-clearinghouse.ts'

export const collections: readonly Collection[] = [
  innovativePublicServices,
  whatWorksClearinghouse,
  ror,
  unescoThesaurus,
  iscedF,
  eqf,
  lrmi,
  licences,
  countriesRegions,
  languages,
  rubrics,
]
