/** What happens is told to whom it concerns: in their language, and the link opens the right page for them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, collectionWith, give, submitted } from './acting.ts'
import { testApp, type TestApp } from './app.ts'
import { lettersOf, person, type Person } from './people.ts'
import { practice } from './practice.ts'

const plain = (letter: string) => letter.replaceAll(/\r?\n/g, '\n')

/** Reads the newest e-mails of people, and follows their links. */
function mailbox(node: TestApp) {
  const read = new Map<string, number>()
  const newest = async (who: Person) => {
    const all = (await lettersOf(node))
      .map((one) => plain(one).replaceAll(/\p{Cf}/gu, ''))
      .filter((one) => one.includes(`To: ${who.email}\n`))
    const before = read.get(who.id) ?? 0
    read.set(who.id, all.length)
    return all.slice(before)
  }
  return {
    newest,
    /** Exactly one e-mail with this subject, whose link opens a page that shows these words. */
    async told(who: Person, subject: RegExp, path: RegExp, shows: RegExp) {
      const letters = await newest(who)
      const found = letters.filter((one) => subject.test(one))
      assert.equal(found.length, 1, `${subject} among\n${letters.join('\n---\n')}`)
      const [link] = found[0]!.match(/(?<=http:\/\/[^/\s]+)\/[a-z]{2}\/(drafts|records|translations)\/\S+/) ?? ['']
      assert.match(link, path)
      const page = await who.open(link)
      assert.equal(page.status, 200, link)
      assert.match(page.body, shows)
    },
    async silent(...all: Person[]) {
      for (const who of all) assert.deepEqual(await newest(who), [])
    },
  }
}
const step = async (node: TestApp, who: Person, role: string, id: string, name: string, more = {}) => {
  const { revision } = await as(node, who, role)('drafts.read', { id })
  await as(node, who, role)('drafts.step', { id, revision, step: name, ...more })
}

test('of a draft: again, given back, to publish, withdrawn and a draft again', async () => {
  const node = await testApp()
  const { told, newest, silent } = mailbox(node)
  const amina = await person(node, 'Amina')
  const ben = await person(node, 'Ben', { language: 'es' })
  const chen = await person(node, 'Chen', { roles: ['curator'], language: 'fr' })
  const dina = await person(node, 'Dina', { roles: ['curator'] })
  const omar = await person(node, 'Omar', { roles: ['reviewer'], language: 'ar' })
  await as(node, chen)('notices.choose', { queue: 'immediately' })
  const id = await submitted(node, amina)
  await give(node, chen, id, omar)
  await step(node, dina, 'curator', id, 'requestChanges', { note: 'Say more.' })
  await as(node, amina)('drafts.inviteAuthor', { id, email: ben.email })
  await as(node, ben)('drafts.answerInvitation', { id, accepts: true })
  for (const who of [amina, ben, chen, omar]) await newest(who)
  await step(node, amina, '', id, 'submit')
  await told(omar, /أُرسلت مرة أخرى: Radio lessons/, /^\/ar\/drafts\//, /Radio lessons/)
  await told(ben, /Radio lessons/, /^\/es\/drafts\//, /Radio lessons/)
  await newest(chen)

  await step(node, amina, '', id, 'withdraw')
  await told(ben, /Retirado: Radio lessons/, /^\/es\/drafts\//, /Radio lessons/)
  assert.match((await newest(omar)).join(), /سُحبت: Radio lessons/)
  await step(node, amina, '', id, 'reopen')
  await told(ben, /De nuevo en borrador: Radio lessons/, /^\/es\/drafts\//, /Radio lessons/)
  await silent(amina)

  await step(node, amina, '', id, 'submit')
  for (const who of [chen, omar, ben]) await newest(who)
  await step(node, dina, 'curator', id, 'accept', { verdict: 'sound' })
  await told(chen, /À publier\u00A0: Radio lessons/, /^\/fr\/drafts\//, /Radio lessons/)

  const other = await submitted(node, amina)
  await as(node, chen, 'curator')('reviews.assign', { id: other, reviewer: omar.id })
  await newest(chen)
  await as(node, omar, 'reviewer')('reviews.declare', { id: other, hasInterest: true })
  await told(chen, /Il faut un autre évaluateur\u00A0: Radio lessons/, /^\/fr\/drafts\//, /Radio lessons/)
})

test('of co-authors: a yes, a no, and who leaves', async () => {
  const node = await testApp()
  const { told, silent } = mailbox(node)
  const amina = await person(node, 'Amina', { language: 'fr' })
  const [ben, lin] = [await person(node, 'Ben'), await person(node, 'Lin')]
  const { id } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  for (const who of [ben, lin]) await as(node, amina)('drafts.inviteAuthor', { id, email: who.email })
  await as(node, ben)('drafts.answerInvitation', { id, accepts: true })
  await told(amina, /Ben est désormais coauteur\u00A0: Radio lessons/, /^\/fr\/drafts\//, /Ben/)
  await as(node, lin)('drafts.answerInvitation', { id, accepts: false })
  await told(amina, /Lin a décliné votre invitation\u00A0: Radio lessons/, /^\/fr\/drafts\//, /Radio lessons/)
  await as(node, ben)('drafts.leave', { id })
  await told(amina, /Ben n’est plus auteur\u00A0: Radio lessons/, /^\/fr\/drafts\//, /Radio lessons/)
  await silent(amina)
})

/** A record of this person’s, published by a curator. */
async function published(node: TestApp, who: Person, curator: Person, values: object = practice): Promise<string> {
  const id = await submitted(node, who, { values })
  await step(node, curator, 'curator', id, 'accept', { verdict: 'sound' })
  await step(node, curator, 'curator', id, 'publish')
  return (await as(node, who)('drafts.read', { id })).recordId
}

test('of a collection: its curators appointed and dismissed, records that join, do not, and are taken out', async () => {
  const node = await testApp()
  const { told, newest } = mailbox(node)
  const amina = await person(node, 'Amina', { language: 'es' })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const lin = await person(node, 'Lin', { language: 'fr' })
  const id = await collectionWith(node, {}, lin)
  await told(lin, /Vous êtes curateur de la collection Collection of the Ministry/, /^\/fr\/records\//, /Ministry/)
  const [one, two] = [await published(node, amina, chen), await published(node, amina, chen)]
  await newest(amina)
  for (const record of [one, two]) await as(node, lin)('collections.invite', { id, record })
  await newest(amina)
  await as(node, amina)('collections.answer', { id, record: one, accepts: true })
  await told(lin, /Dans la collection Collection of the Ministry\u00A0: Radio/, /^\/fr\/records\//, /Radio lessons/)
  await as(node, amina)('collections.answer', { id, record: two, accepts: false })
  await told(lin, /Pas dans la collection Collection of the Ministry\u00A0: Radio/, /^\/fr\/records\//, /Radio lessons/)
  await as(node, lin)('collections.remove', { id, record: one })
  await told(amina, /de la colección Collection of the Ministry: Radio/, /^\/es\/records\//, /Radio lessons/)
  await as(node, chen, 'curator')('collections.dismiss', { id, account: lin.id })
  await told(lin, /Vous n’êtes plus curateur de la collection/, /^\/fr\/records\//, /Ministry/)
})

test('of a record: endorsed, changed by others, submitted nationally, merged', async () => {
  const node = await testApp()
  const { told, newest, silent } = mailbox(node)
  const amina = await person(node, 'Amina')
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  const focal = await person(node, 'Fatou', { roles: ['focal-point'], country: 'KE' })
  const id = await published(node, amina, chen)
  await newest(amina)
  const curate = as(node, chen, 'curator')
  const [title, originalLanguage] = [{ en: 'We saw it' }, 'en']
  await curate('endorsements.share', { title, originalLanguage, endorses: id, reason: { en: 'It works.' } })
  await told(amina, /Endorsed: Radio lessons/, /^\/en\/records\//, /We saw it/)

  const { body, revision } = await curate('records.read', { id })
  await curate('practices.revise', {
    id,
    revision,
    note: 'A better title',
    body: { ...body, title: { en: 'Lessons by radio' } },
  })
  await told(amina, /Changed: Lessons by radio/, /^\/en\/records\/\w+\/history/, /Lessons by radio/)
  await as(node, focal, 'focal-point')('records.submitNationally', { id })
  await told(amina, /Submitted on behalf of a country/, /^\/en\/records\//, /Lessons by radio|Kenya/)

  const into = await published(node, await person(node, 'Lin'), chen)
  const [from, target] = [await curate('records.read', { id }), await curate('records.read', { id: into })]
  await newest(amina)
  const revisions = { revision: from.revision, intoRevision: target.revision }
  await curate('records.merge', { id, into, ...revisions, take: [], reason: 'They are one.' })
  await told(amina, /Merged with another record: Lessons by radio/, new RegExp(`^/en/records/${into}`), /Radio lessons/)
  await silent(amina)
})
