/// <reference lib="dom" />
/** Signing in as people do: a passkey in a real browser, and the pages of operators checked with axe. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { giveAuthenticator, freeAddress, noChromium, openBrowser } from './browser.ts'
import { testApp } from './app.ts'
import { hotp, stepAt } from '#codecs/otp/index.ts'
import { fromBase32, lettersOf, linkIn, password, person } from './people.ts'
import { clientSecret, testProvider } from './provider.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('doors in a browser', { skip: noChromium, concurrency: false }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser?.close())

  const openApp = async () => {
    const address = await freeAddress()
    return { address, app: await testApp({ address, now: () => new Date() }) }
  }
  const signIn = async (context: BrowserContext, address: string, email: string): Promise<Page> => {
    const page = await context.newPage()
    await page.goto(`${address}/en/sign-in`)
    await page.locator('#f-email').fill(email)
    await page.locator('#f-password').fill(password)
    await page.locator('form[action="/en/sign-in"] button').click()
    await page.waitForURL(/\/account$/)
    return page
  }

  test('a passkey is made and used in a real browser, under the policy against foreign and inline scripts', async () => {
    const { address, app } = await openApp()
    const amina = await person(app, 'Amina')
    const context = await browser.newContext()
    const page = await signIn(context, address, amina.email)
    const said: string[] = []
    // Chromium’s advice on forms is none about the policy.
    page.on('console', (message) => !message.text().startsWith('[DOM]') && said.push(message.text()))
    await giveAuthenticator(page)
    assert.equal(await page.locator('[data-passkey-needs]').isVisible(), false)
    await page.locator('#f-passkeyName').fill('this laptop')
    await page.locator('#f-passkeyPassword').fill('not this one at all')
    await page.locator('[data-passkey] button').click()
    await page.locator('[data-passkey] [role=alert]', { hasText: 'password is not correct' }).waitFor()
    await page.locator('#f-passkeyPassword').fill(password)
    await page.locator('[data-passkey] button').click()
    await page.waitForURL(/saved=passkey/)
    assert.equal(await page.locator('td input[name=newPasskeyName]').inputValue(), 'this laptop')

    await page.locator('.ways button').click()
    await page.goto(`${address}/en/sign-in?next=%2Fen%2Froles`)
    await page.locator('[data-passkey] button').click()
    await page.waitForURL(/\/en\/roles$/)
    assert.match((await page.locator('.ways').textContent())!, /Amina/)
    assert.deepEqual(said, [])
    await context.close()
  })

  test('the way to a provider and back is open under the same policy, with scripts and without', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const address = await freeAddress()
      const claims = { amina: { email: 'amina@example.org', email_verified: true, name: 'Amina Diallo' } }
      const { issuer } = await testProvider(claims, `${address}/sign-in/provider/callback`)
      const provider = { issuer, clientId: 'qingdao', clientSecret, name: 'University of Dakar' }
      await testApp({ address, provider, fetch: outbound(), now: () => new Date() })
      const context = await browser.newContext({ javaScriptEnabled })
      const page = await context.newPage()
      await page.goto(`${address}/ar/sign-in`)
      await page.locator('form[action="/ar/sign-in/provider"] button').click()
      await page.waitForURL(`${issuer}/interaction/*`)
      await page.locator('input[name=login]').fill('amina')
      await page.locator('input[name=password]').fill('any')
      await page.locator('button[type=submit]').click()
      await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' })
      await page.locator('button[type=submit]').click()
      await page.waitForURL(`${address}/ar/account`)
      assert.match((await page.locator('.ways').textContent())!, /Amina Diallo/)
      await context.close()
    }
  })

  for (const [language, javaScriptEnabled] of [
    ['en', false],
    ['ar', true],
  ] as const)
    test(`a program is connected, its code asked at the door and at the link of a forgotten password, in ${language}`, async () => {
      const { address, app } = await openApp()
      const amina = await person(app, 'Amina')
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 700 } })
      const page = await signIn(context, address, amina.email)
      const faults: string[] = []
      // Without scripts axe cannot run either.
      const see = async (name: string) => javaScriptEnabled && faults.push(...(await faultsOf(page, name)))
      const send = (action: string) => page.locator(`form[action="/${language}${action}"] button`).first().click()

      await page.goto(`${address}/${language}/account`)
      await page.locator('#f-factorPassword').fill(password)
      await page.locator('button[value=connect]').click()
      await page.locator('.code-picture').waitFor()
      await see('the picture')
      await page.locator('#f-code').fill('12')
      await send('/account/second-step/code')
      await page.locator('.errors, [role=alert], .error').first().waitFor()
      await see('with an incorrect code')
      const secret = fromBase32(await page.locator('input[name=secret]').inputValue())
      await page.locator('#f-code').fill(hotp(secret, stepAt(new Date())))
      await send('/account/second-step/code')
      await page.locator('.codes').waitFor()
      await see('codes on paper')
      const codes = await page.locator('.codes code').allTextContents()
      assert.equal(codes.length, 8)

      await context.clearCookies()
      await page.goto(`${address}/${language}/sign-in`)
      await page.locator('#f-email').fill(amina.email)
      await page.locator('#f-password').fill(password)
      await send('/sign-in')
      await page.locator('#f-code').waitFor()
      await see('the door')
      await page.locator('#f-code').fill(codes[0]!.toLowerCase())
      await send('/sign-in/code')
      await page.waitForURL(/\/account$/)

      await context.clearCookies()
      await page.goto(`${address}/${language}/forgot-password`)
      await page.locator('#f-email').fill(amina.email)
      await send('/forgot-password')
      await page.goto(`${address}${linkIn((await lettersOf(app)).at(-1)!).replace('/en/', `/${language}/`)}`)
      await see('the link')
      await page.locator('#f-password').fill('nine quiet radios')
      await page.locator('#f-code').fill(codes[1]!)
      await page.locator('main form.form button').click()
      await page.waitForURL(/\/account$/)
      await context.close()
      assert.deepEqual(faults, [])
    })

  /** What axe finds, where scripts run, and whether anything runs out of the page. */
  async function faultsOf(page: Page, name: string): Promise<string[]> {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    const isTooWide = over > 0 ? [`${name} is ${over} px too wide`] : []
    await page.evaluate(axeSource)
    const { violations } = await page.evaluate(async () =>
      (globalThis as any).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    )
    return [...isTooWide, ...violations.map(({ id, nodes }: any) => `${name}: ${id} ${nodes[0].html.slice(0, 160)}`)]
  }

  for (const language of ['en', 'ar'])
    test(`axe finds nothing to mend on the pages of accounts and operators in ${language}, and none is wider than a phone`, async () => {
      const { address, app } = await openApp()
      const fatou = await person(app, `Fatou ${language}`, { roles: ['operator'] })
      const context = await browser.newContext({ viewport: { width: 320, height: 700 } })
      const page = await signIn(context, address, fatou.email)
      const faults: string[] = []
      for (const path of ['/account', '/desk', '/people', `/people/${fatou.id}`, '/audit', '/roles', '/sign-in'])
        for (const width of [320, 1280]) {
          if (path === '/sign-in') await context.clearCookies()
          await page.setViewportSize({ width, height: 800 })
          await page.goto(`${address}/${language}${path}`)
          faults.push(...(await faultsOf(page, `${path} at ${width}`)))
          const folder = process.env.SCREENSHOTS
          if (folder)
            await page.screenshot({
              path: `${folder}/${path.slice(1).replaceAll('/', '-')}-${language}-${width}.png`,
              fullPage: true,
            })
        }
      await context.close()
      assert.deepEqual(faults, [])
    })
})
