/** What people take back, in a real browser, with scripts and without: a draft, a record that was withdrawn, a merge. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, emailOf, look, press, wayName, ways, type Journey } from './journey.ts'

const shots = process.env.SCREENSHOTS
const radio = (title: string) => ({ title: { en: title }, originalLanguage: 'en', type: 'practice' })
const confirm = 'main form.form button'

describe('taking back in a browser', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  /** Nothing runs out of a phone's page, whose frame is measured without scripts of the page; axe where scripts run. */
  async function see(page: Page, name: string): Promise<void> {
    if (name.endsWith('quick')) await look(page)
    const box = await page.locator('main').boundingBox()
    assert.ok(box && box.x >= 0 && box.x + box.width <= 361, `${name} is as wide as ${box?.width}`)
    if (!shots) return
    await page.screenshot({ path: `${shots}/${name}-phone.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.screenshot({ path: `${shots}/${name}-wide.png`, fullPage: true })
    await page.setViewportSize({ width: 360, height: 740 })
  }
  const statusOf = async (path: string) =>
    (await fetch(`${journey.node.address}${path}`, { redirect: 'manual' })).status

  for (const [language, hasScripts] of ways) {
    const way = `${language}-${hasScripts ? 'quick' : 'plain'}`
    const here = (path: string) => journey.at(language, path)
    const curator = async (name: string) => {
      const page = await journey.person(name, language, hasScripts)
      await journey.giveRoles(emailOf(name, language, hasScripts), ['curator'])
      return page
    }

    test(`${wayName(language, hasScripts)}: an author deletes a draft, after keeping it first`, async () => {
      const page = await journey.person('Amina', language, hasScripts)
      await page.goto(here('/share'))
      await press(page, confirm)
      const id = /\/drafts\/([0-9a-z]{16})/.exec(page.url())![1]
      await page.goto(here(`/drafts/${id}`))
      await see(page, `draft-${way}`)
      await press(page, `main a[href$="/drafts/${id}/delete"]`)
      await see(page, `delete-${way}`)
      await press(page, `main form.form a[href$="/drafts/${id}"]`)
      await press(page, `main a[href$="/drafts/${id}/delete"]`)
      await press(page, 'main form.form button.danger')
      assert.equal(await page.locator('main .note[role=status]').count(), 1, 'it is said that it was deleted')
      assert.equal(await page.locator(`a[href*="/drafts/${id}"]`).count(), 0)
      await see(page, `deleted-${way}`)
      assert.equal((await page.goto(here(`/drafts/${id}`)))!.status(), 404)
    })

    test(`${wayName(language, hasScripts)}: a curator withdraws a record and restores it`, async () => {
      const [id] = await journey.share('practices', [radio(`Radio lessons ${way}`)])
      const page = await curator('Chen')
      await page.goto(here(`/records/${id}`))
      await press(page, `main a[href$="/records/${id}/withdraw"]`)
      await see(page, `withdraw-${way}`)
      await press(page, 'main form.form button.danger')
      assert.equal(await page.locator('main .error').count(), 1, 'a reason is asked for')
      await page.fill('[name=reason]', 'It names a child')
      await press(page, 'main form.form button.danger')
      assert.equal(await statusOf(`/${language}/records/${id}`), 410)
      await press(page, `main a[href$="/records/${id}/restore"]`)
      await see(page, `restore-${way}`)
      assert.match(await page.locator('main blockquote').innerText(), /It names a child/)
      await page.fill('[name=reason]', 'The name was taken out')
      await press(page, confirm)
      assert.equal(await statusOf(`/${language}/records/${id}`), 200)
    })

    test(`${wayName(language, hasScripts)}: a curator undoes a merge from the history of the record that was kept`, async () => {
      const [one, two] = await journey.share('practices', [
        radio(`Solar lamps ${way}`),
        radio(`The solar lamps ${way}`),
      ])
      const page = await curator('Lin')
      await page.goto(here(`/records/${two}/merge`))
      await press(page, `main ul a[href*="into=${one}"]`)
      await page.fill('[name=reason]', 'It is the same project.')
      await press(page, 'main form.form button.danger')
      assert.match(String(await statusOf(`/${language}/records/${two}`)), /^30/)
      await page.goto(here(`/records/${one}/history`))
      await press(page, `main a[href$="/records/${two}/restore"]`)
      await see(page, `unmerge-${way}`)
      const why = await page.locator('main blockquote').innerText()
      assert.equal(why.trim(), 'It is the same project.', 'without the identifier of the other record')
      await page.fill('[name=reason]', 'They are two projects.')
      await press(page, confirm)
      assert.equal(await statusOf(`/${language}/records/${two}`), 200)
      await page.goto(here(`/records/${one}/history`))
      assert.equal(await page.locator('main a[href$="/restore"]').count(), 0)
    })
  }
})
