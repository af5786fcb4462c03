/** What stays wrong is told once, not each time it is tried. */
export function toldOnce(tell: (error: unknown) => void) {
  let last = ''
  return (error: unknown) => {
    if (String(error) !== last) tell(error)
    last = String(error)
  }
}
