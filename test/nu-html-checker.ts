/** The Nu Html Checker of the W3C, which needs Java. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const require = createRequire(import.meta.url)

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
export const noJava = hasJava()
  ? false
  : 'skipped: no Java on this machine (install Debian’s package default-jre-headless)'

type Message = { url: string; message: string; extract?: string }

/** Each error as a line with the page it is in; pages by their names. */
export async function nuHtmlErrors(pages: ReadonlyMap<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-nu-'))
  try {
    const files = new Map([...pages.keys()].map((name, at) => [join(folder, `${at}.html`), name]))
    for (const [file, name] of files) writeFileSync(file, pages.get(name)!)
    // Its path is what the package exports.
    const jar = require('vnu-jar') as string
    const options = ['-Xss4m', '-jar', jar, '--format', 'json', '--errors-only', '--exit-zero-always', ...files.keys()]
    const { stderr } = await promisify(execFile)('java', options, { maxBuffer: 64 * 1024 * 1024 })
    const { messages } = JSON.parse(stderr) as { messages: Message[] }
    return messages.map(({ url, message, extract }) => {
      const name = [...files].find(([file]) => url.endsWith(file))?.[1] ?? url
      return `${name}: ${message} at ${extract ?? ''}`
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
