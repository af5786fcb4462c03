/// <reference lib="dom" />
/** What a browser kept while there was no connection meets what others wrote since, in a real browser on a real node. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { noChromium } from './browser.ts'
import { beginJourney, look, press, type Journey } from './journey.ts'

const saved = (page: Page) =>
  page.waitForFunction(() => {
    const told = document.querySelector<HTMLElement>('[data-autosave]')
    return told && !told.hidden && [told.dataset.saved, told.dataset.merged].includes(told.textContent ?? '')
  })
const waitFor = (page: Page, words: 'offline' | 'changed' | 'merged' | 'saved') =>
  page.waitForFunction((key) => {
    const told = document.querySelector<HTMLElement>('[data-autosave]')
    return told && !told.hidden && told.textContent === told.dataset[key]
  }, words)

/** The same person at another device: a browser of its own with their session. */
async function otherDevice(journey: Journey, of: Page, language: string): Promise<Page> {
  const page = await journey.visitor(language, true)
  await page.context().addCookies(await of.context().cookies())
  return page
}

async function begin(page: Page, journey: Journey, language: string): Promise<string> {
  await page.goto(journey.at(language, '/share'))
  await press(page, 'main form.form button')
  await page.fill('[name=title]', 'Radio lessons')
  await page.fill('[name=problem]', 'Twenty lessons.')
  await saved(page)
  return page.url().split('?')[0]!
}

/** Types without a connection and leaves; the browser keeps it. */
async function typeOffline(page: Page, field: string, text: string): Promise<Page> {
  await page.context().setOffline(true)
  await page.fill(`[name=${field}]`, text)
  await waitFor(page, 'offline')
  await page.close()
  await page.context().setOffline(false)
  return page.context().newPage()
}

async function write(page: Page, at: string, field: string, text: string): Promise<void> {
  await page.goto(at)
  await page.fill(`[name=${field}]`, text)
  await press(page, 'button[name=go][value=stay]')
}

describe('text that a browser kept', { skip: noChromium, concurrency: false }, () => {
  let journey: Journey
  before(async () => {
    journey = await beginJourney()
  })
  after(() => journey?.end())

  for (const language of ['en', 'ar']) {
    test(`${language}: what was typed without a connection is shown beside what was saved since, and nothing is lost`, async () => {
      let phone = await journey.person('Kept', language, true)
      const at = await begin(phone, journey, language)
      const laptop = await otherDevice(journey, phone, language)
      phone = await typeOffline(phone, 'problem', 'Thirty lessons.')
      await write(laptop, at, 'problem', 'Forty lessons.')

      await phone.goto(at)
      await phone.waitForSelector('main .errors')
      await look(phone)
      assert.equal(await phone.inputValue('[name=problem]'), 'Thirty lessons.', 'one’s own text is in the field')
      assert.match(await phone.innerText('main'), /Forty lessons\./, 'the other stands beside it')
      await laptop.goto(at)
      assert.equal(await laptop.inputValue('[name=problem]'), 'Forty lessons.', 'nothing was written over')

      await phone.goto('about:blank')
      await phone.goto(at)
      await phone.waitForSelector('main .errors')
      assert.equal(await phone.inputValue('[name=problem]'), 'Thirty lessons.', 'who leaves is asked again')
      await phone.fill('[name=problem]', 'Thirty or forty lessons.')
      await phone.waitForTimeout(4_000)
      await laptop.goto(at)
      assert.equal(await laptop.inputValue('[name=problem]'), 'Forty lessons.', 'nothing is decided by waiting')
      await press(phone, 'button[name=go][value=stay]')
      assert.equal(await phone.locator('main .errors').count(), 0)
      await laptop.goto(at)
      assert.equal(await laptop.inputValue('[name=problem]'), 'Thirty or forty lessons.')
    })

    test(`${language}: what others wrote in other fields stays, and is shown`, async () => {
      let phone = await journey.person('Other', language, true)
      const at = await begin(phone, journey, language)
      const laptop = await otherDevice(journey, phone, language)
      phone = await typeOffline(phone, 'title', 'Radio lessons at dawn')
      await write(laptop, at, 'problem', 'Forty lessons.')
      await laptop.check('input[name=levels][value="1"]')
      await press(laptop, 'button[name=go][value=stay]')

      await phone.goto(at)
      await saved(phone)
      assert.equal(await phone.inputValue('[name=title]'), 'Radio lessons at dawn')
      assert.equal(await phone.inputValue('[name=problem]'), 'Forty lessons.')
      assert.ok(await phone.isChecked('input[name=levels][value="1"]'))
      await laptop.goto(at)
      assert.equal(await laptop.inputValue('[name=title]'), 'Radio lessons at dawn')
      assert.equal(await laptop.inputValue('[name=problem]'), 'Forty lessons.')
    })
  }

  test('two who have the same step open both keep what they write, save after save', async () => {
    const phone = await journey.person('Both', 'en', true)
    const at = await begin(phone, journey, 'en')
    const laptop = await otherDevice(journey, phone, 'en')
    await write(laptop, at, 'problem', 'Forty lessons.')
    await phone.fill('[name=title]', 'Radio lessons at dawn')
    await waitFor(phone, 'merged')
    assert.equal(await phone.inputValue('[name=problem]'), 'Forty lessons.')
    await phone.fill('[name=title]', 'Radio lessons at noon')
    await waitFor(phone, 'saved')
    await laptop.goto(at)
    assert.equal(await laptop.inputValue('[name=title]'), 'Radio lessons at noon')
    assert.equal(await laptop.inputValue('[name=problem]'), 'Forty lessons.')

    await phone.fill('[name=problem]', 'Fifty lessons.')
    await waitFor(phone, 'saved')
    await laptop.fill('[name=problem]', 'Sixty lessons.')
    await waitFor(laptop, 'changed')
    assert.match(await laptop.innerText('main'), /Fifty lessons\./)
    assert.equal(await laptop.inputValue('[name=problem]'), 'Sixty lessons.')
    await phone.goto(at)
    assert.equal(await phone.inputValue('[name=problem]'), 'Fifty lessons.')
  })

  test('what one person kept is not put into the page of another who uses the same browser', async () => {
    let phone = await journey.person('First', 'en', true)
    const at = await begin(phone, journey, 'en')
    phone = await typeOffline(phone, 'problem', 'Thirty lessons.')
    await phone.goto(at.replace(/\/drafts.*/, '/'))
    const keys = await phone.evaluate(() => Object.entries(localStorage).map(([key, text]) => `${key} ${text}`))
    assert.equal(keys.length, 1)
    assert.match(keys[0]!, /^qingdao [0-9a-z]{16} http/)
    assert.doesNotMatch(keys[0]!, /csrf=/)
  })
})
