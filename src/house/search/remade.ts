/** A value made when first asked for, and made anew after it was spoilt. */
export type Remade<Made> = { current: () => Promise<Made>; spoil: () => void }

/** `meanwhile`: while it is made anew, whoever asks gets the old one rather than wait. */
export function remade<Made>(make: () => Promise<Made>, { meanwhile }: { meanwhile: boolean }): Remade<Made> {
  let made: { value: Made; generation: number } | undefined
  let making: Promise<void> | undefined
  let generation = 0
  const remake = (): Promise<void> =>
    (making ??= (async () => {
      const of = generation
      try {
        made = { value: await make(), generation: of }
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
          // The old one serves; whoever asks after a failure tries again.
          remaking.catch(() => {})
          break
        }
      }
      return made!.value
    },
  }
}
