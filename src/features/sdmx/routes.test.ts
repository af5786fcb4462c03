/** A node as clients of SDMX ask it: structures, data and availability, in each format and version. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import { readCsvRows } from '#codecs/csv/read-csv.ts'
import { elementsOf, readXml } from '#codecs/xml/read-xml.ts'

const points = (measure: string) => `national_datapoints/ddf--datapoints--${measure}--by--country--year.csv`
const rows = (measure: string, lines: readonly string[]) => ({
  [points(measure)]: [`country,year,${measure}`, ...lines].join('\n'),
})

const node = await testApp()
await withStatistics(node.app, uis, {
  ...rows('schbsp_1_welec', ['ken,2010,40', 'ken,2018,80', 'ken,2020,90.25', 'uga,2015,2.4', 'fra,2020,100']),
  ...rows('schbsp_2_welec', ['ken,2020,95', 'uga,2015,']),
  ...rows('xgdp_fsgov', ['ken,2019,5.5']),
})

const get = (path: string, accept?: string, headers: Record<string, string> = {}) =>
  node.get(`/sdmx/${path}`, { ...headers, ...(accept && { accept }) })
const csv1 = 'application/vnd.sdmx.data+csv;version=1.0.0'
const csv2 = 'application/vnd.sdmx.data+csv;version=2.0.0'
const json1 = 'application/vnd.sdmx.data+json;version=1.0.0'
const json2 = 'application/vnd.sdmx.data+json;version=2.0.0'
const flow = 'schbsp_welec'
const table = (body: string) => readCsvRows(body).filter((cells) => cells.length > 1)
/** Area, level, year and value of each row. */
const told = (body: string) => {
  const [head = [], ...lines] = table(body)
  const at = (name: string) => head.indexOf(name)
  return lines.map((line) =>
    ['REF_AREA', 'EDUCATION_LEV', 'TIME_PERIOD', 'OBS_VALUE'].map((name) => line[at(name)] ?? '').join(' '),
  )
}
const all = [
  'FR 1 2020 100',
  'KE 1 2010 40',
  'KE 1 2018 80',
  'KE 1 2020 90.25',
  'KE 2 2020 95',
  'UG 1 2015 2.4',
  'UG 2 2015 ',
]

test('SDMX-CSV 1.0 and 2.0 tell each observation with its attributes', async () => {
  const { statusCode, headers, body } = await get(`2.1/data/${flow}`, csv1)
  assert.equal(statusCode, 200)
  assert.equal(headers['content-type'], `${csv1}; charset=utf-8`)
  const [head, first] = table(body)
  assert.deepEqual(head, [
    'DATAFLOW',
    'FREQ',
    'REF_AREA',
    'EDUCATION_LEV',
    'TIME_PERIOD',
    'OBS_VALUE',
    'UNIT_MEASURE',
    'OBS_STATUS',
    'NATURE',
    'RELEASE_DATE',
    'COMMENT_OBS',
  ])
  assert.deepEqual(first, [
    'QINGDAO:schbsp_welec(1.0.0)',
    'A',
    'FR',
    '1',
    '2020',
    '100',
    'percent',
    'A',
    '_X',
    '2024-10-08',
    '',
  ])
  assert.deepEqual(told(body), all)
  const newer = table((await get(`3.0/data/dataflow/QINGDAO/${flow}/1.0.0/*`, csv2)).body)
  assert.deepEqual(newer[0]!.slice(0, 4), ['STRUCTURE', 'STRUCTURE_ID', 'ACTION', 'FREQ'])
  assert.deepEqual(newer[1]!.slice(0, 5), ['dataflow', 'QINGDAO:schbsp_welec(1.0.0)', 'I', 'A', 'FR'])
  assert.deepEqual(newer.at(-1)!.slice(-3), ['', '2024-10-08', 'empty'])
})

test('labels, keys and languages of SDMX-CSV', async () => {
  const { body } = await get(
    `3.0/data/dataflow/*/${flow}/+/A.KE.2`,
    `${csv2};labels=both;keys=both;timeFormat=normalized`,
    {
      'accept-language': 'fr',
    },
  )
  const [head, first] = table(body)
  assert.deepEqual(head!.slice(3, 7), ['SERIES_KEY', 'OBS_KEY', 'FREQ: Fréquence', 'REF_AREA: Zone de référence'])
  assert.deepEqual(first!.slice(3, 8), [
    'A.KE.2',
    'A.KE.2.2020',
    'A: Annuelle',
    'KE: Kenya',
    '2: Premier cycle de l’enseignement secondaire',
  ])
  assert.equal(first![8], '2020-01-01')
  const named = table((await get(`2.1/data/${flow}/A.KE.2`, `${csv1};labels=name`)).body)
  assert.deepEqual(named[0]!.slice(0, 4), ['DATAFLOW', 'STRUCTURE_NAME', 'FREQ', 'Frequency'])
})

test('keys, wildcards, lists and periods choose what is told, in both versions', async () => {
  const answers: readonly (readonly [string, readonly string[]])[] = [
    [`2.1/data/${flow}/A.KE+UG.1`, ['KE 1 2010 40', 'KE 1 2018 80', 'KE 1 2020 90.25', 'UG 1 2015 2.4']],
    [`2.1/data/QINGDAO,${flow},latest/..2/all`, ['KE 2 2020 95', 'UG 2 2015 ']],
    [`2.1/data/${flow}/all/uis-education?startPeriod=2018-01-01&endPeriod=2019-Q4`, ['KE 1 2018 80']],
    [`2.1/data/${flow}/.KE.1?firstNObservations=1`, ['KE 1 2010 40']],
    [`2.1/data/${flow}/.KE.1?lastNObservations=1&endPeriod=2019`, ['KE 1 2018 80']],
    [
      `2.1/data/${flow}?lastNObservations=1`,
      ['FR 1 2020 100', 'KE 1 2020 90.25', 'KE 2 2020 95', 'UG 1 2015 2.4', 'UG 2 2015 '],
    ],
    [
      `3.0/data/dataflow/QINGDAO/${flow}?lastNObservations=1&offset=1&limit=2&sort=series_key:desc`,
      ['UG 1 2015 2.4', 'KE 2 2020 95'],
    ],
    [`3.0/data/dataflow/QINGDAO/${flow}?lastNObservations=1&c[REF_AREA]=sw:U`, ['UG 1 2015 2.4', 'UG 2 2015 ']],
    [`3.0/data/dataflow/QINGDAO/${flow}/1.0.0/A.KE.2,A.UG`, ['KE 2 2020 95', 'UG 1 2015 2.4', 'UG 2 2015 ']],
    [`3.0/data/datastructure/QINGDAO/DSD_${flow}/~/*?c[REF_AREA]=FR`, ['FR 1 2020 100']],
    [
      `3.0/data/dataflow/QINGDAO/${flow}?c[TIME_PERIOD]=ge:2015+lt:2020`,
      ['KE 1 2018 80', 'UG 1 2015 2.4', 'UG 2 2015 '],
    ],
    [`3.0/data/dataflow/QINGDAO/${flow}?c%5BTIME_PERIOD%5D=2010,2018`, ['KE 1 2010 40', 'KE 1 2018 80']],
    [`3.0/data/dataflow/QINGDAO/${flow}?c[OBS_VALUE]=gt:90`, ['FR 1 2020 100', 'KE 1 2020 90.25', 'KE 2 2020 95']],
    [`3.0/data/dataflow/QINGDAO/${flow}?c[OBS_STATUS]=O`, ['UG 2 2015 ']],
    [`3.0/data/dataflow/QINGDAO/${flow}?offset=2&limit=2`, ['KE 1 2018 80', 'KE 1 2020 90.25']],
    [
      `3.0/data/dataflow/QINGDAO/${flow}/*/*.KE?sort=series_key:desc+TIME_PERIOD:desc`,
      ['KE 2 2020 95', 'KE 1 2020 90.25', 'KE 1 2018 80', 'KE 1 2010 40'],
    ],
  ]
  for (const [path, expected] of answers) {
    const { statusCode, body } = await get(path, path.startsWith('2') ? csv1 : csv2)
    assert.equal(statusCode, 200, `${path}: ${body}`)
    assert.deepEqual(told(body), expected, path)
  }
})

test('several dataflows come in one answer, each with its own columns', async () => {
  const { body } = await get('3.0/data/dataflow/*/*/*/*?c[REF_AREA]=KE&c[TIME_PERIOD]=ge:2019', csv2)
  assert.deepEqual(
    table(body)
      .slice(1)
      .map((line) => `${line[1]} ${line.slice(4, 8).join(' ')}`),
    [
      'QINGDAO:schbsp_welec(1.0.0) KE 1 2020 90.25',
      'QINGDAO:schbsp_welec(1.0.0) KE 2 2020 95',
      'QINGDAO:xgdp_fsgov(1.0.0) KE  2019 5.5',
    ],
  )
  const xml = await get('3.0/data/dataflow/*/*', 'application/vnd.sdmx.data+xml;version=3.0.0')
  assert.equal([...elementsOf(readXml(xml.body), 'mes:DataSet')].length, 2)
})

test('less is told where less is asked for: no attributes, keys alone', async () => {
  const keys = table((await get(`2.1/data/${flow}?detail=serieskeysonly`, csv1)).body)
  assert.deepEqual(
    keys.map((line) => line.slice(1).join(' ').trim()),
    ['FREQ REF_AREA EDUCATION_LEV TIME_PERIOD', 'A FR 1', 'A KE 1', 'A KE 2', 'A UG 1', 'A UG 2'],
  )
  const plain = table((await get(`2.1/data/${flow}/.FR.?detail=dataonly`, csv1)).body)
  assert.deepEqual(plain[0], ['DATAFLOW', 'FREQ', 'REF_AREA', 'EDUCATION_LEV', 'TIME_PERIOD', 'OBS_VALUE'])
  const some = table((await get(`3.0/data/dataflow/*/${flow}/*/*.FR?attributes=OBS_STATUS`, csv2)).body)
  assert.deepEqual(some[0]!.slice(-2), ['OBS_VALUE', 'OBS_STATUS'])
})

/** Observations of SDMX-JSON as `area level year value`, whatever stands at the observation. */
function toldJson(data: any, structure: any): string[] {
  const { series: ofSeries, observation: ofObservation } = structure.dimensions
  const found: string[] = []
  const valueAt = (dimensions: any[], key: string) =>
    key.split(':').map((index, at) => [dimensions[at].id, dimensions[at].values[Number(index)].id] as const)
  const tell = (parts: readonly (readonly [string, string])[], [value]: any[]) => {
    const by = Object.fromEntries(parts)
    found.push(`${by.REF_AREA} ${by.EDUCATION_LEV} ${by.TIME_PERIOD} ${value ?? ''}`)
  }
  for (const set of data.dataSets) {
    for (const [key, one] of Object.entries<any>(set.series ?? {}))
      for (const [at, observation] of Object.entries<any>(one.observations))
        tell([...valueAt(ofSeries, key), ...valueAt(ofObservation, at)], observation)
    for (const [key, observation] of Object.entries<any>(set.observations ?? {}))
      tell(valueAt(ofObservation, key), observation)
  }
  return found.sort()
}

test('SDMX-JSON tells the same, by time, by another dimension and as a flat table', async () => {
  for (const at of ['TIME_PERIOD', 'REF_AREA', 'EDUCATION_LEV', 'AllDimensions']) {
    const older = JSON.parse((await get(`2.1/data/${flow}?dimensionAtObservation=${at}`, json1)).body)
    assert.deepEqual(toldJson(older.data, older.data.structure), all, at)
    const newer = JSON.parse((await get(`3.0/data/dataflow/QINGDAO/${flow}?dimensionAtObservation=${at}`, json2)).body)
    assert.deepEqual(toldJson(newer.data, newer.data.structures[0]), all, at)
    assert.equal(newer.data.structures[0].dimensions.observation.at(-1).id, at === 'AllDimensions' ? 'TIME_PERIOD' : at)
  }
  const draft = JSON.parse((await get(`2.1/data/${flow}`, 'application/vnd.sdmx.draft-sdmx-json+json')).body)
  assert.deepEqual(toldJson(draft, draft.structure), all)
  const { data } = JSON.parse((await get(`3.0/data/dataflow/QINGDAO/${flow}/*/A.UG.2`, json2)).body)
  const [, status, , release, reason] = Object.values<any>(
    Object.values<any>(data.dataSets[0].series)[0].observations,
  )[0]
  const [ofStatus, , ofRelease] = data.structures[0].attributes.observation
  assert.deepEqual(
    [ofStatus.values[status].name, ofRelease.values[release].value, reason],
    ['Missing value', '2024-10-08', 'empty'],
  )
})

/** Observations of SDMX-ML as `area level year value`. */
function toldXml(text: string): string[] {
  const root = readXml(text)
  const found: string[] = []
  const local = ({ name }: { name: string }) => name.split(':').at(-1)
  const walk = (element: any, by: Record<string, string>) => {
    const name = local(element)
    const own: Record<string, string> = { ...by }
    if (name === 'Series' || name === 'Obs') Object.assign(own, element.attributes)
    for (const child of element.children) {
      const values = [...elementsOf(child, 'gen:Value')]
      if (local(child) === 'SeriesKey' || local(child) === 'ObsKey')
        for (const { attributes } of values) own[attributes['id']!] = attributes['value']!
      if (local(child) === 'ObsDimension') own['at'] = child.attributes.value
      if (local(child) === 'ObsValue') own['OBS_VALUE'] = child.attributes.value
    }
    if (name === 'Obs') {
      const missing = ['REF_AREA', 'EDUCATION_LEV', 'TIME_PERIOD'].find((id) => own[id] === undefined)
      if (missing && own['at']) own[missing] = own['at']
      found.push(`${own['REF_AREA']} ${own['EDUCATION_LEV']} ${own['TIME_PERIOD']} ${own['OBS_VALUE'] ?? ''}`)
    } else for (const child of element.children) walk(child, own)
  }
  walk(root, {})
  return found.sort()
}

test('SDMX-ML tells the same: generic and structure-specific 2.1, structure-specific 3.0', async () => {
  const formats = [
    'application/vnd.sdmx.genericdata+xml;version=2.1',
    'application/vnd.sdmx.structurespecificdata+xml;version=2.1',
    'application/vnd.sdmx.data+xml;version=3.0.0',
  ]
  for (const format of formats)
    for (const at of ['TIME_PERIOD', 'REF_AREA', 'AllDimensions']) {
      const { body, headers } = await get(`2.1/data/${flow}?dimensionAtObservation=${at}`, format)
      assert.match(String(headers['content-type']), /^application\/vnd\.sdmx\.[a-z]+\+xml;version=[23]/)
      assert.deepEqual(toldXml(body), all, `${format} ${at}`)
    }
})

test('a structure comes with what it refers to, in six languages, and says which codes have data', async () => {
  const { data } = JSON.parse(
    (await get(`3.0/structure/dataflow/QINGDAO/${flow}/~?references=descendants&detail=referencepartial`)).body,
  )
  assert.equal(data.dataflows[0].id, flow)
  assert.equal(data.dataflows[0].names.ar.length > 3, true)
  const [structure] = data.dataStructures
  assert.equal(data.dataflows[0].structure, structure.links[0].urn)
  const { dimensions, timeDimension } = structure.dataStructureComponents.dimensionList
  assert.deepEqual(
    [...dimensions.map(({ id }: any) => id), timeDimension.id],
    ['FREQ', 'REF_AREA', 'EDUCATION_LEV', 'TIME_PERIOD'],
  )
  const lists = new Map<string, any>(data.codelists.map((list: any) => [list.id, list]))
  assert.deepEqual(
    lists
      .get('CL_AREA')
      .codes.map(({ id }: any) => id)
      .sort(),
    ['FR', 'KE', 'UG'],
  )
  assert.deepEqual(Object.keys(lists.get('CL_EDUCATION_LEV').codes[0].names).sort(), [
    'ar',
    'en',
    'es',
    'fr',
    'ru',
    'zh',
  ])
  // Each that is named is there.
  const urns = new Set(
    JSON.stringify(data).match(
      /urn:sdmx:org\.sdmx\.infomodel\.(?:codelist\.Codelist|conceptscheme\.ConceptScheme)=[^"]+/g,
    ),
  )
  for (const list of lists.values()) assert.ok(urns.has(list.links[0].urn))
  assert.equal(data.conceptSchemes[0].isPartial, true)
})

test('structures of SDMX-ML 2.1 and 3.0 name each other, and every reference leads somewhere', async () => {
  const { body, headers } = await get(`2.1/dataflow/all/${flow}/latest?references=all`)
  assert.equal(headers['content-type'], 'application/vnd.sdmx.structure+xml;version=2.1; charset=utf-8')
  const root = readXml(body)
  assert.deepEqual(
    root.children[1]!.children.map(({ name }) => name),
    ['str:Dataflows', 'str:Codelists', 'str:Concepts', 'str:DataStructures', 'str:Constraints'],
  )
  const known = new Set(
    root.children[1]!.children.flatMap(({ children }) => children).map(({ attributes }) => attributes['id']),
  )
  for (const { attributes } of elementsOf(root, 'Ref'))
    if (attributes['class'] && attributes['class'] !== 'Concept')
      assert.ok(known.has(attributes['id']), attributes['id'])
  const newer = readXml(
    (await get(`3.0/structure/datastructure/*/DSD_${flow}?references=children`, 'application/xml')).body,
  )
  const lists = new Set([...elementsOf(newer, 'str:Codelist')].map(({ attributes }) => attributes['urn']))
  const named = [...elementsOf(newer, 'str:Enumeration')].map(({ text }) => text)
  assert.ok(named.length > 4 && named.every((urn) => lists.has(urn)))
})

test('items, stubs and lists of artefacts', async () => {
  const item = readXml((await get('2.1/codelist/QINGDAO/CL_AREA/1.0.0/KE+UG')).body)
  assert.deepEqual([...elementsOf(item, 'str:Code')].map(({ attributes }) => attributes['id']).sort(), ['KE', 'UG'])
  assert.equal([...elementsOf(item, 'str:Codelist')][0]!.attributes['isPartial'], 'true')
  const stubs = readXml((await get('2.1/datastructure/all/all/all?detail=allstubs')).body)
  assert.equal([...elementsOf(stubs, 'str:DataStructure')].length, 2)
  assert.equal([...elementsOf(stubs, 'str:DataStructureComponents')].length, 0)
  for (const path of [
    '2.1/agencyscheme',
    '2.1/conceptscheme',
    '2.1/dataproviderscheme',
    '2.1/contentconstraint',
    '3.0/structure/dataconstraint',
    '2.1/structure/QINGDAO?detail=allstubs',
  ])
    assert.equal((await get(path)).statusCode, 200, path)
  const constraint = readXml((await get(`2.1/contentconstraint/QINGDAO/CR_${flow}`)).body)
  const values = [...elementsOf(constraint, 'com:KeyValue')].map(({ attributes, children }) => [
    attributes['id'],
    children.map(({ text }) => text),
  ])
  assert.deepEqual(values, [
    ['FREQ', ['A']],
    ['REF_AREA', ['FR', 'KE', 'UG']],
    ['EDUCATION_LEV', ['1', '2']],
  ])
})

test('availability says what a query would answer, or what could be added to it', async () => {
  const exact = JSON.parse(
    (await get(`3.0/availability/dataflow/QINGDAO/${flow}/1.0.0/*.KE.*?references=codelist`)).body,
  )
  const [one] = exact.data.dataConstraints
  const region = (of: any) =>
    Object.fromEntries(
      of.cubeRegions[0].keyValues.map(({ id, values }: any) => [id, values?.map(({ value }: any) => value)]),
    )
  assert.deepEqual([region(one).REF_AREA, region(one).EDUCATION_LEV], [['KE'], ['1', '2']])
  assert.deepEqual(
    one.annotations.map(({ title }: any) => title),
    ['2', '4'],
  )
  const areas = exact.data.codelists.find(({ id }: any) => id === 'CL_AREA').codes
  assert.deepEqual(
    areas.map(({ id }: any) => id).sort(),
    ['001', '002', '014', '202', 'KE'],
    'with the regions above it',
  )
  const available = JSON.parse((await get(`3.0/availability/dataflow/QINGDAO/${flow}/*/*.*.2?mode=available`)).body)
  assert.deepEqual(region(available.data.dataConstraints[0]), {
    FREQ: ['A'],
    REF_AREA: ['KE', 'UG'],
    EDUCATION_LEV: ['1', '2'],
    TIME_PERIOD: undefined,
  })
  const older = readXml((await get(`2.1/availableconstraint/${flow}/.UG./all/EDUCATION_LEV`)).body)
  assert.deepEqual(
    [...elementsOf(older, 'com:Value')].map(({ text }) => text),
    ['1', '2'],
  )
})

test('what cannot be answered is said with the status that the specification gives it', async () => {
  const refusals: readonly (readonly [string, number, RegExp])[] = [
    ['2.1/data/nothing', 404, /code="100"/],
    [`2.1/data/${flow}/A.ZZ.1`, 404, /code="100"/],
    [`2.1/data/${flow}/A.KE`, 400, /code="140".*FREQ\.REF_AREA\.EDUCATION_LEV/s],
    [`2.1/data/${flow}/A.K E.1`, 400, /key/],
    [`2.1/data/${flow}?startPeriod=May`, 400, /startPeriod/],
    [`2.1/data/${flow}?detail=some`, 400, /serieskeysonly/],
    [`2.1/data/${flow}?firstNObservations=0`, 400, /firstNObservations/],
    [`2.1/data/${flow}?colour=red`, 400, /colour/],
    ['2.1/metadata/x', 501, /metadata/],
    ['2.1/categoryscheme', 404, /code="100"/],
    ['2.1/codelist/QINGDAO/CL_NOTHING', 404, /CL_NOTHING/],
    ['2.1/magic', 404, /magic/],
    [`2.1/dataflow?references=magic`, 400, /references/],
    [`3.0/data/dataflow/QINGDAO/${flow}?c[COLOUR]=red`, 422, /COLOUR.*REF_AREA/],
    [`3.0/data/dataflow/QINGDAO/${flow}/1.0.0/A.KE.1.2.3`, 422, /key/],
    [`3.0/data/dataflow/QINGDAO/${flow}?dimensionAtObservation=COLOUR`, 422, /COLOUR/],
    [
      `3.0/data/dataflow/QINGDAO/${flow}?updatedAfter=2026-02-01T00:00:00Z&asOf=2026-01-01T00:00:00Z`,
      422,
      /updatedAfter/,
    ],
    [`3.0/data/dataflow/QINGDAO/${flow}?c[OBS_VALUE]=ge:high`, 422, /high/],
    [`3.0/data/dataflow/QINGDAO/${flow}?c[TIME_PERIOD]=ge:May`, 400, /May/],
    [`3.0/data/dataflow/QINGDAO/${flow}?sort=REF_AREA`, 501, /sort/],
    [`3.0/data/dataflow/QINGDAO/${flow}/2.0.0`, 404, new RegExp(flow)],
    ['3.0/data/magic/QINGDAO', 400, /magic/],
    ['3.0/schema/dataflow/QINGDAO/x', 501, /schema/],
  ]
  for (const [path, status, words] of refusals) {
    const { statusCode, body, headers } = await get(encodeURI(path).replaceAll('%5B', '[').replaceAll('%5D', ']'))
    assert.equal(statusCode, status, `${path}: ${body}`)
    assert.match(body, words, path)
    assert.match(String(headers['content-type']), path.startsWith('3') ? /json/ : /xml/, path)
  }
  assert.equal((await get(`3.0/data/dataflow/QINGDAO/${flow}/*/A.ZZ.1`)).statusCode, 204)
  assert.equal((await get(`2.1/data/${flow}`, 'application/vnd.sdmx.data+json;version=7.0.0')).statusCode, 406)
  assert.equal((await get(`2.1/dataflow`, 'image/png')).statusCode, 406)
})

test('who has an answer already is told so', async () => {
  const first = await get(`2.1/data/${flow}`, csv1)
  const etag = String(first.headers['etag'])
  assert.equal((await get(`2.1/data/${flow}`, csv1, { 'if-none-match': etag })).statusCode, 304)
  assert.equal(
    (await get(`2.1/data/${flow}`, csv1, { 'if-modified-since': String(first.headers['last-modified']) })).statusCode,
    304,
  )
  assert.equal(first.headers['access-control-allow-origin'], '*')
})
