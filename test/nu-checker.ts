/** The Nu HTML Checker (vnu), which the W3C runs; it needs Java 11 or later. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vnu from 'vnu-jar'

const hasJava = spawnSync('java', ['-version']).status === 0
export const noJava: string | false = hasJava ? false : 'no Java here'

type Message = { type: 'error' | 'info' | 'non-document-error'; message: string; url?: string; extract?: string }

/** Each error in pages of HTML, by their names, as `name: message at piece of the page`; warnings and notes are left out. */
export function nuFaults(pages: ReadonlyMap<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-nu-'))
  try {
    const files = new Map([...pages.keys()].map((name, at) => [`${at}.html`, name]))
    for (const [file, name] of files) writeFileSync(join(folder, file), pages.get(name)!)
    const { stderr } = spawnSync(
      'java',
      [
        '-Xss8m',
        '-jar',
        vnu,
        '--format',
        'json',
        '--exit-zero-always',
        ...[...files.keys()].map((file) => join(folder, file)),
      ],
      { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
    )
    const { messages } = JSON.parse(stderr) as { messages: Message[] }
    return messages
      .filter(({ type }) => type !== 'info')
      .map(({ message, url = '', extract }) => `${files.get(url.split('/').at(-1)!)}: ${message} at ${extract ?? ''}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
