/** A record on paper: what it says stays, what is for the screen goes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noChromium, openBrowser } from '../../../test/browser.ts'
import { testApp } from '../../../test/app.ts'

test(
  'who prints a record gets its words, its licence and its citation, and nothing to press',
  { skip: noChromium },
  async () => {
    const { as, get } = await testApp()
    const { id } = await as('curator')('practices.share', {
      title: { en: 'Radio lessons' },
      summary: { en: 'Twenty lessons a term.' },
      results: { en: 'More children came.' },
      originalLanguage: 'en',
      type: 'practice',
      countries: ['KE'],
      licence: 'CC-BY-4.0',
    })
    const { body } = await get(`/en/records/${id}`)
    const style = (await get(/href="(\/assets\/style-[^"]+\.css)"/.exec(body)![1]!)).body
    const browser = await openBrowser()
    try {
      const page = await browser.newPage({ viewport: { width: 718, height: 1000 } })
      await page.setContent(body.replace('</head>', () => `<style>${style}</style></head>`))
      const shown = () => page.locator('body').innerText()
      const forScreen = [
        'Could it work where you are?',
        'Share what you did',
        'Sign in to follow',
        'Suggest a change',
        'JSON-LD',
      ]
      for (const words of forScreen) assert.ok((await shown()).includes(words), words)
      await page.emulateMedia({ media: 'print' })
      for (const words of forScreen) assert.ok(!(await shown()).includes(words), words)
      for (const words of ['Twenty lessons a term', 'More children came', 'CC BY 4.0', 'How to cite', id])
        assert.ok((await shown()).includes(words), words)
      const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)
      assert.equal(pages?.length, 1)
    } finally {
      await browser.close()
    }
  },
)
