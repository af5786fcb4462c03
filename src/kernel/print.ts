/**
 * From a page to PDF with the operator's Chromium: it shapes every script, lays out right to left and tags the
 * document (PDF/UA). One at a time, within limits of time and size, without network or a profile that lasts.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Problem } from './problem.ts'

/** @throws Problem unavailable when it cannot be made in time, or too many wait. */
export type Printer = (html: string) => Promise<Buffer>

export type PrinterOptions = {
  /** Where Chromium is. */
  path: string
  /** Chromium's own sandbox. It is not available to root; turning it off relies on the isolation of the machine. */
  sandbox?: boolean
  timeoutMs?: number
  report?: (error: Error) => void
}

const usualTimeoutMs = 20_000
const mostWaiting = 8
const largestBytes = 8 * 1024 * 1024

const flags = (profile: string, target: string) => [
  '--headless',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--no-first-run',
  '--no-pdf-header-footer',
  '--export-tagged-pdf',
  // Nothing in the page may fetch: no name resolves.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--renderer-process-limit=1',
  `--user-data-dir=${profile}`,
  `--print-to-pdf=${target}`,
]

export function chromiumPrinter({
  path,
  sandbox = true,
  timeoutMs = usualTimeoutMs,
  report = () => {},
}: PrinterOptions): Printer {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function print(html: string): Promise<Buffer> {
    const folder = await mkdtemp(join(tmpdir(), 'qingdao-print-'))
    try {
      const [source, target] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
      await writeFile(source, html)
      const given = [
        ...flags(join(folder, 'profile'), target),
        ...(sandbox ? [] : ['--no-sandbox']),
        pathToFileURL(source).href,
      ]
      await run(path, given, { timeoutMs, home: folder })
      const { size } = await stat(target)
      if (size > largestBytes) throw new Error(`the PDF has ${size} bytes`)
      return await readFile(target)
    } catch (error) {
      report(error as Error)
      throw new Problem('unavailable', { what: 'pdf' }, { cause: error })
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    }
  }

  return async (html) => {
    if (waiting >= mostWaiting) throw new Problem('unavailable', { what: 'pdf' })
    waiting += 1
    const mine = last.catch(() => {}).then(() => print(html))
    last = mine
    return mine.finally(() => {
      waiting -= 1
    })
  }
}

/** A group of its own, so that when the time is up all of its processes end with it. */
function run(
  path: string,
  given: readonly string[],
  { timeoutMs, home }: { timeoutMs: number; home: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, given, { stdio: 'ignore', detached: true, env: { HOME: home, PATH: '/usr/bin:/bin' } })
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
    const timer = setTimeout(() => {
      end()
      reject(new Error(`no PDF after ${timeoutMs} ms`))
    }, timeoutMs)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      end()
      if (code === 0) resolve()
      else reject(new Error(`Chromium ended with ${code}`))
    })
  })
}
