/// <reference lib="dom" />
/** An adviser compares three countries and takes the chart into a paper, in a real browser. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { testApp } from '../../../test/app.ts'
import { freeAddress, noChromium, openBrowser } from '../../../test/browser.ts'
import { look, press, wayName, ways } from '../../../test/journey.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { uis } from './sources/uis.ts'

const file = 'ddf--datapoints--schbsp_1_welec--by--country--year.csv'
const rows = ['ken,2010,40', 'ken,2020,90.24', 'uga,2010,12', 'uga,2015,22.4', 'rwa,2012,31', 'rwa,2020,77']

test('an adviser takes a chart into a paper', { skip: noChromium }, async (t) => {
  const address = await freeAddress()
  const { app } = await testApp({ address })
  await withStatistics(app, uis, { [file]: ['country,year,schbsp_1_welec', ...rows].join('\n') })
  const browser: Browser = await openBrowser()
  after(() => browser.close())

  /** What a link gives to take away. */
  async function taken(page: Page, ending: string): Promise<Buffer> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.take a[href*=".${ending}?"]`)])
    return readFileSync(await download.path())
  }

  async function readByKeyboard(page: Page, names: readonly string[]): Promise<void> {
    const slider = page.locator('.reader input')
    await slider.focus()
    await page.keyboard.press('Home')
    const said = (await slider.getAttribute('aria-valuetext'))!
    assert.match(said, /^2010\. /)
    for (const name of names) assert.ok(said.includes(name), said)
    await page.keyboard.press('End')
    assert.match((await slider.getAttribute('aria-valuetext'))!, /^2020\. /)
    const [first] = await page.locator('.read button').all()
    await first!.press('Enter')
    assert.equal(await first!.getAttribute('aria-pressed'), 'true')
    assert.equal(await page.locator('.plot path.out').count(), 1, 'one line stands out')
  }

  /** A machine without fonts of the language says so; nothing comes with gaps. */
  async function takePicture(page: Page, language: string): Promise<void> {
    const href = (await page.getAttribute('.take a[href*=".png?"]', 'href'))!
    const { status, headers } = await page.request
      .get(address + href)
      .then((answer) => ({ status: answer.status(), headers: answer.headers() }))
    if (status === 503) return
    assert.equal(headers['content-type'], 'image/png', language)
    const png = await taken(page, 'png')
    assert.equal(png.readUInt32BE(16), 1720)
  }

  for (const [language, hasScripts] of ways)
    await t.test(
      `${wayName(language, hasScripts)}: three countries are compared, and picture, citation and figures taken along`,
      async () => {
        const context = await browser.newContext({
          javaScriptEnabled: hasScripts,
          viewport: { width: 360, height: 740 },
        })
        await context.grantPermissions(['clipboard-read', 'clipboard-write'])
        const page = await context.newPage()
        await page.goto(`${address}/${language}/indicators`)
        await page.fill('main [name=q]', language === 'ar' ? 'الكهرباء' : 'electricity')
        await press(page, 'main form button')
        await press(page, 'main li a[href$="/indicators/schbsp_welec"]')

        const names: string[] = []
        for (const country of ['KE', 'UG', 'RW']) {
          names.push((await page.textContent(`select[name=area] option[value=${country}]`))!)
          await page.selectOption('select[name=area]', country)
          await press(page, '.asking button')
        }
        const seen = (await page.textContent('figcaption'))!
        for (const name of [...names, '2010', '2020']) assert.ok(seen.includes(name), `${seen}: ${name}`)
        if (hasScripts) {
          await look(page)
          await readByKeyboard(page, names)
        }

        const citation = (await page.textContent('[data-copy]'))!
        const cited = /http:\S+?(?=\u2069|\s|$)/.exec(citation)![0]
        if (hasScripts) {
          await page.click('[data-copy] + button')
          const copied = await page.evaluate(() => navigator.clipboard.readText())
          assert.ok(copied.includes(cited) && copied.includes('schbsp_welec'), copied)
        }
        const figures = (await taken(page, 'csv')).toString()
        assert.equal(figures.trim().split('\r\n').length, 1 + rows.length)
        const drawing = await (await context.request.get(cited.replace('schbsp_welec?', 'schbsp_welec.svg?'))).text()
        for (const name of names) assert.ok(drawing.includes(name), name)
        await takePicture(page, language)

        // Whoever follows the citation of the paper sees the same.
        await page.goto(cited)
        assert.equal(await page.textContent('figcaption'), seen)
        await context.close()
      },
    )
})
