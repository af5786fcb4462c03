/** The table of roles, cell by cell: each is a real operation that is performed, and let pass or refused as it says. */
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { operations } from '#app'
import { shell, type Actor } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { testApp, type TestApp } from '../../test/app.ts'
import { practice as aPractice } from '../../test/practice.ts'
import { visitor } from '../../test/visitor.ts'
import { newId } from '#records/identifier.ts'
import { newAccount } from './email-link.ts'
import { everyone, ofCollectionCurators, permissions, type Permission, type Role } from '#kernel/permission.ts'
import { people } from './store.ts'

type Column = (typeof everyone)[number]

const practice = { ...aPractice, originalLanguage: 'en' }

const collection = { title: { en: 'Distance learning' }, originalLanguage: 'en' }

/** People of the node for one cell: the one who asks, an author, an operator, somebody who may review. */
async function cellOf({ app }: TestApp) {
  const add = async (roles: Role[]) => {
    const given = { name: roles.at(-1)!, email: `${randomBytes(6).toString('hex')}@example.org`, language: 'en' }
    const account = { ...newAccount(app.environment, given), roles, state: 'active' as const }
    await app.database.write((tx) => people(tx).add(account))
    return { kind: 'person' as const, id: account.id, roles: roles as string[], email: account.email }
  }
  const as = (actor: Actor) => async (name: string, input: object) => {
    const answer = (await app.perform(app.operation(name)!, actor, input)) as any
    await app.followOwn()
    return answer
  }
  const operator = as(await add(['contributor', 'operator']))
  const author = as(await add(['contributor']))
  const draftBy = async (whose: typeof author) =>
    whose('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  const submit = async (whose: typeof author, { id, revision }: { id: string; revision: number }) =>
    whose('drafts.step', { id, revision, step: 'submit' })
  const becomeFocalPoint = (id: string) =>
    app.database.write((tx) => people(tx).change(id, { roles: ['contributor', 'focal-point'], country: 'KE' }))
  return { add, as, operator, author, draftBy, submit, becomeFocalPoint }
}
type Cell = Awaited<ReturnType<typeof cellOf>>
type Ask = ReturnType<Cell['as']>

type Prepared = () => Promise<unknown>

/** What needs each permission: first what it needs is made ready by others, then the one in question asks. */
const acts: Record<
  Permission,
  ((ask: Ask, cell: Cell, self: Actor) => Prepared | Promise<Prepared>) | 'not built yet'
> = {
  'published.read': async (ask, { operator }) => {
    const { id } = await operator('practices.share', practice)
    return () => ask('records.read', { id })
  },
  'draft.write': (ask) => () => ask('drafts.begin', { kind: 'practice', language: 'en' }),
  'draft.submit': async (ask, { author, submit, draftBy }, self) => {
    // Only what one wrote oneself; a visitor has written nothing.
    const own = await draftBy(self.kind === 'anyone' ? author : ask)
    return () => submit(ask, own)
  },
  'record.comment': async (ask, { author, draftBy }, self) => {
    const { id } = await draftBy(self.kind === 'anyone' ? author : ask)
    return () => ask('drafts.comment', { id, text: 'How far?' })
  },
  'record.translate': async (ask, { operator }) => {
    const { id, revision } = await operator('practices.share', practice)
    const texts = { title: 'Leçons à la radio' }
    return () => ask('translations.suggest', { id, revision, language: 'fr', texts })
  },
  'translation.accept': async (ask, { author, operator }) => {
    const { id, revision } = await operator('practices.share', practice)
    const texts = { title: 'Leçons à la radio' }
    const suggested = await author('translations.suggest', { id, revision, language: 'fr', texts })
    return () => ask('translations.accept', { id: suggested.id, revision })
  },
  'translator.appoint': async (ask, { add }) => {
    const { email } = await add(['contributor'])
    return () => ask('translators.appoint', { email, language: 'fr' })
  },
  'submission.read': (ask) => () => ask('reviews.queue', {}),
  'submission.review': async (ask, { author, operator, draftBy, submit }, self) => {
    const draft = await submit(author, await draftBy(author))
    // Who may not review is not given anything to review either.
    if (self.kind === 'person' && self.roles.some((role) => ['reviewer', 'curator', 'operator'].includes(role)))
      await operator('reviews.assign', { id: draft.id, reviewer: self.id })
    return () => ask('reviews.declare', { id: draft.id, hasInterest: false })
  },
  'submission.assign': async (ask, { author, add, draftBy, submit }) => {
    const draft = await submit(author, await draftBy(author))
    const reviewer = await add(['contributor', 'reviewer'])
    return () => ask('reviews.assign', { id: draft.id, reviewer: reviewer.id })
  },
  'submission.decide': async (ask, { author, operator, draftBy, submit }) => {
    const draft = await submit(author, await draftBy(author))
    const taken = await operator('drafts.step', { id: draft.id, revision: draft.revision, step: 'take' })
    return () => ask('drafts.step', { id: draft.id, revision: taken.revision, step: 'accept', verdict: 'sound' })
  },
  'record.publish': (ask) => () => ask('practices.share', practice),
  'record.withdraw': async (ask, { operator }) => {
    const { id, revision } = await operator('practices.share', practice)
    return () => ask('records.withdraw', { id, revision, reason: 'It was a test.' })
  },
  'record.merge': async (ask, { operator }) => {
    const { id, revision } = await operator('practices.share', practice)
    const other = await operator('practices.share', practice)
    return () => ask('records.merge', { id, revision, into: other.id, intoRevision: 1, reason: 'It is the same.' })
  },
  'bestBet.write': async (ask, { operator }) => {
    const { id } = await operator('practices.share', practice)
    return () => ask('best-bets.share', { title: { en: 'radio' }, originalLanguage: 'en', recommends: [id] })
  },
  'record.submitNationally': async (ask, { operator, becomeFocalPoint }, self) => {
    const { id } = await operator('practices.share', practice)
    if (self.kind === 'person' && self.roles.includes('focal-point')) await becomeFocalPoint(self.id)
    return () => ask('records.submitNationally', { id })
  },
  'collection.appoint': async (ask, { operator, add }) => {
    const { id } = await operator('curated-collections.share', collection)
    const { email } = await add(['contributor'])
    return () => ask('collections.appoint', { id, email })
  },
  'collection.invite': async (ask, { operator }) => {
    const { id } = await operator('curated-collections.share', collection)
    const { id: record } = await operator('practices.share', practice)
    return () => ask('collections.invite', { id, record })
  },
  'people.manage': async (ask, { add }) => {
    const { id } = await add(['contributor'])
    return () =>
      ask('accounts.manage', { id, roles: ['reviewer'], country: null, isSuspended: false, password: '', session: '' })
  },
  'statistics.import': (ask) => () =>
    ask('statistics.describe', {
      code: `KE-${randomUUID()}`,
      title: 'Laptops',
      language: 'en',
      unit: 'percent',
      publisher: 'Office',
    }),
  'audit.read': (ask) => () => ask('audit.list', {}),
}

const refusals = ['unauthenticated', 'forbidden', 'notFound']

async function isLetPass(work: Prepared): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Problem && refusals.includes(error.code)) return false
    throw error
  }
}

for (const [permission, act] of Object.entries(acts) as [Permission, (typeof acts)[Permission]][])
  if (act !== 'not built yet')
    test(`${permission} is given to those whom the table names, and to nobody else`, async () => {
      const app = await testApp()
      const found: Column[] = []
      for (const column of everyone) {
        const cell = await cellOf(app)
        const self: Actor =
          column === 'anyone' ? { kind: 'anyone' } : await cell.add([...new Set(['contributor' as const, column])])
        if (await isLetPass(await act(cell.as(self), cell, self))) found.push(column)
      }
      assert.deepEqual(found, [...permissions[permission]])
    })

/** The same acts, on what was submitted to a collection that somebody without any role curates, and to another one. */
test('a curator of a collection may do there what the table says, and nothing anywhere else', async () => {
  const app = await testApp()
  const found: Record<'own' | 'other', string[]> = { own: [], other: [] }
  for (const where of ['own', 'other'] as const)
    for (const permission of Object.keys(permissions) as Permission[]) {
      const cell = await cellOf(app)
      const self = await cell.add(['contributor'])
      const { id } = await cell.operator('curated-collections.share', collection)
      const { id: elsewhere } = await cell.operator('curated-collections.share', collection)
      await cell.operator('collections.appoint', { id, email: self.email })
      const prepared = collectionActs[permission]?.(cell.as(self), cell, { self, id: where === 'own' ? id : elsewhere })
      if (prepared && (await isLetPass(await prepared))) found[where].push(permission)
    }
  assert.deepEqual(found.own, [...ofCollectionCurators])
  assert.deepEqual(found.other, ['submission.read'], 'the queue is open to them, and holds only what is theirs')
})

type InCollection = { self: { id: string }; id: string }
const submittedTo = async ({ author, draftBy, submit }: Cell, collectionId: string) => {
  const begun = await draftBy(author)
  await author('drafts.choose', { id: begun.id, collection: collectionId })
  return submit(author, begun)
}
const collectionActs: Partial<Record<Permission, (ask: Ask, cell: Cell, of: InCollection) => Promise<Prepared>>> = {
  'submission.read': async (ask, cell, { id }) => {
    await submittedTo(cell, id)
    return () => ask('reviews.queue', {})
  },
  'submission.review': async (ask, cell, { self, id }) => {
    const draft = await submittedTo(cell, id)
    return async () => {
      await cell.operator('reviews.assign', { id: draft.id, reviewer: self.id }).catch(() => {
        throw new Problem('forbidden')
      })
      await ask('reviews.declare', { id: draft.id, hasInterest: false })
    }
  },
  'submission.assign': async (ask, cell, { id }) => {
    const draft = await submittedTo(cell, id)
    const reviewer = await cell.add(['contributor', 'reviewer'])
    return () => ask('reviews.assign', { id: draft.id, reviewer: reviewer.id })
  },
  'submission.decide': async (ask, cell, { id }) => {
    const draft = await submittedTo(cell, id)
    return () => ask('drafts.step', { id: draft.id, revision: draft.revision, step: 'accept', verdict: 'sound' })
  },
  'record.publish': async (ask) => () => ask('practices.share', practice),
  'record.withdraw': async (ask, { operator }) => {
    const { id, revision } = await operator('practices.share', practice)
    return () => ask('records.withdraw', { id, revision, reason: 'It was a test.' })
  },
  'bestBet.write': async (ask, { operator }) => {
    const { id } = await operator('practices.share', practice)
    return () => ask('best-bets.share', { title: { en: 'radio' }, originalLanguage: 'en', recommends: [id] })
  },
  'collection.appoint': async (ask, { add }, { id }) => {
    const { email } = await add(['contributor'])
    return () => ask('collections.appoint', { id, email })
  },
  'collection.invite': async (ask, { operator }, { id }) => {
    const { id: record } = await operator('practices.share', practice)
    return () => ask('collections.invite', { id, record })
  },
  'people.manage': async (ask, { add }) => {
    const { id } = await add(['contributor'])
    return () =>
      ask('accounts.manage', { id, roles: ['reviewer'], country: null, isSuspended: false, password: '', session: '' })
  },
  'audit.read': async (ask) => () => ask('audit.list', {}),
}

test('a permission that no operation asks for yet is one that this test knows of', () => {
  const source = globSync('src/**/*.ts')
    .filter((path) => !path.endsWith('roles.test.ts') && !path.endsWith('core/permission.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  for (const [permission, act] of Object.entries(acts))
    if (act === 'not built yet')
      assert.ok(!source.includes(`'${permission}'`), `${permission} is asked for: it needs its cells above`)
})

test('anyone reads the table of roles, made from the table itself', async () => {
  const app = await testApp()
  const reader = visitor(app)
  const { body } = await reader.open('/en/roles')
  const rows = [...body.matchAll(/<tr>([^]*?)<\/tr>/g)].slice(1).map(([, row]) => row!)
  assert.equal(rows.length, Object.keys(permissions).length)
  for (const [place, may] of Object.values(permissions).entries()) {
    const cells = [...rows[place]!.matchAll(/<td[^]*?<\/td>/g)].map(([cell]) => /Yes/.test(cell))
    assert.deepEqual(
      cells,
      everyone.map((role) => (may as readonly string[]).includes(role)),
    )
  }
  assert.match((await reader.open('/ar/roles')).body, /الأدوار والأذونات/)
})

test('identifiers of accounts that are none are told so, to operators alone', async () => {
  const app = await testApp()
  const { operator, author } = await cellOf(app)
  const id = newId((size) => randomBytes(size))
  assert.equal(await isLetPass(() => operator('accounts.read', { id })), false)
  assert.equal(await isLetPass(() => author('accounts.read', { id })), false)
})

test('whoever is at the command line may do what an operator with an account may, and nothing beyond', () => {
  const operator = { kind: 'person', id: 'olga', roles: ['contributor', 'operator'] } as const
  const asked = (op: (typeof operations)[number], actor: Actor) => {
    try {
      return op.allow(actor, {})
    } catch {
      return false
    }
  }
  assert.deepEqual(
    operations.filter((op) => asked(op, shell) && !asked(op, operator)).map(({ name }) => name),
    [],
  )
  assert.ok(operations.some((op) => asked(op, shell)))
})
