/** An error that persists is reported once, not at each attempt. */
export function toldOnce(tell: (error: unknown) => void) {
  let last = ''
  return (error: unknown) => {
    if (String(error) !== last) tell(error)
    last = String(error)
  }
}
