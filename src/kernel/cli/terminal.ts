/** What a command may say, and how progress looks: a moving line on a terminal, a line now and then elsewhere. */
export type Terminal = {
  /** Whether somebody watches progress move. */
  watched: boolean
  say: (text: string) => void
  /** A line that the next one replaces. */
  progress: (text: string) => void
  /** Leaves the last progress line standing. */
  settle: () => void
}

const rarely = 2_000

export function terminal(out: NodeJS.WriteStream, progressOut: NodeJS.WriteStream, now: () => Date): Terminal {
  // The reader may have gone (`| head`, a closed window); the work continues.
  for (const stream of [out, progressOut]) if (stream.listenerCount('error') === 0) stream.on('error', () => {})
  let shown = ''
  let toldAt = 0
  const clear = () => {
    if (progressOut.isTTY && shown) progressOut.write('\r\u001b[K')
  }
  return {
    watched: progressOut.isTTY === true,
    say: (text) => {
      clear()
      out.write(`${text}\n`)
      shown = ''
    },
    progress: (text) => {
      if (progressOut.isTTY) {
        clear()
        progressOut.write(text.slice(0, (progressOut.columns ?? 80) - 1))
      } else if (now().getTime() - toldAt >= rarely) {
        progressOut.write(`${text}\n`)
        toldAt = now().getTime()
      }
      shown = text
    },
    settle: () => {
      if (progressOut.isTTY && shown) progressOut.write('\n')
      shown = ''
    },
  }
}

const barLength = 24

/** `[████████░░░░]  62 %`; whole when nothing is left to do. */
export function bar(done: number, of: number): string {
  const share = of > 0 ? Math.min(1, done / of) : 1
  const full = Math.round(share * barLength)
  return `[${'█'.repeat(full)}${'░'.repeat(barLength - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`
}
