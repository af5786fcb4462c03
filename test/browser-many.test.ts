/** A curator recommends a result, and somebody submits several drafts at once, on a phone, with scripts and without. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

const confirm = 'main form.form button'

describe('recommending and submitting in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  async function see(page: Page, hasScripts: boolean): Promise<void> {
    if (hasScripts) await look(page)
    const box = await page.locator('main').boundingBox()
    assert.ok(box && box.x >= 0 && box.x + box.width <= 361, `${page.url()} is as wide as ${box?.width}`)
  }

  for (const [language, hasScripts] of ways) {
    const way = `${language}-${hasScripts ? 'quick' : 'plain'}`
    const here = (path: string) => journey.at(language, path)

    test(`${wayName(language, hasScripts)}: what a curator recommends comes first for its question, until they remove it`, async () => {
      const title = `Radio lessons ${way}`
      const question = `where to start ${way}`
      await journey.share('practices', [{ title: { en: title }, originalLanguage: 'en', type: 'practice' }])
      const page = await journey.person('Chen', language, hasScripts)
      await journey.giveRoles(emailOf('Chen', language, hasScripts), ['curator'])
      await page.goto(here('/best-bets'))
      await see(page, hasScripts)
      await press(page, 'main a[href$="/best-bets/new"]')
      await page.fill('[name=title]', question)
      await page.fill('[name=recommends]', title)
      await see(page, hasScripts)
      await press(page, confirm)
      assert.equal(await page.locator('main .note[role=status]').count(), 1, 'it is said that it was saved')
      await page.goto(here(`/search?q=${encodeURIComponent(question)}`))
      assert.match(await page.locator('main').innerText(), new RegExp(title))
      await page.goto(here('/best-bets'))
      await press(page, `main tr:has-text("${question}") form button`)
      assert.equal(await page.locator(`main tr:has-text("${question}")`).count(), 0)
    })

    test(`${wayName(language, hasScripts)}: two drafts that are complete are submitted with one press`, async () => {
      const page = await journey.person('Dora', language, hasScripts)
      for (const title of ['Books for all', 'Maps for all']) {
        await page.goto(here('/share?kind=organisation'))
        await press(page, confirm)
        await page.fill('[name=title]', `${title} ${way}`)
        await press(page, 'main form.form button[value=stay]')
      }
      await page.goto(here('/desk'))
      await press(page, 'main a[href$="/desk/submit"]')
      await see(page, hasScripts)
      assert.equal(await page.locator('main input[name=draft]:checked').count(), 2)
      await press(page, confirm)
      assert.equal(await page.locator('main .note[role=status]').count(), 1)
      assert.equal(await page.locator('main input[name=draft]').count(), 0)
    })
  }
})
