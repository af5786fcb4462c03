/** Where each record lies: its number → the part and the document in it. Numbers are small and dense. */
export type Directory = { parts: Uint32Array; docs: Uint32Array }

/** Far beyond what one index holds, and a bound on what a wrong number can make us reserve. */
export const greatestNumber = 2 ** 28

export function createDirectory(): Directory {
  return { parts: new Uint32Array(1024), docs: new Uint32Array(1024) }
}

/** Part 0 is nowhere. */
export function partIdOf(directory: Directory, number: number): number {
  return directory.parts[number] ?? 0
}

export function place(directory: Directory, number: number, part: number, doc: number): void {
  if (number >= directory.parts.length) {
    const size = Math.max(number + 1, Math.ceil(directory.parts.length * 1.5))
    const grown = { parts: new Uint32Array(size), docs: new Uint32Array(size) }
    grown.parts.set(directory.parts)
    grown.docs.set(directory.docs)
    Object.assign(directory, grown)
  }
  directory.parts[number] = part
  directory.docs[number] = doc
}
