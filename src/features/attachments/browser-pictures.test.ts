/// <reference lib="dom" />
/** Pictures that people attach, as a browser shows them on a screen, on a phone and on paper. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { attachmentsShown } from '#features/attachments/pages/attachments.ts'
import { viewOf } from '#ui/view.ts'
import { noChromium, openBrowser } from '../../../test/browser.ts'
import { png } from '../../../test/pictures.ts'

const site = { name: 'Qingdao', assets: (name: string) => name, collectionTitles: new Map() } as never
const view = viewOf({ language: 'en', prefix: '/en', base: 'http://q.example', address: '/' }, site)
const sizes = [
  { width: 900, height: 1600 },
  { width: 1600, height: 900 },
]
const pictures = sizes.map((size, at) => ({
  file: String(at).repeat(64),
  name: `${at}.png`,
  mediaType: 'image/png',
  bytes: 1,
  ...size,
}))

describe('pictures in a browser', { skip: noChromium }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser?.close())

  for (const [where, width, media] of [
    ['a screen', 1280, 'screen'],
    ['a phone', 360, 'screen'],
    ['paper', 700, 'print'],
  ] as const)
    test(`a tall picture and a broad one keep their proportions on ${where}`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 } })
      await page.emulateMedia({ media })
      const style = readFileSync('assets/style.css', 'utf8')
      const html = `<!doctype html><style>${style}</style><main class="wrap">${attachmentsShown(view, pictures, 'en').text.replaceAll('loading="lazy"', '')}</main>`
      await page.route('**/*', (route) => {
        const at = pictures.findIndex(({ file }) => route.request().url().includes(file))
        return at < 0
          ? route.fulfill({ contentType: 'text/html', body: html })
          : route.fulfill({ contentType: 'image/png', body: png(sizes[at]!.width, sizes[at]!.height) })
      })
      await page.goto('http://q.example/', { waitUntil: 'networkidle' })
      const shown = await page.$$eval('img', (all) => all.map((one) => one.clientWidth / one.clientHeight))
      assert.equal(shown.length, 2)
      for (const [at, { width, height }] of sizes.entries())
        assert.ok(Math.abs(shown[at]! / (width / height) - 1) < 0.02, `${width} × ${height} is shown as ${shown[at]}`)
      await page.close()
    })
})
