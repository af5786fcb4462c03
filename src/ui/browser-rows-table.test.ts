/// <reference lib="dom" />
/** Tables on a phone: nothing of them is beside the screen without a sign. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { submitted } from '../../test/acting.ts'
import { testApp } from '../../test/app.ts'
import { noChromium, openBrowser } from '../../test/browser.ts'
import { person } from '../../test/people.ts'
import { practice } from '../../test/practice.ts'

const style = readFileSync('assets/style.css', 'utf8')

describe('tables on a phone', { skip: noChromium }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser?.close())

  async function onPhone(html: string) {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    await page.route('**/*', (route) =>
      route.fulfill(
        route.request().url().includes('/assets/')
          ? { contentType: 'text/css', body: route.request().url().includes('style') ? style : '' }
          : { contentType: 'text/html', body: html },
      ),
    )
    await page.goto('http://q.example/')
    return page
  }

  test('the history of a record, the queue and one’s sessions are lists of values, each with the name of its column', async () => {
    const app = await testApp()
    const chen = await person(app, 'Chen', { roles: ['curator'] })
    const amina = await person(app, 'Amina')
    await submitted(app, amina)
    const { id } = await app.as('curator')('practices.share', { ...practice, originalLanguage: 'en' })
    for (const path of [`/fr/records/${id}/history`, '/en/queue', '/ar/account']) {
      await chen.open(path)
      const page = await onPhone(chen.page)
      const seen = await page.$$eval('.rows', (all) =>
        all.map((one) => ({
          hides: one.scrollWidth - one.clientWidth,
          columns: [...one.querySelectorAll('thead th')].length,
          named: [...one.querySelectorAll('td[data-label]')].map((cell) => getComputedStyle(cell, '::before').content),
        })),
      )
      assert.ok(seen.length > 0, path)
      for (const { hides, columns, named } of seen) {
        assert.equal(hides, 0, `${path} hides ${hides} pixels`)
        assert.ok(named.length >= columns - 2 && named.every((name) => /^".+"$/.test(name)), `${path}: ${named.join()}`)
      }
      await page.close()
    }
  })

  test('what is too broad for a phone, such as who may do what, has a shade where it goes on', async () => {
    const app = await testApp()
    const page = await onPhone((await app.get('/en/roles')).body)
    const [hides, shades] = await page.$eval('.scroll', (one) => [
      one.scrollWidth - one.clientWidth,
      getComputedStyle(one).backgroundImage.split('linear-gradient').length - 1,
    ])
    assert.ok(hides! > 0)
    assert.equal(shades, 4)
    await page.close()
  })
})
