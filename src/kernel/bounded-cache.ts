/** A cache in two generations: what was asked for lately stays, the rest is dropped all at once and cheaply. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  drop(key: string): void
}

export function boundedCache<Value>(limit: number): BoundedCache<Value> {
  let young = new Map<string, Value>()
  let old = new Map<string, Value>()
  function set(key: string, value: Value): void {
    if (young.size >= limit / 2) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  function get(key: string): Value | undefined {
    const found = young.get(key)
    if (found !== undefined) return found
    const older = old.get(key)
    if (older !== undefined) set(key, older)
    return older
  }
  function drop(key: string): void {
    young.delete(key)
    old.delete(key)
  }
  return { get, set, drop }
}
