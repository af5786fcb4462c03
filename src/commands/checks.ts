/** What `qingdao doctor` looks at, each beside what it should agree with. */
import { access, constants, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '#app'
import { addressOf } from '#kernel/config.ts'
import { journalAfter, journalHead } from '#kernel/journal.ts'
import { readableByOthers } from '#kernel/private-files.ts'
import { Problem } from '#kernel/problem.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { lookAtAuthorities } from '#areas/recognition/index.ts'
import { checkAttachments } from '#features/attachments/check.ts'
import { siteId } from '#features/site/site.ts'
import { findable, type Readiness } from '#features/portal/readiness.ts'
import { compareWithLog } from '#features/transparency/compare.ts'
import { isSound } from '#features/transparency/findings.ts'
import { readCheckpoint } from '#features/transparency/source.ts'
import { verifyLog } from '#features/transparency/verify-log.ts'
import { records } from '#records/store.ts'
import type { Run } from './command.ts'
import { toldProblem, type HealthCheck } from './health-check.ts'

const megabyte = 1024 * 1024
const littleRoom = 1024 * megabyte
const noRoom = 100 * megabyte
/** What a running node has surely taken in, and a snapshot surely holds. */
const logLagMs = 60_000
const mostlyWhole = 0.9
const stoppedLagMs = 15 * 60_000
const searchLagMs = 15 * 60_000
const mostNamed = 5

const named = (all: readonly string[]) => `${all.slice(0, mostNamed).join(', ')}${all.length > mostNamed ? '…' : ''}`

export async function diskChecks({ settings, t, f }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.disk')
  const { bavail, bsize } = await statfs(settings.dataDir)
  const free = bavail * bsize
  const size = { size: f.bytes(free) }
  const room: HealthCheck =
    free < littleRoom
      ? {
          about,
          state: free < noRoom ? 'fault' : 'warning',
          text: t('cli.doctor.diskLow', size),
          next: t('cli.doctor.diskLow.next'),
        }
      : { about, state: 'ok', text: t('cli.doctor.diskFree', size) }
  return [room, ...(await rightsChecks(settings, t))]
}

/** Secrets and the database are for the user alone who runs the node; and that user must be able to write. */
async function rightsChecks({ dataDir }: Run['settings'], t: Run['t']): Promise<HealthCheck[]> {
  const about = t('cli.doctor.rights')
  const next = t('cli.doctor.rights.next', { folder: dataDir })
  const checks: HealthCheck[] = []
  const mayWrite = await access(dataDir, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!mayWrite) checks.push({ about, state: 'warning', text: t('cli.doctor.rightsReadOnly', { path: dataDir }) })
  for (const path of await readableByOthers(dataDir))
    checks.push({ about, state: 'warning', text: t('cli.doctor.rightsOpen', { path }), next })
  return checks.length > 0 ? checks : [{ about, state: 'ok', text: t('cli.doctor.rightsClosed') }]
}

export async function keyChecks({ log, database, canOpenSecrets }: App, { t, settings }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.keys')
  const checks: HealthCheck[] = []
  const nodeId = (await records(database.read).nodeId()) ?? ''
  const next = t('cli.doctor.keyMissing.next')
  if ((await log.findTrouble().catch(() => undefined))?.code === 'logKeyMissing')
    checks.push({
      about,
      state: 'fault',
      text: t('cli.doctor.keyMissing', { path: join(settings.dataDir, 'keys', `log-${nodeId}.json`) }),
      next,
    })
  if (!(await canOpenSecrets())) checks.push({ about, state: 'fault', text: t('cli.doctor.factorsLost'), next })
  return checks.length > 0 ? checks : [{ about, state: 'ok', text: t('cli.doctor.keysThere') }]
}

/** The log itself, and whether the journal goes on from what was signed. */
export async function logChecks({ log }: App, { t }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.log')
  const trouble = await log.findTrouble().catch(() => undefined)
  if (trouble?.code === 'logStandsStill') return [{ about, state: 'fault', ...toldProblem(t, trouble) }]
  if (!(await readCheckpoint(log.source))) return [{ about, state: 'fact', text: t('cli.doctor.logNone') }]
  const { findings, size } = await verifyLog(log.source)
  return isSound(findings)
    ? [{ about, state: 'ok', text: t('cli.doctor.logSound', { size }) }]
    : [
        {
          about,
          state: 'fault',
          text: t('cli.doctor.logUnsound', { size }),
          next: t('cli.doctor.logUnsound.next'),
        },
      ]
}

/** Each version that was published, beside its digest in the log. */
export async function contentChecks(
  { log, database }: App,
  { t, f, environment }: Run,
  served: Readiness | undefined,
): Promise<HealthCheck[]> {
  const nodeId = (await records(database.read).nodeId()) ?? ''
  // A journal of another time holds other versions: what to do about that is said of the log.
  if ((await log.findTrouble().catch(() => undefined))?.code === 'logStandsStill') return []
  const { size, changed, behind, behindSince } = await compareWithLog(database.read, nodeId, log.source)
  const about = t('cli.doctor.content')
  // One that was stopped may have had no time for the last lines; then the journal did not go on for long without it.
  const head = await journalHead(database.read)
  const [last] = await journalAfter(database.read, head - 1, 1)
  const until = served ? environment.now().getTime() : Date.parse(last?.at ?? behindSince ?? '')
  const isLate = behindSince !== null && until - Date.parse(behindSince) > (served ? logLagMs : stoppedLagMs)
  const checks: HealthCheck[] = [
    changed.length > 0
      ? {
          about,
          state: 'fault',
          text: t('cli.doctor.contentChanged', { count: changed.length, which: named(changed) }),
          next: t('cli.doctor.contentChanged.next'),
        }
      : { about, state: 'ok', text: t('cli.doctor.contentSame', { count: size }) },
  ]
  if (behindSince !== null)
    checks.push({
      about: t('cli.doctor.log'),
      state: isLate ? 'fault' : 'warning',
      text: t('cli.doctor.logBehind', { behind, time: f.time(behindSince) }),
      next: t('cli.doctor.logBehind.next'),
    })
  return checks
}

/** As it is served, where the node runs; else as it was saved last. */
export async function searchChecks(app: App, run: Run, served: Readiness | undefined): Promise<HealthCheck[]> {
  const { t, environment } = run
  const about = t('cli.doctor.search')
  const head = await journalHead(app.database.read)
  const expected = await findable(app.database, app.runtime.services)
  const {
    documents: count,
    segments,
    bytes,
  } = served ? { ...app.search.memory(), documents: served.search.records } : app.search.memory()
  const behind = served?.search.behind ?? head - app.search.seq
  const { newest, damaged } = await app.checkSnapshots()
  const [next] = await journalAfter(app.database.read, head - behind, 1)
  const isLate =
    served !== undefined && next !== undefined && environment.now().getTime() - Date.parse(next.at) > searchLagMs
  // One that was stopped takes in the last lines when it starts; where much is missing, readers will wait for long.
  const isWhole = behind === 0 ? count >= expected : !isLate && count >= expected * mostlyWhole
  return [
    isWhole && behind === 0
      ? {
          about,
          state: 'ok',
          text: t('cli.doctor.searchState', { count, segments, size: run.f.bytes(bytes), behind }),
        }
      : {
          about,
          state: isWhole ? 'warning' : 'fault',
          text: t('cli.doctor.searchLess', { count, expected, behind }),
          next: t('cli.doctor.searchLess.next'),
        },
    {
      about: t('cli.doctor.snapshot'),
      state: 'fact',
      text: newest
        ? t('cli.doctor.snapshotState', { seq: newest.seq, head, time: run.f.time(newest.savedAt.toISOString()) })
        : t('cli.doctor.snapshotNone'),
    },
    ...damaged.map((file): HealthCheck => ({
      about: t('cli.doctor.damaged'),
      state: 'fault',
      text: file,
      next: t('cli.doctor.searchLess.next'),
    })),
  ]
}

export async function fileChecks({ database, runtime }: App, { t }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.files')
  const { count, missing, changed } = await checkAttachments(database.read, runtime.services.files)
  const which = named([...missing, ...changed])
  return missing.length + changed.length === 0
    ? [{ about, state: 'ok', text: t('cli.doctor.filesWhole', { count }) }]
    : [
        {
          about,
          state: 'fault',
          text: t('cli.doctor.filesLost', { missing: missing.length, changed: changed.length, which }),
          next: t('cli.doctor.filesLost.next'),
        },
      ]
}

/** Authorities whose seals count: a file that says nothing, or that has ended, lets credentials go unproven. */
export async function authorityChecks({ settings, t, environment }: Run): Promise<HealthCheck[]> {
  const about = t('authorityFiles.name')
  const found = await lookAtAuthorities(settings.dataDir, environment.now())
  if (!found) return []
  const checks: HealthCheck[] = []
  if (found.unread.length > 0)
    checks.push({
      about,
      state: 'fault',
      text: t('authorityFiles.unread', { which: named(found.unread) }),
      next: t('authorityFiles.unread.next'),
    })
  if (found.notInForce.length > 0)
    checks.push({
      about,
      state: 'warning',
      text: t('authorityFiles.notInForce', { which: named(found.notInForce) }),
      next: t('authorityFiles.notInForce.next'),
    })
  return [...checks, { about, state: 'ok', text: t('authorityFiles.good', { count: found.good }) }]
}

export type Served = { checks: HealthCheck[]; served: Readiness | undefined }

/** Whoever finds a weakness of a public node needs somebody to write to (RFC 9116). */
export async function contactChecks({ database }: App, { settings, t }: Run): Promise<HealthCheck[]> {
  if (!settings.publicUrl) return []
  const about = t('cli.doctor.contact')
  const site = await records(database.read).find(siteId)
  return site?.body.contactEmail || site?.body.contactUrl
    ? [{ about, state: 'ok', text: t('cli.doctor.contactSaid') }]
    : [{ about, state: 'warning', text: t('cli.doctor.contactMissing'), next: t('cli.doctor.contactMissing.next') }]
}

/** What answers at the address that people know the node by, and at that of this machine. */
export async function addressChecks(node: string, run: Run): Promise<Served> {
  const { settings, t } = run
  const about = t('cli.doctor.address')
  const local = `http://${settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host}:${settings.port}`
  const here = await readinessAt(local, run)
  const isHere = typeof here !== 'string' && here.node === node
  const served = isHere ? here : undefined
  const address = addressOf(settings)
  const next = t('cli.doctor.addressSilent.next')
  if (!settings.publicUrl)
    return {
      served,
      checks: [
        isHere
          ? { about, state: 'ok', text: t('cli.doctor.addressHere', { address }) }
          : { about, state: 'warning', text: t('cli.doctor.notRunning', { address: local }) },
      ],
    }
  const there = await readinessAt(settings.publicUrl, run)
  if (typeof there === 'string') {
    const text = t('cli.doctor.addressSilent', { address, reason: there })
    return { served, checks: [{ about, state: isHere ? 'fault' : 'warning', text, next }] }
  }
  if (there.node !== null && there.node !== node)
    return { served, checks: [{ about, state: 'fault', text: t('cli.doctor.addressOther', { address }), next }] }
  return { served: there, checks: [{ about, state: 'ok', text: t('cli.doctor.addressHere', { address }) }] }
}

const answersWithinMs = 5_000

/** What it says of itself; else why it says nothing. The operator named the address, so it may be a private one. */
async function readinessAt(address: string, { environment: { fetch: goOut } }: Run): Promise<Readiness | string> {
  try {
    const { status, body } = await goOut(`${address}/ready`, { timeMs: answersWithinMs }, { mayBePrivate: true })
    if (status !== 200 && status !== 503) return String(status)
    const value = parseJson(new TextDecoder().decode(body)) as Readiness
    return typeof value === 'object' && value !== null && 'search' in value ? value : String(status)
  } catch (error) {
    if (error instanceof Problem) return String(error.values.reason ?? error.code)
    throw error
  }
}
