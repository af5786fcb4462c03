/** Answers of a repository of any size (OAI-PMH 2.0), made when they are asked for: nothing of them is kept. */

const topics = ['reading', 'fractions', 'soil', 'rivers', 'coding', 'poetry', 'health', 'maps', 'light', 'trade']
const places = ['Kenya', 'Senegal', 'Peru', 'Viet Nam', 'Jordan', 'Samoa', 'Nepal', 'Haiti', 'Benin', 'Fiji', 'Laos']
const people = [
  'Nafula, Ursula',
  'Diop, Awa',
  'Quispe, Rosa',
  'Nguyen, Lan',
  'Haddad, Omar',
  'Leota, Sina',
  'Rai, Asha',
]
const words =
  'teacher class lesson village school story pupil river book lamp chart question answer group paper field radio phone garden market number letter sound week'.split(
    ' ',
  )
const of = <Item>(items: readonly Item[], n: number): Item => items[n % items.length]!
/** Forty words in an order that differs from record to record. */
const told = (n: number) =>
  Array.from({ length: 40 }, (_, i) => of(words, Math.imul(n + 1, 2_654_435_761 + i * 97) >>> 7)).join(' ')

const open = '<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
export const answerOf = (inner: string) =>
  `${open}<responseDate>${new Date().toISOString().slice(0, 19)}Z</responseDate><request>http://localhost/oai</request>${inner}</OAI-PMH>`

const dublinCore = (set: string, n: number) =>
  `<record><header><identifier>oai:${set}.example:${n}</identifier><datestamp>2024-05-01</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title xml:lang="en">${of(topics, n)} in ${of(places, n >> 3)}, lesson ${n}</dc:title><dc:creator>${of(people, n)}</dc:creator><dc:creator>${of(people, n >> 2)}</dc:creator><dc:subject>${of(topics, n)}</dc:subject><dc:subject>${of(topics, n >> 4)}</dc:subject><dc:description xml:lang="en">${told(n)}</dc:description><dc:publisher>Open Lessons</dc:publisher><dc:date>${2000 + (n % 24)}</dc:date><dc:type>Text</dc:type><dc:format>application/pdf</dc:format><dc:identifier>https://${set}.example/${n}</dc:identifier><dc:language>en</dc:language><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc></metadata></record>`

/** Records of a set from one number on, with a token where more come. */
export function pageOf(set: string, from: number, count: number, total: number): string {
  const end = Math.min(from + count, total)
  const records = Array.from({ length: end - from }, (_, i) => dublinCore(set, from + i)).join('\n')
  const token = `<resumptionToken completeListSize="${total}" cursor="${from}">${end < total ? `${set}:${end}:${total}` : ''}</resumptionToken>`
  return answerOf(`<ListRecords>${records}${token}</ListRecords>`)
}

export const identify = answerOf(
  '<Identify><repositoryName>Open Lessons</repositoryName><baseURL>http://localhost/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>admin@localhost.example</adminEmail><earliestDatestamp>2020-01-01</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>',
)
export const listFormats = answerOf(
  '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>',
)

const perPage = 500

/** What a repository answers: a set `name:size` of its own size for whoever asks for one; nothing newer than what was there. */
export function answerTo(query: URLSearchParams): string {
  const verb = query.get('verb')
  if (verb === 'Identify') return identify
  if (verb === 'ListMetadataFormats') return listFormats
  if (verb !== 'ListRecords') return answerOf('<error code="badVerb">?</error>')
  if (query.has('from')) return answerOf('<error code="noRecordsMatch">Nothing new</error>')
  const token = query.get('resumptionToken')?.split(':')
  const [name = 'all', size = '1000'] = query.get('set')?.split(':') ?? []
  return token ? pageOf(token[0]!, Number(token[1]), perPage, Number(token[2])) : pageOf(name, 0, perPage, Number(size))
}
