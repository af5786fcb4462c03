import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { openApp } from '#app'
import { decodeXml } from '#codecs/xml/decode-xml.ts'
import { readPage } from '#codecs/oai-pmh/read-response.ts'
import { goOnHarvesting } from '#features/harvest/run.ts'
import { addHarvest, runHarvest } from '#features/harvest/operations.ts'
import { answerTo } from './oai-pages.ts'
const count = Number(process.argv[2] ?? 10000)
const dir = '/tmp/scratch-take'
await rm(dir, { recursive: true, force: true })
const enc = new TextEncoder()
const system = { kind: 'system', id: 'bench' } as const
const app = await openApp({ dataDir: dir, databaseAddress: dir + '/q.sqlite', environment: { now: () => new Date(), random: (n) => randomBytes(n),
  fetch: async (url) => ({ status: url.endsWith('robots.txt') ? 404 : 200, headers: {}, url, body: enc.encode(url.endsWith('robots.txt') ? '' : answerTo(new URL(url).searchParams)) }) } })
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }
const timed = async (what: string, n: number, f: () => Promise<unknown>) => { const c = cpu(), t = performance.now(); await f(); const s = (performance.now() - t) / 1000; console.log(what.padEnd(30), Math.round(n / s), '/s wall', Math.round(n / (cpu() - c)), '/s cpu'); }
async function parse() { let total = 0; for (let q: string | undefined = `verb=ListRecords&set=p:${count}`; q;) { const { text } = decodeXml(enc.encode(answerTo(new URLSearchParams(q))), 'text/xml'); const p = readPage(text); total += p.records.length; q = p.token && `verb=ListRecords&resumptionToken=${p.token}` } return total }
async function generate() { let total = 0; for (let i = 0; i < count; i += 500) total += answerTo(new URLSearchParams(`verb=ListRecords&resumptionToken=p:${i}:${count}`)).length; return total }
async function take(set: string) { const { name } = await app.perform(addHarvest, system, { address: 'https://bench.example/oai', settings: { set: `${set}:${count}` } }); await app.perform(runHarvest, system, { name }); await goOnHarvesting({ perform: app.perform, db: app.database.read, services: app.running.services, environment: app.environment, pauseMs: 0 }, name); console.log(JSON.stringify((await app.perform(app.operation('harvest.read')!, system, { name }) as any).source.problem)); return name }
for (let i = 0; i < 3; i++) { await timed('generate', count, generate); await timed('parse', count, parse); await timed('take', count, () => take('s' + i)) }
const { name } = { name: 'oai-bench-example' }
await timed('again', count, async () => { await app.perform(runHarvest, system, { name, all: true }); await goOnHarvesting({ perform: app.perform, db: app.database.read, services: app.running.services, environment: app.environment, pauseMs: 0 }, name) })
await app.close()
