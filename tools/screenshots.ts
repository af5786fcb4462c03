/**
 * Makes the pictures of docs/images from a node filled with the records that come with it: `node tools/screenshots.ts`.
 * Needs Chromium, and Noto fonts for Arabic.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { openBrowser, startNode } from '../test/browser.ts'

const folder = new URL('../docs/images/', import.meta.url)
const languages = ['en', 'ar']
const screens = { wide: { width: 1280, height: 960 }, phone: { width: 390, height: 844 } }
/** Light enough for a page that shows several, and letters stay sharp. */
const quality = 56

const address = async (base: string, kind: string, words: string): Promise<string> => {
  const found = (await (
    await fetch(`${base}/api/search?${new URLSearchParams({ kind, q: words, limit: '1', facets: 'kind' })}`)
  ).json()) as { records: { id: string }[] }
  const [first] = found.records
  if (!first) throw new Error(`no ${kind} about ${words}`)
  return `/records/${first.id}`
}

/** WebP, which the browser makes and its usual call for pictures does not. */
async function take(browser: Browser, url: string, screen: { width: number; height: number }): Promise<Buffer> {
  const context = await browser.newContext({ viewport: screen, colorScheme: 'light' })
  const page = await context.newPage()
  await page.goto(url)
  const session = await context.newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality })
  await context.close()
  return Buffer.from(data, 'base64')
}

async function makeAll(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'qingdao-pictures-'))
  const node = await startNode(dataDir)
  const browser = await openBrowser()
  try {
    const pages = {
      home: '/',
      practice: await address(node.address, 'practice', 'mathematics tutor chat message Ghana'),
      lesson: await address(node.address, 'lesson', 'coach teachers'),
      approach: await address(node.address, 'approach', 'software that adapts'),
      approaches: '/approaches',
      search: '/search?q=radio',
      country: '/countries/KE',
    }
    /** Of these one picture is shown. */
    const shownOnce: readonly string[] = ['approach', 'approaches']
    let bytes = 0
    for (const [name, path] of Object.entries(pages))
      for (const language of languages)
        for (const [screen, size] of Object.entries(screens)) {
          if (shownOnce.includes(name) && `${language}-${screen}` !== 'en-wide') continue
          const picture = await take(browser, `${node.address}/${language}${path === '/' ? '' : path}`, size)
          writeFileSync(new URL(`${name}-${language}-${screen}.webp`, folder), picture)
          bytes += picture.length
        }
    console.log(`${Math.round(bytes / 1024)} kB in all`)
  } finally {
    await browser.close()
    await node.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await makeAll()
