/** A real browser and a real node for the tests that look at pages as people do. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { existsSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'

/** The shell is the same browser without windows, and takes little more than half of the processor time. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
export const chromiumPath = places.find((path) => path && existsSync(path))
export const noChromium = chromiumPath
  ? false
  : 'skipped: no Chromium on this machine (install Debian’s package chromium, or set CHROMIUM_PATH)'

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A process less, and nothing that draws in three dimensions.
      '--in-process-gpu',
      '--disable-software-rasterizer',
    ],
  })

const main = fileURLToPath(new URL('../bin/qingdao.js', import.meta.url))

export type Node = { address: string; said: () => string; startedInMs: number; stop: () => Promise<void> }

/** Starts a node as a person would, and waits until it says where it is. */
export async function startNode(dataDir: string, more: readonly string[] = []): Promise<Node> {
  const begun = performance.now()
  const child = spawn(process.execPath, [main, 'start', '--port', '0', '--data-dir', dataDir, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_GB.UTF-8' },
  })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /ready at (http:\/\/[^\s]+)/.exec(said)
      if (found) resolve(found[1]!)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`the node ended: ${said}`)))
  })
  return {
    address,
    said: () => said,
    startedInMs: performance.now() - begun,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** The link that the log gives the first operator; it is written a moment after the address. */
export async function operatorLink(node: Node): Promise<string> {
  for (;;) {
    const path = /\/account\/link\/[\w-]+/.exec(node.said())?.[0]
    if (path) return node.address + path
    await wait(50)
  }
}

/** An address of this machine that nobody listens at, by the name that browsers let passkeys be made for. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://localhost:${port}`
}

/** What a browser fetches for a first visit, in bytes over the wire, heads of answers and all: the page and what it names. */
export async function weigh(address: string): Promise<{ html: number; all: number }> {
  const page = await receive(address)
  const named = page.text.matchAll(/"(\/assets\/[^"#]+)/g)
  const rest = await Promise.all(
    [...new Set([...named].map(([, path]) => path!))].map((path) => receive(new URL(path, address).href)),
  )
  return { html: page.bytes, all: page.bytes + rest.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** The bytes of an answer as they come, and its text. */
async function receive(address: string): Promise<{ bytes: number; text: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    request(address, { headers: { 'accept-encoding': 'br', 'accept-language': 'en' } }, resolve)
      .on('error', reject)
      .end(),
  )
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const text = answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body
  return {
    bytes: body.length + answer.rawHeaders.join('').length + answer.rawHeaders.length * 2,
    text: text.toString(),
  }
}

/** What the browser itself says that it fetched for a first visit. */
export async function weighInBrowser(page: Page, address: string): Promise<{ html: number; all: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  const documents = new Set<string>()
  let html = 0
  let all = 0
  session.on('Network.responseReceived', ({ requestId, type }) => type === 'Document' && documents.add(requestId))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    all += encodedDataLength
    if (documents.has(requestId)) html += encodedDataLength
  })
  await page.goto(address, { waitUntil: 'load' })
  await page.waitForTimeout(50)
  await session.detach()
  return { html, all }
}

/** A device that makes passkeys and says yes by itself (Chromium’s virtual authenticator). */
export async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
