/** Whether another node speaks as docs/federation.md says: asked step by step over the network, and nothing is kept. */
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { violationsOf } from '#kernel/schema.ts'
import { isSame } from '#records/sources/sum-up.ts'
import { jwksOf, type Manifest } from '../manifest.ts'
import { checkPack, isFilePart, packIn, readPack, type Footer, type Header, type Line } from '../packs/pack.ts'
import { isKeyOf } from '../packs/trust.ts'
import { judgeSigned, SignedRecord } from '../signed-record.ts'
import { fetchManifest, type Reach } from './reach.ts'

export const checkSteps = [
  'manifest',
  'jwks',
  'pack',
  'signatures',
  'chain',
  'again',
  'goesOn',
  'kinds',
  'for',
  'single',
  'atEnd',
  'badPlace',
  'unknownRecord',
] as const
type Step = (typeof checkSteps)[number]
/** `unsure`: the node has too few records to tell. */
export type CheckFinding = { step: Step; state: 'ok' | 'bad' | 'unsure'; address: string; reason?: string }

const limits = { bytes: 64 * 1024 * 1024, timeMs: 60_000, redirects: 0 }
const few = 2

type Pack = { address: string; header: Header; footer: Footer; lines: Line[] }

/** @throws Problem notANode and those of going out, where there is no manifest that could be read */
export async function checkNode(reach: Reach, address: string): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const manifest = await fetchManifest(reach, address)
  const tell = (step: Step, at: string, isOk: boolean | undefined, reason?: string) =>
    findings.push({
      step,
      state: isOk === undefined ? 'unsure' : isOk ? 'ok' : 'bad',
      address: at,
      ...(reason && { reason }),
    })
  const { fetch: goOut, services } = reach
  const ask = (path: string) => goOut(`${address}${path}`, limits, { mayBePrivate: services.privateNodes })
  const pack = async (query: string): Promise<Pack> => {
    const at = `/packs?${query}`
    const { status, body } = await ask(at)
    if (status !== 200) throw new Problem('fetchFailed', { url: `${address}${at}`, reason: String(status) })
    const file = packIn(at, body)
    const { header, footer } = await checkPack(file, { bytes: 1024 * 1024 * 1024 })
    const lines: Line[] = []
    for await (const { line } of readPack(file)) if (!isFilePart(line)) lines.push(line)
    return { address: at, header, footer, lines }
  }
  const step = async (name: Step, at: string, look: () => Promise<boolean | undefined>): Promise<void> => {
    try {
      tell(name, at, await look())
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      tell(name, at, false, `${error.code} ${Object.values(error.values).join(' ')}`.trim())
    }
  }

  tell('manifest', '/.well-known/qingdao.json', true)
  tell(
    'jwks',
    '/.well-known/qingdao.json',
    isSame(
      manifest.jwks.keys.map(({ x }) => x),
      jwksOf(manifest).keys.map(({ x }) => x),
    ),
  )
  let first: Pack | undefined
  await step('pack', `/packs?after=0&limit=${few}&sources=true`, async () => {
    first = await pack(`after=0&limit=${few}&sources=true`)
    const { header, footer, lines } = first
    return header.manifest.node === manifest.node && header.after === 0 && lines.length <= few && footer.upTo >= 0
  })
  if (!first) return findings
  const { lines, footer, address: at } = first
  const [one] = lines
  const id = one && (one.signed as { record?: { id?: unknown } }).record?.id
  const kind = one && (one.signed as { record?: { kind?: unknown } }).record?.kind

  tell('signatures', at, one && lines.every((line) => isSigned(line, manifest, first!.header)))
  tell(
    'chain',
    at,
    one && lines.every(({ chain, signed }) => chain[0] === signed.node && chain.at(-1) === manifest.node),
  )
  await step('again', at, async () => {
    const second = await pack(`after=0&limit=${few}&sources=true`)
    return isSame(
      second.lines.map(({ signed }) => signed),
      lines.map(({ signed }) => signed),
    )
  })
  await step('goesOn', `/packs?after=${footer.upTo}`, async () => {
    if (footer.isWhole) return undefined
    const { header, footer: end } = await pack(`after=${footer.upTo}&limit=${few}&sources=true`)
    return header.after === footer.upTo && (end.upTo > footer.upTo || (end.isWhole && end.upTo >= footer.upTo))
  })
  await step('kinds', `/packs?after=0&kinds=${String(kind)}`, async () => {
    if (!one) return undefined
    const chosen = await pack(`after=0&limit=${few}&sources=true&kinds=${encodeURIComponent(String(kind))}`)
    return (
      chosen.lines.length > 0 && chosen.lines.every(({ signed }) => (signed.record as { kind?: unknown }).kind === kind)
    )
  })
  await step('for', `/packs?after=0&for=${String(one?.chain[0])}`, async () => {
    if (!one) return undefined
    const left = await pack(`after=0&limit=${few}&sources=true&for=${encodeURIComponent(one.chain[0]!)}`)
    return left.lines.every(({ chain }) => !chain.includes(one.chain[0]!))
  })
  await step('single', `/records/${String(id)}/signed.json`, async () => {
    if (!one) return undefined
    const { status, body } = await ask(`/records/${encodeURIComponent(String(id))}/signed.json`)
    return status === 200 && isSame(parseJson(new TextDecoder().decode(body), { depth: 40 }) as object, one.signed)
  })
  await step('atEnd', `/packs?after=${manifest.journal}`, async () => {
    const { footer: end } = await pack(`after=${manifest.journal}&limit=${few}&sources=true`)
    return end.upTo >= manifest.journal
  })
  await step('badPlace', '/packs?after=no-place', async () => (await ask('/packs?after=no-place')).status === 400)
  await step('unknownRecord', '/records/0000000000000000/signed.json', async () =>
    [404, 410].includes((await ask('/records/0000000000000000/signed.json')).status),
  )
  return findings
}

/** By a key that counts for its home, as the pack itself says who that is. */
function isSigned({ signed }: Line, manifest: Manifest, { homes }: Header): boolean {
  if (violationsOf(SignedRecord, signed, 'strictly').length > 0) return false
  const document = signed as unknown as SignedRecord
  const { isSound, key, created } = judgeSigned(document)
  const home = [manifest, ...homes].find(({ node }) => node === document.node)
  return isSound && home !== undefined && isKeyOf(home, key!, created!)
}
