/// <reference lib="dom" />
/** An operator brings statistics of a country in a real browser: errors, mended, seen by readers, undone. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, wayName, type Journey } from './journey.ts'

const upload = 'main form[enctype] button'
const file = (...lines: string[]) => ({
  name: 'laptops.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
})
const words = {
  en: {
    header: 'Country,Year,Value',
    country: 'Kenya',
    wrong: /Row[^]*1013[^]*Write the year in four digits/,
    value: /41\.5%|42%/,
  },
  ar: {
    header: 'البلد,السنة,القيمة',
    country: 'كينيا',
    wrong: /1013[^]*اكتب السنة بأربعة أرقام/,
    value: /٤١|41\.5|42/,
  },
} as const

describe('statistics in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  /** The operator again, in a browser of another language, with scripts of ours or without. */
  async function operatorIn(language: string, hasScripts: boolean): Promise<Page> {
    const storageState = await journey.operator.context().storageState()
    const viewport = { width: 360, height: 740 }
    const options = { storageState, javaScriptEnabled: hasScripts, viewport, locale: language }
    const context = await journey.browser.newContext(options)
    context.setDefaultTimeout(120_000)
    return context.newPage()
  }

  // Each language once: what scripts change, and what the direction of writing changes, is the same on these pages.
  for (const [language, hasScripts] of [
    ['ar', true],
    ['en', false],
  ] as const)
    test(`${wayName(language, hasScripts)}: a table with errors is mended, seen on the page of the country, and undone`, async () => {
      const { header, country, wrong, value } = words[language]
      const page = await operatorIn(language, hasScripts)
      const here = (path: string) => journey.at(language, path)
      const code = `KE-laptops-${language}${hasScripts ? '' : '-plain'}`
      const see = async () => (hasScripts ? look(page) : undefined)

      await page.goto(here('/indicators/statistics/indicator'))
      await see()
      await page.fill('[name=code]', code)
      await page.fill('[name=title]', `Laptops ${code}`)
      await page.fill('[name=publisher]', 'Ministry of Education')
      await press(page, 'main form.form button')
      assert.ok(page.url().endsWith(`/indicators/${code}`))

      const bring = async (...lines: string[]) => {
        await page.goto(here('/indicators/statistics'))
        await see()
        await page.setInputFiles('[name=file]', file(header, ...lines))
        await page.fill('[name=publisher]', 'Ministry of Education')
        await page.fill('[name=publishedOn]', '2024-05-01')
        await page.selectOption('[name=indicator]', code)
        await press(page, upload)
        await see()
      }
      await bring(`${country},1013,40`, `${country},2022,"41,5"`)
      assert.match(await page.innerText('main'), wrong)
      await press(page, 'main form[action$="/start"] button')
      assert.equal(await page.locator('.errors').count(), 1, 'nothing is published while a row is wrong')
      await page.goto(here('/countries/KE'))
      assert.ok(!(await page.innerText('main')).includes(code))

      await bring(`${country},2021,40`, `${country},2022,"41,5"`)
      assert.equal(await page.locator('table.mistakes').count(), 0)
      await press(page, 'main form[action$="/start"] button')
      const done = page.url()
      await see()
      await page.goto(here('/countries/KE'))
      const told = await page.innerText('main')
      assert.ok(told.includes(`Laptops ${code}`), told)
      assert.match(told, value)
      await see()

      await page.goto(done)
      await press(page, 'main form[action$="/undo"] button')
      await page.goto(here('/countries/KE'))
      assert.ok(!(await page.innerText('main')).includes(code))
      await page.context().close()
    })
})
