import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testHouse } from '../../../test/house.ts'
import { jobStates, runDueJobs, type Job } from './jobs.ts'

const hour = 3_600_000

function clock() {
  let time = Date.parse('2026-01-01T00:00:00Z')
  return { now: () => new Date(time), pass: (ms: number) => (time += ms) }
}

const counted = (more: Partial<Job> = {}) => {
  const job = { name: 'dump', everyMs: hour, leaseMs: 60_000, runs: 0, run: async () => void job.runs++, ...more }
  return job
}

test('a job runs when it is due, and not again before its time', async () => {
  const { house } = await testHouse()
  const { now, pass } = clock()
  const job = counted()
  assert.deepEqual(await runDueJobs(house.database, [job], now), ['dump'])
  assert.deepEqual(await runDueJobs(house.database, [job], now), [])
  pass(hour)
  await runDueJobs(house.database, [job], now)
  assert.equal(job.runs, 2)
})

test('of several who come at once, one does it', async () => {
  const { house } = await testHouse()
  const { now } = clock()
  const job = counted()
  await Promise.all([1, 2, 3, 4].map(() => runDueJobs(house.database, [job], now)))
  assert.equal(job.runs, 1)
})

test('a job whose worker died is taken over when its lease has run out', async () => {
  const { house } = await testHouse()
  const { now, pass } = clock()
  void runDueJobs(house.database, [counted({ run: () => new Promise(() => {}) })], now)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const second = counted()
  assert.deepEqual(await runDueJobs(house.database, [second], now), [])
  pass(60_000)
  assert.deepEqual(await runDueJobs(house.database, [second], now), ['dump'])
})

test('a failure is remembered and tried again, sooner at first and later with each failure', async () => {
  const { house } = await testHouse()
  const { now, pass } = clock()
  const failing = counted({ run: async () => assert.fail('no room') })
  await runDueJobs(house.database, [failing], now)
  const [state] = await jobStates(house.database.read)
  assert.deepEqual([state?.failures, state?.lastError, state?.dueAt], [1, 'no room', '2026-01-01T00:00:30.000Z'])
  pass(30_000)
  await runDueJobs(house.database, [failing], now)
  assert.equal((await jobStates(house.database.read))[0]?.dueAt, '2026-01-01T00:01:30.000Z')
  pass(60_000)
  await runDueJobs(house.database, [counted()], now)
  assert.equal((await jobStates(house.database.read))[0]?.failures, 0)
})
