/// <reference lib="dom" />
/** From a letter to a published record, in a real browser on a real node: with scripts in English, without in Arabic. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { noChromium, openBrowser, startNode, type Node } from './browser.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const password = 'seven quiet radios'

describe('describing something in a browser', { skip: noChromium, concurrency: false }, () => {
  let node: Node
  let browser: Browser
  let dataDir: string
  let operator: Page

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'qingdao-drafts-'))
    ;[node, browser] = await Promise.all([startNode(dataDir, ['--no-seed']), openBrowser()])
    operator = await visitor('en', true)
    const link = async (): Promise<string> => /\/account\/link\/[\w-]+/.exec(node.said())?.[0] ?? wait(50).then(link)
    await operator.goto(`${node.address}/en${await link()}`)
    await operator.fill('[name=name]', 'Fatou')
    await operator.fill('[name=email]', 'fatou@example.org')
    await setPassword(operator)
  })
  after(async () => {
    await browser?.close()
    await node?.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })

  const visitor = async (language: string, hasScripts: boolean): Promise<Page> => {
    const context = await browser.newContext({
      javaScriptEnabled: hasScripts,
      viewport: { width: 360, height: 740 },
      locale: language,
    })
    return context.newPage()
  }
  const press = async (page: Page, selector: string) => {
    await Promise.all([page.waitForNavigation(), page.click(selector)])
  }
  const setPassword = async (page: Page) => {
    await page.fill('[name=password]', password)
    await press(page, 'main form.form button')
  }
  /** What axe finds and whether anything runs out of the page; only where scripts run. */
  async function look(page: Page): Promise<void> {
    await page.evaluate(axeSource)
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      ).axe.run()
      return [
        ...violations.map(({ id }) => id),
        ...(document.documentElement.scrollWidth > innerWidth + 1 ? ['too wide'] : []),
      ]
    })
    assert.deepEqual(found, [], page.url())
  }
  async function letterTo(email: string): Promise<string> {
    const outbox = join(dataDir, 'outbox')
    for (;;) {
      const letters = existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : []
      const text = letters.map((name) => readFileSync(join(outbox, name), 'utf8'))
      const found = text.findLast((one) => one.includes(email) && one.includes('/account/link/'))
      if (found) return /http:\/\/[^\s]+\/account\/link\/[\w-]+/.exec(found)![0]
      await wait(100)
    }
  }

  for (const [language, hasScripts] of [
    ['en', true],
    ['ar', false],
  ] as const)
    test(`${language}, ${hasScripts ? 'with' : 'without'} scripts: from signing up to a record that is found`, async () => {
      const page = await visitor(language, hasScripts)
      const see = () => (hasScripts ? look(page) : Promise.resolve())
      const email = `amina.${language}@example.org`
      const title = `Radio lessons ${language}`
      await page.goto(`${node.address}/${language}/sign-up`)
      await see()
      await page.fill('[name=name]', 'Amina')
      await page.fill('[name=email]', email)
      await press(page, 'main form.form button')
      await page.goto(await letterTo(email))
      await see()
      await setPassword(page)
      assert.match(page.url(), new RegExp(`/${language}/account$`))
      await see()

      await page.goto(`${node.address}/${language}/share`)
      await see()
      await press(page, 'main form.form button')
      await see()
      await page.fill('[name=title]', title)
      await page.fill('[name=summary]', 'Lessons by radio.')
      for (const [name, value] of [
        ['type', 'practice'],
        ['outcome', 'did-not-work'],
        ['stage', 'pilot'],
      ])
        await page.check(`input[name=${name}][value=${value}]`)
      await press(page, 'button[name=go] >> nth=0')
      for (const [name, value] of [
        ['areas', 'access'],
        ['levels', '1'],
        ['technologies', 'radio'],
      ])
        await page.check(`input[name=${name}][value="${value}"]`)
      await press(page, 'button[name=go] >> nth=0')
      await see()
      await page.fill('[name=countries]', language === 'ar' ? 'كينيا' : 'Kenya')
      await page.fill('[name=problem]', 'Schools are far away.')
      await press(page, 'button[name=go] >> nth=0')
      await page.fill('[name=description]', 'Twenty lessons.')
      await page.fill('[name=startedOn]', '2024')
      await press(page, 'button[name=go] >> nth=0')
      const draft = page
        .url()
        .replace(/\/edit\/.*$/, '')
        .replace(`/${language}/`, '/en/')
      await page.goto(draft.replace('/en/', `/${language}/`))
      await see()
      await press(page, 'main form[action$="/steps"] button >> nth=0')
      await see()

      await operator.goto(draft)
      await look(operator)
      await operator.click('summary >> nth=1')
      await operator.check('input[name=verdict][value=sound]')
      await press(operator, 'details[open] form button, details[open] button')
      await press(operator, 'main form[action$="/steps"] button >> nth=-1')
      await page.goto(`${node.address}/${language}/search?q=${encodeURIComponent(title)}`)
      assert.match(await page.content(), new RegExp(title))
    })

  test('what is typed is saved by itself, kept while there is no connection, and saved when it is back', async () => {
    const page = await visitor('en', true)
    await page.context().addCookies(await operator.context().cookies())
    await page.goto(`${node.address}/en/share`)
    await press(page, 'main form.form button')
    await page.fill('[name=title]', 'Begun on a bus')
    await page.waitForSelector('[data-autosave]:has-text("Saved.")')

    await page.context().setOffline(true)
    await page.fill('[name=title]', 'Begun on a bus, ended in a tunnel')
    await page.waitForSelector('[data-autosave]:has-text("No connection")')
    const at = page.url()
    await page.close()
    await page.context().setOffline(false)

    const same = await page.context().newPage()
    await same.goto(at)
    assert.equal(await same.inputValue('[name=title]'), 'Begun on a bus, ended in a tunnel')
    await same.waitForSelector('[data-autosave]:has-text("Saved.")')
    const again = await operator.context().newPage()
    await again.goto(at)
    assert.equal(await again.inputValue('[name=title]'), 'Begun on a bus, ended in a tunnel')
  })
})
