/** Nodes of any size: real records, varied until there are enough, ingested like any others. */
import { importer } from '#records/sources/import.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import { ingest } from '#records/sources/ingest.ts'
import { openAlone } from './alone.ts'
import { dice, titleOf } from './addresses.ts'
import type { Options } from './measure.ts'
import { keptFolder, realNode, recordsIn, shapeOf, shaping } from './real-node.ts'

/** Others are linked to by so many that copies would bend the picture. */
const varied = new Set(['resource', 'course', 'organisation', 'platform', 'practice', 'solution', 'funding'])
const rowsAtOnce = 2_000

export function syntheticNode(count: number, options: Options): Promise<string> {
  return keptFolder(String(count), shapeOf(shaping, `2 ${count}`), async (folder) => {
    options.say(`filling a house with ${count.toLocaleString('en')} records, which takes a while`)
    await fill(folder, count, await recordsIn(await realNode(options)), options.say)
  })
}

async function fill(dataDir: string, count: number, real: readonly StoredRecord[], say: Options['say']) {
  const app = await openAlone(dataDir)
  const told = every(5_000, say)
  try {
    let taken = 0
    for (const [collection, rows] of batches(variants(real, count))) {
      const { added, refused } = (await app.perform(ingest, importer(collection), { name: collection, rows })) as {
        added: number
        refused: unknown[]
      }
      if (refused.length) throw new Error(`refused: ${JSON.stringify(refused[0])}`)
      taken += added
      told(`${taken.toLocaleString('en')} kept`)
    }
    await app.follow((done, of) => told(`${done.toLocaleString('en')} of ${of.toLocaleString('en')} lines searchable`))
    await app.saveSearch()
    say(`${app.search.memory().documents.toLocaleString('en')} records are in it`)
  } finally {
    await app.close()
  }
}

function every(ms: number, say: Options['say']): Options['say'] {
  let last = Date.now()
  return (text) => {
    if (Date.now() - last < ms) return
    last = Date.now()
    say(text)
  }
}

type Row = { place: string; kind: string; identifier: string; url?: string; body: unknown }

/** First everything as it is, then copies of what may be copied, each with some words of others in its title. */
function* variants(real: readonly StoredRecord[], count: number): Generator<{ collection: string; row: Row }> {
  const random = dice()
  const usable = real.filter(({ status, origin }) => status === 'published' && origin?.collection)
  const models = usable.filter(({ kind }) => varied.has(kind))
  const any = () => models[Math.floor(random() * models.length)]!
  for (let made = 0; made < count; made++) {
    const isCopy = made >= usable.length
    const record = isCopy ? models[(made - usable.length) % models.length]! : usable[made]!
    const { collection = '', identifier, url } = record.origin!
    const name = isCopy ? `${identifier}#copy-${made}` : identifier
    const body = isCopy ? withOtherWords(record.body, titleOf(any()), random) : record.body
    yield { collection, row: { place: `made:${made}`, kind: record.kind, identifier: name, ...(url && { url }), body } }
  }
}

/** One word of the title gives way to one of another record, so that words keep their frequencies. */
function withOtherWords(body: Body, other: string, random: () => number): Body {
  const { title, originalLanguage } = body
  const tag = originalLanguage in title ? originalLanguage : Object.keys(title)[0]!
  const words = title[tag]!.split(' ')
  const others = other.split(' ').filter(Boolean)
  words[Math.floor(random() * words.length)] = others[Math.floor(random() * others.length)] ?? 'other'
  return { ...body, title: { ...title, [tag]: words.join(' ').slice(0, 300) } }
}

function* batches(from: Iterable<{ collection: string; row: Row }>): Generator<[string, Row[]]> {
  const waiting = new Map<string, Row[]>()
  for (const { collection, row } of from) {
    const rows = waiting.get(collection) ?? []
    waiting.set(collection, rows)
    rows.push(row)
    if (rows.length < rowsAtOnce) continue
    waiting.delete(collection)
    yield [collection, rows]
  }
  yield* waiting
}
