/**
 * Contexts as the JSON-LD library works with them, each processed once. Left alone, it copies all terms that it knows and
 * processes the contexts of types anew at every object with a type, which is most of the time that a canonical form takes.
 */

/** The terms that hold at one place of a document, with the functions by which the library copies them. */
export type ActiveContext = {
  readonly mappings: ReadonlyMap<string, unknown>
  readonly protected: object
  clone: (this: ActiveContext) => ActiveContext
  revertToPreviousContext: (this: ActiveContext) => ActiveContext
  getInverse: unknown
  inverse: null
  previousContext?: ActiveContext
  '@base'?: unknown
  '@language'?: unknown
  '@vocab'?: unknown
}
type Processed = { context: ActiveContext; events: readonly unknown[] }
/** What stands as one context, and what it makes of those before it. */
type Resolved = {
  document: object | null
  getProcessed: (before: ActiveContext) => Processed | undefined
  setProcessed: (before: ActiveContext, processed: Processed) => void
}
type Asked = { activeCtx: ActiveContext; context: unknown }
export type ContextResolver = { resolve: (asked: Asked) => Promise<Resolved[]> }

/** Documents choose the order of contexts: of what others think up, only so much is kept. */
const mostKept = 400
const deepest = 8

/**
 * @param documentAt the context at an address, the same object each time; throws where there is none
 */
export function contextResolverOf(documentAt: (address: string) => object): ContextResolver {
  let kept = 0
  let resolved = new Map<unknown, Resolved>()

  const resolvedOf = (document: object | null): Resolved => {
    const known = resolved.get(document)
    if (known) return known
    // By what stood before, and by whether types after it fall back to that.
    const after = new WeakMap<ActiveContext, Processed>()
    const afterInType = new WeakMap<ActiveContext, Processed>()
    const made: Resolved = {
      document,
      getProcessed: (before) => {
        const original = originals.get(before)
        return original ? placeOf(before, original).get(original) : after.get(before)
      },
      setProcessed: (before, processed) => {
        const original = originals.get(before)
        // Copies that the library makes on its way to another are met by nobody again.
        if (!original && !whole.has(before)) return
        // It began as a copy, and is none any more.
        originals.delete(processed.context)
        whole.add(processed.context)
        if (original) placeOf(before, original).set(original, processed)
        else after.set(before, processed)
        if (++kept > mostKept) {
          kept = 0
          resolved = new Map()
        }
      },
    }
    const placeOf = (before: ActiveContext, original: ActiveContext) =>
      before.previousContext === original ? afterInType : after
    resolved.set(document, made)
    return made
  }

  const resolve = (context: unknown, depth = 0): Resolved[] => {
    if (depth > deepest) throw new RangeError('contexts that name one another')
    if (Array.isArray(context)) return context.flatMap((one) => resolve(one, depth + 1))
    if (typeof context === 'string') return resolve(documentAt(context), depth + 1)
    if (context === null) return [resolvedOf(null)]
    if (typeof context !== 'object') throw new TypeError('a context is an object or an address')
    return '@context' in context ? resolve(context['@context'], depth + 1) : [resolvedOf(context)]
  }

  return {
    resolve: async ({ activeCtx, context }) => {
      if (activeCtx.clone !== copy) {
        // Where the library begins: all further ones come from it.
        activeCtx.clone = copy
        activeCtx.revertToPreviousContext = reverted
        whole.add(activeCtx)
      }
      return resolve(context)
    },
  }
}

/** Those to which nothing is added any more. */
const whole = new WeakSet<ActiveContext>()
/** Of a copy to which nothing was added yet, what it is a copy of. */
const originals = new WeakMap<ActiveContext, ActiveContext>()
const revertedOf = new WeakMap<ActiveContext, ActiveContext>()

/** As the library copies, but only once somebody reads it, and without the terms themselves, which nobody changes. */
class Copy implements ActiveContext {
  readonly clone = copy
  readonly revertToPreviousContext = reverted
  readonly getInverse: unknown
  readonly inverse = null
  declare previousContext?: ActiveContext
  declare '@base'?: unknown
  declare '@language'?: unknown
  declare '@vocab'?: unknown
  readonly #of: ActiveContext
  #mappings: ReadonlyMap<string, unknown> | undefined
  #protected: object | undefined

  constructor(of: ActiveContext) {
    this.#of = of
    this.getInverse = of.getInverse
    if (of.previousContext) this.previousContext = of.previousContext
    for (const name of ['@base', '@language', '@vocab'] as const) if (name in of) this[name] = of[name]
    // What changes still is copied as it is now.
    if (whole.has(of)) return
    this.#mappings = new Map(of.mappings)
    this.#protected = { ...of.protected }
  }

  get mappings(): ReadonlyMap<string, unknown> {
    return (this.#mappings ??= new Map(this.#of.mappings))
  }

  get protected(): object {
    return (this.#protected ??= { ...this.#of.protected })
  }
}

function copy(this: ActiveContext): ActiveContext {
  const child = new Copy(this)
  if (whole.has(this)) originals.set(child, this)
  return child
}

function reverted(this: ActiveContext): ActiveContext {
  const { previousContext } = this
  if (!previousContext) return this
  const known = revertedOf.get(previousContext)
  if (known) return known
  const made = previousContext.clone()
  originals.delete(made)
  whole.add(made)
  revertedOf.set(previousContext, made)
  return made
}
