/**
 * Makes the pictures of emails in docs/images, as a mail program shows plain text: `node tools/email-pictures.ts`.
 * A node writes them, because people do what causes them. Needs Chromium, and Noto fonts for Arabic.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp, type App } from '#app'
import { directionOf } from '#kernel/i18n/languages.ts'
import { deliverMail, type Letter } from '#kernel/mail/mail.ts'
import { unwrapped, wrapped } from '#kernel/mail/wrap.ts'
import { newAccount } from '#accounts/email-link.ts'
import { people } from '#accounts/store.ts'
import { sendDigests } from '#features/subscriptions/digest.ts'
import type { Role } from '#kernel/permission.ts'
import { openBrowser } from '../test/browser.ts'
import { practice } from '../test/practice.ts'

const folder = new URL('../docs/images/', import.meta.url)
const screen = { width: 760, height: 400 }
const quality = 70
const day = 24 * 60 * 60_000
const site = { name: 'Education Clearing House', address: 'https://clearing-house.example.org' }

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Each line reads from the side of its first letter, and addresses are links, as mail programs make them. */
const lineOf = (line: string) =>
  `<div dir="auto">${escaped(line).replace(/https?:\/\/\S+/, (link) => `<a href="#">${link}</a>`) || '&nbsp;'}</div>`

const pageOf = ({
  to,
  subject,
  text,
  language,
}: Letter) => `<!doctype html><html lang="${language}" dir="${directionOf(language)}">
<style>
body{margin:0;padding:16px;background:#eef0f2;font:15px/1.5 "Noto Sans","Noto Naskh Arabic",sans-serif;color:#1b1f23}
main{background:#fff;border:1px solid #c9ced3;border-radius:6px;padding:20px 24px}
h1{font-size:19px;margin:0 0 6px}p{margin:0 0 14px;color:#50575e;border-bottom:1px solid #dde1e4;padding-bottom:12px}
a{color:#1a56a0;overflow-wrap:anywhere}
</style><main><h1 dir="auto">${escaped(subject)}</h1><p dir="ltr">${site.name} → ${to}</p>
${unwrapped(wrapped(text, language)).trim().split('\n').map(lineOf).join('\n')}</main></html>`

async function withPeople(app: App) {
  const add = async (name: string, language: string, roles: Role[] = []) => {
    const account = {
      ...newAccount(app.environment, { name, email: `${name.toLowerCase()}@example.org`, language }),
      state: 'active' as const,
      confirmedAt: app.environment.now().toISOString(),
      roles: ['contributor' as const, ...roles],
    }
    await app.database.write((db) => people(db).add(account))
    const actor = { kind: 'person' as const, id: account.id, roles: account.roles }
    return async <Answer = { id: string; revision: number }>(name: string, input: object = {}): Promise<Answer> => {
      const answer = await app.perform(app.operation(name)!, actor, input)
      await app.followOwn()
      return answer as Answer
    }
  }
  return {
    amina: await add('Amina', 'en'),
    chen: await add('Chen', 'en', ['curator']),
    samir: await add('Samir', 'ar', ['curator']),
  }
}

/** The last email to somebody. */
async function lastTo(app: App, name: string): Promise<Letter> {
  const sent: Letter[] = []
  await deliverMail(app.database, async (letter) => void sent.push(letter), app.environment.now)
  const found = sent.findLast(({ to }) => to.startsWith(name))
  if (!found) throw new Error(`no email to ${name}`)
  return found
}

async function lettersFrom(app: App, later: (ms: number) => void): Promise<Record<string, Letter>> {
  const { amina, chen, samir } = await withPeople(app)
  const { id } = await amina('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  await amina('subscriptions.save', { query: 'q=radio', language: 'en', often: 'daily', name: 'Radio in schools' })
  await samir('notices.choose', { queue: 'immediately' })
  await amina('drafts.step', { id, revision: 1, step: 'submit' })
  const waits = await lastTo(app, 'samir')
  const step = async (name: string, more: object) => {
    const { revision } = await chen('drafts.read', { id })
    await chen('drafts.step', { id, revision, step: name, ...more })
  }
  await step('requestChanges', {
    note: 'How many schools took part, and for how long?\nA sentence on cost would help others to plan.',
  })
  const changes = await lastTo(app, 'amina')
  later(2 * day)
  for (const title of ['Radio lessons in Kenya during the rains', 'Teachers who record their own radio lessons'])
    await chen('practices.share', { ...practice, originalLanguage: 'en', title: { en: title } })
  await sendDigests(app.running)
  return { 'email-changes-requested': changes, 'email-following': await lastTo(app, 'amina'), 'email-waits-ar': waits }
}

async function makeAll(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'qingdao-emails-'))
  let at = new Date('2026-03-02T09:00:00Z')
  const environment = {
    now: () => at,
    random: (size: number) => randomBytes(size),
    fetch: () => Promise.reject(new Error('not needed here')),
  }
  const app = await openApp({ dataDir, databaseAddress: join(dataDir, 'qingdao.sqlite'), environment, site })
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: screen, colorScheme: 'light', deviceScaleFactor: 1.5 })
    const session = await page.context().newCDPSession(page)
    for (const [name, letter] of Object.entries(
      await lettersFrom(app, (ms) => void (at = new Date(at.getTime() + ms))),
    )) {
      await page.setContent(pageOf(letter))
      const height = await page.evaluate('document.documentElement.scrollHeight')
      const clip = { x: 0, y: 0, width: screen.width, height: Number(height), scale: 1 }
      const { data } = await session.send('Page.captureScreenshot', {
        format: 'webp',
        quality,
        clip,
        captureBeyondViewport: true,
      })
      writeFileSync(new URL(`${name}.webp`, folder), Buffer.from(data, 'base64'))
      console.log(`${name}: ${letter.subject}`)
    }
  } finally {
    await browser.close()
    await app.close()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}

await makeAll()
