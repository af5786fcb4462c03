/** The owner of a record is told of what others publish about it: by whom, what, and with a link that leads there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, submitted } from '../../../test/acting.ts'
import { testApp, type TestApp } from '../../../test/app.ts'
import { lettersOf, person, type Person } from '../../../test/people.ts'

const lesson = {
  title: { en: 'Charge the radios by day' },
  polarity: 'do',
  event: { en: 'They were empty by evening.' },
  recommendation: { en: 'Charge them while the sun shines.' },
}

/** A record that Nia wrote, of which she is the owner. */
async function owned({ kind = 'practice', values }: { kind?: string; values?: object } = {}) {
  const app = await testApp()
  const nia = await person(app, 'Nia')
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const judge = as(app, chen, 'curator')
  const publish = async (draft: string) => {
    await judge('drafts.step', { id: draft, revision: 1, step: 'accept', verdict: 'sound' })
    return (await judge('drafts.step', { id: draft, revision: 1, step: 'publish' })).recordId as string
  }
  const begin = async () => {
    const { id } = await as(app, nia)('drafts.begin', { kind, language: 'en', values })
    await as(app, nia)('drafts.step', { id, revision: 1, step: 'submit' })
    return id as string
  }
  const id = await publish(kind === 'practice' ? await submitted(app, nia) : await begin())
  return { app, nia, chen, judge, id, omar: await person(app, 'Omar') }
}

const subjectOf = (letter: string) => /^Subject: (.*?)\r?$/m.exec(letter)![1]!

/** The newest that reached her; nobody else who did it is told. */
async function newestTo(app: TestApp, who: Person, by: Person): Promise<string> {
  const letters = await lettersOf(app)
  const of = (one: Person) => letters.filter((letter) => letter.includes(`To: ${one.email}`))
  assert.ok(
    !of(by).some((one) => /Confirmed|Contradicted|Tried|Lesson learned/.test(subjectOf(one))),
    'not of one’s own',
  )
  return of(who).at(-1)!
}

const answers = [
  {
    answer: 'confirmed',
    subject: 'Confirmed: Charge the radios by day',
    text: /Omar published a response that confirms your record/,
  },
  {
    answer: 'contradicted',
    subject: 'Contradicted: Charge the radios by day',
    text: /Omar published a response that contradicts your record/,
  },
] as const

for (const { answer, subject, text } of answers)
  test(`the owner of a lesson is told when somebody publishes that it was ${answer}`, async () => {
    const { app, nia, omar, id } = await owned({ kind: 'lesson', values: lesson })
    const { id: response } = await as(
      app,
      omar,
      'curator',
    )('responses.share', {
      title: { en: 'As here' },
      originalLanguage: 'en',
      reason: { en: 'We saw it in two camps.' },
      [answer === 'confirmed' ? 'confirms' : 'contradicts']: id,
    })
    const letter = await newestTo(app, nia, omar)
    assert.equal(subjectOf(letter), subject)
    assert.match(letter, text)
    assert.match(letter, new RegExp(`/en/records/${response}`))
  })

test('the owner of a practice is told when somebody publishes what happened where it was tried', async () => {
  const { app, nia, omar, id } = await owned()
  const { id: adoption } = await as(
    app,
    omar,
    'curator',
  )('adoptions.share', {
    title: { en: 'Radio lessons in Uganda' },
    originalLanguage: 'en',
    tried: id,
  })
  const letter = await newestTo(app, nia, omar)
  assert.equal(subjectOf(letter), 'Tried elsewhere: Radio lessons')
  assert.match(letter, /Omar published what happened when your record “Radio lessons” was tried elsewhere/)
  assert.match(letter, new RegExp(`/en/records/${adoption}`))
})

test('the owner of a practice is told of a lesson that somebody publishes of it', async () => {
  const { app, nia, omar, id } = await owned()
  const said = { ...lesson, originalLanguage: 'en', practices: [id] }
  const { id: added } = await as(app, omar, 'curator')('lessons.share', said)
  const letter = await newestTo(app, nia, omar)
  assert.equal(subjectOf(letter), 'Lesson learned from Radio lessons')
  assert.match(letter, /Omar published a lesson learned from your record “Radio lessons”/)
  assert.match(letter, new RegExp(`/en/records/${added}`))
})

test('whoever publishes an answer to a record of their own is told nothing', async () => {
  const { app, nia, id } = await owned()
  const before = (await lettersOf(app)).length
  await as(app, nia, 'curator')('lessons.share', { ...lesson, originalLanguage: 'en', practices: [id] })
  assert.equal((await lettersOf(app)).length, before)
})

test('a lesson that is told without a name waits for curators, who are told so and by nobody', async () => {
  const day = 24 * 60 * 60_000
  let at = new Date('2026-01-02T03:04:05Z')
  const app = await testApp({ now: () => at })
  const chen = await person(app, 'Chen', { roles: ['curator'] })
  const amina = await person(app, 'Amina')
  const path = '/lessons/anonymous'
  await amina.open(`/en${path}`)
  const told = {
    title: lesson.title.en,
    polarity: 'do',
    event: lesson.event.en,
    recommendation: lesson.recommendation.en,
  }
  await amina.send(path, told)
  at = new Date(at.getTime() + day)
  await app.app.perform(app.app.operation('notices.send')!, { kind: 'system', id: 'notices' }, {})
  const letters = await lettersOf(app)
  const [letter] = letters.filter((one) => one.includes(`To: ${chen.email}`))
  assert.match(letter!, /Charge the radios by day/)
  assert.doesNotMatch(letter!, /Amina/)
  assert.ok(!letters.some((one) => one.includes(`To: ${amina.email}`)), 'nothing leads back to who told it')
})
