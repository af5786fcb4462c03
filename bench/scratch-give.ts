import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import { followJournal } from '#features/oai-pmh/follow.ts'
import { formats } from '#features/oai-pmh/formats.ts'
import { answer } from '#features/oai-pmh/provider.ts'
import { records } from '#records/store.ts'
const dir = '/tmp/scratch-take'
const system = { kind: 'system', id: 'bench' } as const
const there = await openApp({ dataDir: dir, databaseAddress: dir + '/q.sqlite', environment: { now: () => new Date(), random: (n) => randomBytes(n), fetch: async () => { throw new Error() } } })
while (!(await there.perform(followJournal, system, { anew: false })).isDone);
const context = { ...there.environment, db: there.database.read, services: there.running.services, actor: system, journal: () => {} }
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }
const rounds = Number(process.argv[2] ?? 3)
const only = process.argv[3]
async function timed(what: string, f: () => Promise<number>) { const c = cpu(); const n = await f(); return Math.round(n / (cpu() - c)) }
async function floor() { let read = 0; for (let after = 0, page; (page = await records(there.database.read).all(after, 200)).length > 0; after = page.at(-1)!.number) read += page.length; return read }
async function give(prefix: string) { let given = 0; for (let query: string | undefined = `verb=ListRecords&metadataPrefix=${prefix}`; query;) { const xml = await answer(context as any, new URLSearchParams(query), 'https://bench.example'); given += 200; const token: string | undefined = /<resumptionToken[^>]*>([^<]+)</.exec(xml.slice(-1000))?.[1]; query = token && `verb=ListRecords&resumptionToken=${token}` } return given }
for (let i = 0; i < rounds; i++) { const f = await timed('floor', floor); const parts = [`floor ${f}`]; for (const { prefix } of formats) if (!only || only === prefix) { const r = await timed(prefix, () => give(prefix)); parts.push(`${prefix} ${r} ${(r / f).toFixed(2)}`) } console.log(parts.join(' | ')) }
await there.close()
