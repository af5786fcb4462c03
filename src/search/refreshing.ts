/** A value made when first asked for, and made anew after it was spoilt. */
export type Refreshing<Made> = { current: () => Promise<Made>; spoil: () => void }

/**
 * `meanwhile`: while it is rebuilt, callers get the old one rather than wait; `changed` is then told when the
 * new one serves.
 */
export function refreshing<Made>(
  make: () => Promise<Made>,
  { meanwhile, changed = () => {} }: { meanwhile: boolean; changed?: () => void },
): Refreshing<Made> {
  let made: { value: Made; generation: number } | undefined
  let making: Promise<void> | undefined
  let generation = 0
  const remake = (): Promise<void> =>
    (making ??= (async () => {
      const of = generation
      try {
        const value = await make()
        const isFirst = made === undefined
        made = { value, generation: of }
        if (!isFirst) changed()
      } finally {
        making = undefined
      }
    })())
  return {
    spoil: () => {
      generation++
    },
    current: async () => {
      while (made?.generation !== generation) {
        const remaking = remake()
        if (!made || !meanwhile) await remaking
        else {
          // The old one is served; the first call after a failure tries again.
          remaking.catch(() => {})
          break
        }
      }
      return made!.value
    },
  }
}
