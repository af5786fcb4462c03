/** Hashes of the options of the last proofs: who signs a table of learners signs it with the same options each time. */

const mostKept = 100
/** Options are a few hundred characters; longer ones are somebody’s trial. */
const longest = 2_000

export type OptionsHashes = {
  get: (options: string) => Buffer | undefined
  set: (options: string, hash: Buffer) => void
}

export function optionsHashes(): OptionsHashes {
  const known = new Map<string, Buffer>()
  return {
    get: (options) => known.get(options),
    set: (options, hash) => {
      if (options.length > longest || known.has(options)) return
      if (known.size >= mostKept) known.clear()
      known.set(options, hash)
    },
  }
}
