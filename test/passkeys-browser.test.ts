/// <reference lib="dom" />
/** Passkeys on a node that was just started, with no setting at all, at whatever address its page was opened. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { localAddress } from '../src/commands/start.ts'
import { freshFolder } from './temporary.ts'
import { giveAuthenticator, noChromium, openBrowser, operatorLink, startNode } from './browser.ts'
import { password } from './people.ts'

test('a node on this machine is called by the name that passkeys need, at its port', () => {
  for (const host of ['127.0.0.1', '[::1]', '0.0.0.0', '[::]'])
    assert.equal(localAddress(`http://${host}:9131`), 'http://localhost:9131')
  assert.equal(localAddress('http://192.168.1.7:8080'), 'http://192.168.1.7:8080')
})

/** Another port of this machine that leads to the node, as containers have. */
async function forwarded(port: number): Promise<{ address: string; close: () => void }> {
  const server = createServer((socket) => {
    const there = connect(port, '127.0.0.1')
    socket.pipe(there).pipe(socket)
    for (const one of [socket, there]) one.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { address: `http://localhost:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

describe('passkeys on a default start', { skip: noChromium }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser?.close())

  const canUse = (page: Page) => page.locator('form[data-passkey]').isVisible()

  test('a passkey is made at the address that the start names, and used there, by another port, and from 127.0.0.1', async () => {
    const node = await startNode(join(freshFolder(), 'data'), ['--no-seed'])
    const other = await forwarded(Number(new URL(node.address).port))
    try {
      assert.match(node.address, /^http:\/\/localhost:\d+$/)
      const context = await browser.newContext()
      const page = await context.newPage()
      page.setDefaultTimeout(120_000)
      await giveAuthenticator(page)
      await page.goto(await operatorLink(node))
      assert.match(
        node.said(),
        new RegExp(`${node.address}/account/link/`),
        'the first operator’s link is at the same address',
      )
      await page.fill('[name=name]', 'Fatou')
      await page.fill('[name=email]', 'fatou@example.org')
      await page.fill('[name=password]', password)
      await page.locator('main form.form button').click()
      await page.waitForURL(/\/account$/)
      await page.locator('form[data-passkey]').waitFor()
      await page.fill('#f-passkeyName', 'this laptop')
      await page.fill('#f-passkeyPassword', password)
      await page.locator('form[data-passkey] button').click()
      await page.waitForURL(/saved=passkey/)

      for (const address of [node.address, other.address]) {
        await page.locator('.ways button').click()
        await page.goto(`${address}/en/sign-in`)
        await page.locator('form[data-passkey] button').click()
        await page.waitForURL(`${address}/en/account`)
      }

      const { port } = new URL(node.address)
      await context.clearCookies()
      await page.goto(`http://127.0.0.1:${port}/fr/sign-in?next=%2Ffr%2Froles`)
      assert.equal(await canUse(page), false, 'numbers are no name that a passkey could belong to')
      await page.locator('[data-passkey-needs] a').click()
      await page.waitForURL(`${node.address}/fr/sign-in?next=%2Ffr%2Froles`)
      await page.locator('form[data-passkey] button').click()
      await page.waitForURL(`${node.address}/fr/roles`)
      assert.match((await page.locator('.ways').textContent())!, /Fatou/)
      await context.close()
    } finally {
      other.close()
      await node.stop()
    }
  })
})
