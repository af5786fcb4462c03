/** Names of recipient regions. */
import { termOf } from '#records/vocabularies/index.ts'
import { plainLabel, type View } from '#ui/view.ts'

/** Regions of the OECD DAC that are those of UN M49, whose names this node has. */
const asM49: Readonly<Record<string, string>> = {
  298: '002',
  498: '019',
  798: '142',
  89: '150',
  889: '009',
  289: '202',
  489: '005',
  619: '143',
  679: '034',
  1027: '014',
  1028: '017',
  1029: '018',
  1030: '011',
  1031: '029',
  1032: '013',
  1033: '054',
  1034: '057',
  1035: '061',
}

/** `vocabulary`: code list RegionVocabulary, 1 OECD DAC, 2 UN M49. */
export function regionName(view: View, vocabulary: string, code: string): string {
  const m49 = vocabulary === '2' ? code.padStart(3, '0') : vocabulary === '1' ? asM49[code] : undefined
  return m49 !== undefined && termOf('regions', m49)
    ? plainLabel(view, 'regions', m49)
    : view.t('money.region', { code })
}
