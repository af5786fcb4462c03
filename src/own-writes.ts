/** What this process has written is visible when it answers, and what it has deleted is then nowhere on the disk. */
import type { Runtime } from '#kernel/operation.ts'

type Options = {
  /** Until all that was written can be seen. */
  follow: () => Promise<void>
  forget: () => Promise<void>
}

/** `committed` is told of each commit; `followOwn` is asked before an answer goes out. */
export function ownWrites({ follow, forget }: Options) {
  let behind = false
  let catchingUp = Promise.resolve()
  let mustForget = false
  const committed: Runtime['committed'] = ({ forgets }) => {
    behind = true
    mustForget ||= forgets === true
  }

  async function catchUp(): Promise<void> {
    await follow()
    if (!mustForget) return
    mustForget = false
    await forget()
  }

  return {
    committed,
    /** Follows at once when this process has written since; concurrent callers wait for the same run. */
    followOwn: (): Promise<void> => {
      if (!behind) return catchingUp
      behind = false
      const mine = catchUp()
      // What fails is told to the one who began it.
      catchingUp = mine.catch(() => {})
      return mine
    },
  }
}
