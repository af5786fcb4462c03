/** A service of the operator that makes vectors of texts, in the usual form: `POST …/v1/embeddings`. */
import { badSetting, type Settings } from '#kernel/config.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'

export type Embeddings = {
  url: string
  model: string
  key: string
  /** So long a reader waits for an answer. */
  patienceMs: number
}

export const usualPatienceMs = 300

/** Vectors of length 1, in the order of the texts. @throws Problem */
export type Embed = (texts: readonly string[], timeMs: number) => Promise<Float32Array[]>

/** So many numbers a vector may have; models known today have 256 to 4,096. */
const mostNumbers = 8_192
const bytesOfNumber = 30
const otherBytes = 100_000

/** None when no address is set. @throws Problem badSetting */
export function embeddingsAt({
  embeddingsUrl: url,
  embeddingsModel: model,
  embeddingsKey: key,
}: Pick<Settings, 'embeddingsUrl' | 'embeddingsModel' | 'embeddingsKey'>): Embeddings | undefined {
  if (url === '') return undefined
  const place = URL.parse(url)
  const isFit = place && ['http:', 'https:'].includes(place.protocol) && place.pathname.endsWith('/embeddings')
  if (!isFit || place.username || place.password) throw badSetting('embeddingsUrl', url)
  if (model === '') throw badSetting('embeddingsModel', model, 'needed')
  return { url, model, key, patienceMs: usualPatienceMs }
}

export const embedder =
  ({ url, model, key }: Omit<Embeddings, 'patienceMs'>, goOut: Outbound): Embed =>
  async (texts, timeMs) => {
    const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
    const limits = { bytes: otherBytes + texts.length * mostNumbers * bytesOfNumber, timeMs, redirects: 0 }
    const { status, body } = await goOut(url, limits, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model, input: texts }),
      // The operator's own service is often on a private address.
      mayBePrivate: true,
    })
    if (status !== 200) throw unfit(url, String(status))
    const vectors = vectorsIn(contentOf(url, body), texts.length)
    if (!vectors) throw unfit(url, 'no vectors in the answer')
    return vectors
  }

const unfit = (url: string, reason: string): Problem => new Problem('fetchFailed', { url, reason })

/** The service is there and does not take this text: too long for its model, for one. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Problem &&
  error.code === 'fetchFailed' &&
  ['400', '413', '422'].includes(String(error.values.reason))

function contentOf(url: string, body: Uint8Array): unknown {
  try {
    return parseJson(Buffer.from(body).toString())
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    throw new Problem('fetchFailed', { url, reason: 'the answer is no JSON' }, { cause })
  }
}

/** One vector for each text, all of one length; undefined where the answer is anything else. */
function vectorsIn(content: unknown, count: number): Float32Array[] | undefined {
  const data = (content as { data?: unknown } | null)?.data
  if (!Array.isArray(data) || data.length !== count) return undefined
  const vectors: Float32Array[] = []
  for (const [at, one] of (data as ({ index?: unknown; embedding?: unknown } | null)[]).entries()) {
    const vector = vectorOf(one?.embedding)
    const place = one?.index ?? at
    if (!vector || !Number.isInteger(place) || vectors[place as number]) return undefined
    vectors[place as number] = vector
  }
  const isWhole = vectors.length === count && vectors.every(({ length }) => length === vectors[0]!.length)
  return isWhole ? vectors : undefined
}

function vectorOf(numbers: unknown): Float32Array | undefined {
  if (!Array.isArray(numbers) || numbers.length === 0 || numbers.length > mostNumbers) return undefined
  if (!numbers.every((one) => typeof one === 'number')) return undefined
  const length = Math.hypot(...(numbers as number[]))
  if (!Number.isFinite(length) || length === 0) return undefined
  return Float32Array.from(numbers as number[], (one) => one / length)
}
