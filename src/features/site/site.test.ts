/** An operator gives the site their name, logo, colours, contact and privacy notice; readers see it everywhere. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { openApp } from '#app'
import { problemOf, testApp } from '../../../test/app.ts'
import { lettersOf, person } from '../../../test/people.ts'
import { png } from '../../../test/pictures.ts'
import { buildSite } from '../../server.ts'
import { visitor } from '../../../test/visitor.ts'
import { contrast, contrastOf, leastContrast, styleOf } from './colours.ts'

const app = await testApp()
const fatou = await person(app, 'Fatou', { roles: ['operator'] })
const carla = await person(app, 'Carla', { roles: ['curator'] })
const page = async (path: string) => (await app.get(path)).body
const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('only operators find the settings; without any the site is called as it was started, and has no security.txt', async () => {
  assert.equal((await carla.open('/en/settings')).status, 403)
  assert.match((await fatou.open('/en/desk')).body, /href="[^"]*\/settings"/)
  assert.match(await page('/en'), /<title>[^<]*Qingdao/)
  assert.equal((await app.get('/.well-known/security.txt')).statusCode, 404)
  assert.equal((await app.get('/en/contact')).statusCode, 404)
  assert.match(plain(await page('/en/privacy')), /without an account and without cookies/)
})

test('where no address is given, pages that say to tell the operators say what to do', async () => {
  for (const path of ['/en/accessibility', '/en/privacy'])
    assert.match(await page(path), /have not given an address here yet/, path)
})

test('name, logo, colours, footer and contact are on every page, in each language', async () => {
  await fatou.open('/en/settings')
  const saved = await fatou.send(
    '/settings',
    {
      title: 'What Works in Kenya',
      operatorName: 'Ministry of Education',
      colour: '#7a1f1f',
      accent: '#ffcc00',
      footer: 'Open every day',
      'footerLinks.0.label': 'Ministry',
      'footerLinks.0.address': 'https://education.example',
      contactEmail: 'contact@education.example',
    },
    { files: { logo: { name: 'logo.png', content: png(64, 32) } } },
  )
  assert.match(plain(saved.body), /Saved\. All pages show it/)
  const front = await page('/en')
  assert.match(front, /<title>[^<]*What Works in Kenya/)
  assert.match(plain(front), /Run by Ministry of Education Open every day Ministry/)
  const logo = /<img src="(\/files\/[^"]+)" alt="" width="64" height="32"/.exec(front)![1]!
  assert.equal((await app.get(logo)).headers['content-type'], 'image/png')
  const style = /<link rel="stylesheet" href="(\/site\/1\.css)"/.exec(front)![1]!
  const css = await app.get(style)
  assert.match(String(css.headers['content-type']), /text\/css/)
  assert.match(css.body, /--brand: light-dark\(#7a1f1f, #[0-9a-f]{6}\)/)
  assert.match(await page('/ar'), /What Works in Kenya/, 'a name in another language is better than none')
  assert.match(plain(await page('/en/contact')), /Ministry of Education.*contact@education\.example/)
  for (const path of ['/en/accessibility', '/en/privacy'])
    assert.match(await page(path), /href="\/en\/contact">Contact the people who run this site/, path)

  await fatou.open('/fr/settings')
  await fatou.send('/settings', { title: 'Ce qui marche au Kenya' })
  assert.match(await page('/fr'), /Ce qui marche au Kenya/)
  assert.match(await page('/en'), /What Works in Kenya/)
  assert.match(await page('/en/opensearch.xml'), /What Works in Kenya/)

  // What commands write beside the node bears that name too, whatever they were started with.
  const command = await openApp({ ...app.options, site: { name: 'Another', address: 'http://localhost:8080' } })
  assert.equal(command.runtime.services.site.name, 'What Works in Kenya')
  await command.close()
})

test('emails name the site as it is called in the language of who reads them', async () => {
  const reader = visitor(app)
  await reader.open('/fr/sign-up')
  await reader.send('/sign-up', { name: 'Awa', email: 'awa@example.org' })
  const letter = (await lettersOf(app, 'Ce qui marche au Kenya')).at(-1)!
  assert.match(letter, /^Subject: Confirmez votre compte sur Ce qui marche au Kenya\r$/m)
  assert.match(letter, /la création d’un compte sur Ce qui marche au Kenya avec/)
})

test('where no mail server is set, who asks for a link is told that no email comes, and whom to ask', async () => {
  const other = await testApp()
  const site = { publicUrl: '', siteName: 'Qingdao', dataDir: other.folder, version: 'test', report: () => {} }
  const web = buildSite(other.app, { ...site, sendsMail: false })
  const reader = visitor({ web })
  for (const [path, values] of [
    ['/sign-up', { name: 'Abla', email: 'abla@example.org' }],
    ['/forgot-password', { email: 'abla@example.org' }],
  ] as const) {
    const asked = await reader.open(`/en${path}`)
    assert.match(plain(asked.body), /This site cannot send email.*have not given an address/)
    const sent = await reader.send(path, values)
    assert.match(plain(sent.body), /nothing was sent.*have not given an address/)
    assert.doesNotMatch(sent.body, /we have sent an email/)
  }
  await web.fastify.close()
})

test('security.txt says whom to write to, until when, and where it stands (RFC 9116)', async () => {
  const { body, headers } = await app.get('/.well-known/security.txt')
  assert.match(String(headers['content-type']), /^text\/plain/)
  assert.match(body, /^Contact: mailto:contact@education\.example$/m)
  const expires = new Date(/^Expires: (.+)$/m.exec(body)![1]!)
  const days = (expires.getTime() - Date.parse('2026-01-02T03:04:05.000Z')) / 86_400_000
  assert.ok(days > 30 && days < 365, String(days))
  assert.match(body, /^Canonical: http.*\/\.well-known\/security\.txt$/m)
  assert.match(body, /^Preferred-Languages: en, fr, es/m)
})

test('a colour on which text could not be read is refused with its contrast; what was typed stays', async () => {
  await fatou.open('/en/settings')
  const light = await fatou.send('/settings', { colour: '#ffcc00', footer: 'Typed' })
  assert.equal(light.status, 422)
  assert.match(plain(light.body), /Main colour: is too light: white text on it has a contrast of 1\.\d/)
  assert.match(light.body, /value="#ffcc00"/)
  const wrong = await fatou.send('/settings', { colour: 'reddish', contactEmail: 'nobody' })
  assert.match(
    plain(wrong.body),
    /Main colour: must be # and six digits.*Contact email address: must be an email address/,
  )
  const svg = await fatou.send('/settings', {}, { files: { logo: { name: 'l.svg', content: Buffer.from('<svg/>') } } })
  assert.match(plain(svg.body), /Logo: is not a type of file that is accepted/)
  assert.match(await page('/en'), /\/site\/2\.css/, 'nothing was saved')
})

test('an earlier version is restored with one press, and nobody else changes it', async () => {
  const settings = await fatou.open('/en/settings')
  assert.match(plain(settings.body), /Earlier versions/)
  await fatou.send('/settings/bring-back', { version: '1' })
  assert.doesNotMatch(await page('/fr'), /Ce qui marche au Kenya/)
  const given = { revision: 3, body: { title: { en: 'Mine' }, originalLanguage: 'en' } }
  assert.equal(await problemOf(app.as('curator')('site.save', given)), 'forbidden')
  assert.equal(app.app.operation('site-profiles.share'), undefined)
})

test('whatever colours are chosen, what follows from them is readable', () => {
  const colour = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
    .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)
  fc.assert(
    fc.property(colour, colour, (main, accent) => {
      fc.pre(contrastOf(main) >= leastContrast)
      const style = styleOf({ colour: main, accent })
      const pair = (name: string) => new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(style)!.slice(1)
      const [brand, ink, deep, gold] = ['--brand', '--brand-ink', '--deep', '--gold'].map(pair)
      assert.ok(contrast(brand![0]!, '#ffffff') >= 4.5 && contrast(brand![1]!, '#10191c') >= 4.5)
      assert.ok(contrast(ink![0]!, brand![0]!) >= 4.5 && contrast(ink![1]!, brand![1]!) >= 4.5)
      assert.ok(deep!.every((one) => contrast('#ffffff', one) >= 4.5))
      const sun = /--sun: (#\w{6})/.exec(style)![1]!
      assert.ok(contrast(sun, '#17262b') >= 4.5 && contrast(sun, deep![0]!) >= 3)
      assert.ok(contrast(gold![0]!, '#ffffff') >= 4.5 && contrast(gold![1]!, '#10191c') >= 4.5)
    }),
  )
})
