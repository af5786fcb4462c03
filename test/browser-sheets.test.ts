/// <reference lib="dom" />
/** A spreadsheet with mistakes, brought in a real browser: in English and Arabic, with scripts and without. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { writeXlsx } from '#codecs/xlsx/write-xlsx.ts'
import { png } from './pictures.ts'
import { noChromium, openBrowser, operatorLink, startNode, type Node } from './browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SCREENSHOTS

const tables = {
  en: [
    ['Title', 'Countries', 'Technologies', 'Start', 'Summary'],
    ['Radio lessons', 'Kenya; Uganda', 'Radio', '2023-05', 'Lessons by radio where there is no school.'],
    ['Tablets for all', 'Kenja', 'Radio', 'last year', ''],
    ['', 'Ghana', 'Radio', '2021', ''],
  ],
  ar: [
    ['العنوان', 'البلدان', 'التقنيات', 'بداية', 'ملخص'],
    ['دروس إذاعية', 'كينيا; أوغندا', 'Radio', '2023-05', 'دروس عبر الراديو حيث لا مدرسة.'],
    ['أجهزة لوحية', 'كنيا', 'Radio', 'العام الماضي', ''],
    ['', 'غانا', 'Radio', '2021', ''],
  ],
}

describe('a spreadsheet in a browser', { skip: noChromium, concurrency: false }, () => {
  let node: Node
  let browser: Browser
  let dataDir: string
  let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'qingdao-sheets-'))
    ;[node, browser] = await Promise.all([startNode(dataDir, ['--no-seed']), openBrowser()])
    const context = await browser.newContext({ locale: 'en' })
    const page = await context.newPage()
    await page.goto(await operatorLink(node))
    await page.fill('[name=name]', 'Fatou')
    await page.fill('[name=email]', 'fatou@example.org')
    await page.fill('[name=password]', 'seven quiet radios')
    await press(page, 'main form.form button')
    signedIn = await context.storageState()
  })
  after(async () => {
    await browser?.close()
    await node?.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })

  const press = async (page: Page, selector: string) => {
    await Promise.all([page.waitForNavigation(), page.click(selector)])
  }
  /** What axe finds, and whether anything runs out of the page; only where scripts run. */
  async function look(page: Page): Promise<void> {
    await page.evaluate(axeSource)
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      ).axe.run()
      const isTooWide = document.documentElement.scrollWidth > innerWidth + 1
      return [...violations.map(({ id }) => id), ...(isTooWide ? ['too wide'] : [])]
    })
    assert.deepEqual(found, [], page.url())
  }

  for (const [language, hasScripts, width] of [
    ['en', true, 360],
    ['en', false, 1100],
    ['ar', false, 360],
    ['ar', true, 1100],
  ] as const)
    test(`${language}, ${width} pixels, ${hasScripts ? 'with' : 'without'} scripts: from a file with mistakes to drafts, and back`, async () => {
      const context = await browser.newContext({
        javaScriptEnabled: hasScripts,
        viewport: { width, height: 740 },
        locale: language,
        storageState: signedIn,
      })
      const page = await context.newPage()
      const see = async (name: string) => {
        if (hasScripts) await look(page)
        if (!shots) return
        mkdirSync(shots, { recursive: true })
        await page.screenshot({ path: join(shots, `sheets-${name}-${language}-${width}.png`), fullPage: true })
      }
      await page.goto(`${node.address}/${language}/sheets`)
      await see('1-bring')
      await page.selectOption('[name=kind]', 'practice')
      const content = await writeXlsx([{ name: '1', rows: tables[language], rightToLeft: language === 'ar' }])
      const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      await page.setInputFiles('[name=file]', { name: `${language} ${width}.xlsx`, mimeType, buffer: content })
      await press(page, 'form[action$="/sheets"] button')
      assert.equal(await page.inputValue('[name="columns.1"]'), 'countries')
      await see('2-columns')
      await page.selectOption('[name="columns.3"]', 'startedOn')
      await page.selectOption('[name="columns.4"]', 'summary')
      await press(page, 'form[action$="/columns"] button')
      await see('3-preview')
      const rows = await page.locator('main table tbody tr th').allTextContents()
      assert.deepEqual(rows, ['4', '3', '3'])
      await press(page, 'form[action$="/start"] button')
      while ((await page.locator('progress').count()) > 0) await wait(200)
      await see('4-done')
      await page.goto(`${node.address}/${language}/desk`)
      assert.match(await page.content(), new RegExp(tables[language][1]![0]!))
      await see('5-desk')
      await page.goBack()
      await press(page, 'form[action$="/undo"] button')
      while ((await page.locator('progress').count()) > 0) await wait(200)
      await see('6-undone')
      await page.goto(`${node.address}/${language}/desk`)
      assert.doesNotMatch(await page.content(), new RegExp(tables[language][1]![0]!))
      await context.close()
    })

  for (const [language, hasScripts] of [
    ['en', true],
    ['en', false],
    ['ar', false],
    ['ar', true],
  ] as const)
    test(`${language}, ${hasScripts ? 'with' : 'without'} scripts: a picture is attached, described, seen, and not sent by each save`, async () => {
      const context = await browser.newContext({
        javaScriptEnabled: hasScripts,
        viewport: { width: 360, height: 740 },
        locale: language,
        storageState: signedIn,
      })
      const page = await context.newPage()
      const see = async (name: string) => {
        if (hasScripts) await look(page)
        if (shots)
          await page.screenshot({ path: join(shots, `files-${name}-${language}-${hasScripts}.png`), fullPage: true })
      }
      await page.goto(`${node.address}/${language}/share`)
      await page.check('input[name=kind][value=practice]')
      await press(page, 'form[action$="/share"] button')
      await page.goto(page.url().replace(/edit\/.*/, 'edit/attachments'))
      await see('1-empty')
      const picture = png(240, 120, { colour: hasScripts ? 90 : 160 })
      await page.setInputFiles('[type=file]', { name: 'club.png', mimeType: 'image/png', buffer: picture })
      if (hasScripts) {
        await page.fill('[name="attachments.new.credit"]', 'Amina')
        await page.dispatchEvent('form[enctype]', 'input')
        await page.waitForFunction(() => {
          const told = document.querySelector<HTMLElement>('[data-autosave]')!
          return told.textContent === told.dataset.saved
        })
      }
      await press(page, 'button[name=go][value=stay]')
      assert.equal(await page.locator('.errors').count(), 1, 'a picture without words on what it shows')
      if (hasScripts) assert.equal(await page.inputValue('[name="attachments.0.credit"]'), 'Amina')
      assert.equal(await page.inputValue('[name="attachments.new.credit"]'), '')
      await see('2-wrong')
      await page.fill('[name="attachments.0.alternative"]', language === 'ar' ? 'ستة تلاميذ' : 'Six pupils')
      await press(page, 'button[name=go][value=stay]')
      await see('3-kept')
      const width = await page.locator('.picture img').evaluate((image: HTMLImageElement) => image.naturalWidth)
      assert.equal(width, 240)
      assert.equal(await page.locator('.picture img').count(), 1)
      await context.close()
    })
})
