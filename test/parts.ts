/**
 * The parts of the source in order, each with those it may import, which stand before it. Whoever needs another part adds
 * it here, and so says that the one now rests on the other. An area may import `belowAreas`, and never another area.
 */
const parts: readonly (readonly [part: string, imports: string])[] = [
  ['kernel', ''],
  ['codecs', 'kernel'],
  ['records', 'kernel codecs'],
  ['ui', 'kernel records'],
  ['accounts', 'kernel codecs records ui'],
  ['features/export', 'kernel codecs records ui'],
  ['search', 'kernel codecs records ui export'],
  ['features/compare', 'kernel records ui export search'],
  ['features/clearing-house', 'kernel codecs records ui export search'],
  ['features/evidence', 'kernel codecs records ui export search clearing-house'],
  ['features/approaches', 'kernel records ui export compare evidence clearing-house'],
  ['features/attachments', 'kernel codecs records ui accounts'],
  ['features/site', 'kernel records ui accounts attachments'],
  ['features/stewardship', 'kernel records accounts'],
  ['features/editorial', 'kernel codecs records ui accounts export search clearing-house attachments stewardship'],
  ['features/best-bets', 'kernel records ui accounts search editorial'],
  ['features/incomplete', 'kernel records ui accounts'],
  ['features/responses', 'kernel records ui accounts editorial'],
  ['features/translation', 'kernel records ui accounts editorial'],
  ['features/transparency', 'kernel codecs records ui'],
  ['features/national-submissions', 'kernel records ui accounts'],
  ['features/indicators', 'kernel codecs records ui search export clearing-house'],
  ['features/sdmx', 'kernel codecs records ui indicators'],
  ['features/matching', 'kernel records ui export clearing-house editorial indicators'],
  ['features/benchmarks', 'kernel records ui indicators matching'],
  ['features/demonstrations', 'kernel records ui accounts'],
  ['features/duplicates', 'kernel records ui accounts search compare stewardship editorial'],
  ['features/history', 'kernel records ui accounts export transparency translation duplicates'],
  ['features/subscriptions', 'kernel records ui accounts export search editorial'],
  ['features/cited-lists', 'kernel records ui accounts export search'],
  ['features/spreadsheets', 'kernel codecs records ui accounts export attachments stewardship editorial'],
  ['features/own-statistics', 'kernel codecs records ui accounts export indicators spreadsheets'],
  ['features/sources', 'kernel records ui accounts'],
  ['features/harvest', 'kernel codecs records ui accounts search sources'],
  ['features/link-check', 'kernel codecs records ui accounts attachments stewardship'],
  ['features/dump', 'kernel codecs records ui attachments transparency indicators'],
  ['features/oai-pmh', 'kernel codecs records ui accounts export'],
  ['features/federation', 'kernel codecs records ui accounts site transparency dump attachments'],
  ['features/privacy', 'kernel records ui accounts'],
  ['features/usage', 'kernel records ui search editorial indicators'],
  [
    'features/portal',
    'kernel records ui export search clearing-house evidence approaches attachments stewardship editorial responses national-submissions matching duplicates subscriptions link-check',
  ],
  ['features/countries', 'kernel records ui search clearing-house indicators matching subscriptions link-check'],
]

const full = (name: string) => (parts.some(([part]) => part === name) ? name : `features/${name}`)
const namesIn = (list: string) => list.split(' ').filter(Boolean).map(full)

/** Part → the parts that it may import. */
export const mayImport: ReadonlyMap<string, readonly string[]> = new Map(
  parts.map(([part, imports]) => [part, namesIn(imports)]),
)

export const belowAreas: readonly string[] = namesIn(
  'kernel codecs records ui accounts export search editorial matching federation',
)
