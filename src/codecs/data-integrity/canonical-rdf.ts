/** A JSON-LD document as canonical N-Quads (W3C RDF Dataset Canonicalization 1.0, RDFC-1.0). */
import { contextResolverOf } from './context-cache.ts'
import { contextAt, contextsOf } from './contexts.ts'
import type { Document } from './proof.ts'

/** Why a document has no canonical form here. */
export type RdfFault =
  | { code: 'contextUnknown'; what: string }
  | { code: 'contextInline' }
  /** Something in it stands for nothing in the graph, so no signature would cover it. */
  | { code: 'notCovered'; what: string }
  | { code: 'tooComplex' }

export class RdfRefused extends Error {
  override name = 'RdfRefused'
  readonly fault: RdfFault
  constructor(fault: RdfFault, cause?: unknown) {
    super(fault.code, { cause })
    this.fault = fault
  }
}

/** A canonical form costs more than the square of what was written by somebody who means harm. */
const mostNodes = 10_000
const longestMs = 5_000

/** Keywords that leave no trace in the graph, or that turn the reading of what stands beside them. */
const plainKeywords = new Set(['@context', '@id', '@type', '@value', '@language', '@direction'])

/**
 * JSON-LD passes over null, empty lists and index names, and reads contexts within the document: whoever changed such
 * parts would change nothing that is signed. So a document with one has no canonical form here.
 * @throws RdfRefused notCovered, contextInline
 */
function expectAllCovered(value: unknown, isTop: boolean, count = { nodes: 0 }): void {
  if (++count.nodes > mostNodes) throw new RdfRefused({ code: 'tooComplex' })
  if (value === null) throw new RdfRefused({ code: 'notCovered', what: 'null' })
  if (typeof value !== 'object') return
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RdfRefused({ code: 'notCovered', what: '[]' })
    for (const one of value) {
      if (Array.isArray(one)) throw new RdfRefused({ code: 'notCovered', what: '[[]]' })
      expectAllCovered(one, false, count)
    }
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith('@') && !plainKeywords.has(name)) throw new RdfRefused({ code: 'notCovered', what: name })
    if (name === '@context') {
      if (!isTop) expectOfCredential(value)
      continue
    }
    expectAllCovered(member, false, count)
  }
}

/** A credential within another, such as an endorsement, brings contexts of its own; nothing else may. */
function expectOfCredential(value: object): void {
  const { addresses, isInline } = contextsOf(value as Document)
  const isCredential = [(value as Document).type].flat().includes('VerifiableCredential')
  if (isInline || !isCredential) throw new RdfRefused({ code: 'contextInline' })
  const unknown = addresses.find((address) => contextAt(address) === undefined)
  if (unknown !== undefined) throw new RdfRefused({ code: 'contextUnknown', what: unknown.slice(0, 200) })
}

/**
 * N-Quads in canonical order. Terms that no context defines are refused, not dropped.
 * `more`: contexts beside those that are shipped, for tests with published examples.
 * @throws RdfRefused
 */
export async function canonicalRdf(document: Document, more?: ReadonlyMap<string, object>): Promise<string> {
  const { addresses, isInline } = contextsOf(document)
  if (isInline || addresses.length === 0) throw new RdfRefused({ code: 'contextInline' })
  const contextFor = (address: string) => contextAt(address) ?? more?.get(address)
  const unknown = addresses.find((address) => contextFor(address) === undefined)
  if (unknown !== undefined) throw new RdfRefused({ code: 'contextUnknown', what: unknown.slice(0, 200) })
  expectAllCovered(document, true)
  // Only who meets linked data needs it, and it takes longer to load than all else that a command reads.
  const { default: jsonld } = await import('jsonld')
  // A timer that is ended: thousands are canonicalised a second, and each `AbortSignal.timeout` is kept until its end.
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), longestMs)
  try {
    return await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0',
      safe: true,
      base: null,
      documentLoader: refuseLoading,
      contextResolver: more ? contextResolverOf(documentAt(more)) : shippedContexts,
      canonizeOptions: { algorithm: 'RDFC-1.0', maxWorkFactor: 2, signal: limit.signal },
    })
  } catch (error) {
    if (error instanceof RdfRefused) throw error
    throw new RdfRefused(faultOf(error), error)
  } finally {
    clearTimeout(timer)
  }
}

const documentAt =
  (more?: ReadonlyMap<string, object>) =>
  (address: string): object => {
    const context = contextAt(address) ?? more?.get(address)
    if (!context) throw new RdfRefused({ code: 'contextUnknown', what: address.slice(0, 200) })
    return context
  }
const shippedContexts = contextResolverOf(documentAt())
const refuseLoading = async (address: string): Promise<never> => {
  throw new RdfRefused({ code: 'contextUnknown', what: address.slice(0, 200) })
}

type LdError = Error & { details?: { event?: { details?: Record<string, unknown> }; cause?: LdError } }

function faultOf(error: unknown): RdfFault {
  const { message = '', details } = error as LdError
  if (/maximum deep iterations|abort|timeout/i.test(message)) return { code: 'tooComplex' }
  const event = details?.event?.details ?? details?.cause?.details?.event?.details
  const what = event?.property ?? event?.expandedProperty ?? event?.type ?? event?.id
  return { code: 'notCovered', what: typeof what === 'string' ? what.slice(0, 200) : message.slice(0, 200) }
}
