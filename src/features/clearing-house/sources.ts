import type { Collection } from '#records/sources/source.ts'
import { countriesRegions } from '#records/vocabularies/sources/countries-regions.ts'
import { eqf } from '#records/vocabularies/sources/eqf.ts'
import { innovativePublicServices } from './sources/innovative-public-services.ts'
import { iscedF } from '#records/vocabularies/sources/isced-f.ts'
import { languages } from '#records/vocabularies/sources/languages.ts'
import { licences } from '#records/vocabularies/sources/licences.ts'
import { lrmi } from '#records/vocabularies/sources/lrmi.ts'
import { rubrics } from '#features/editorial/sources/rubrics.ts'
import { ror } from './sources/ror.ts'
import { unescoThesaurus } from '#records/vocabularies/sources/unesco-thesaurus.ts'
import { whatWorksClearinghouse } from '#features/evidence/sources/what-works-clearinghouse.ts'

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
