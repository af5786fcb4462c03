import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { eachApart } from './each-apart.ts'
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
  const { app } = await testApp()
  const { now, pass } = clock()
  const job = counted()
  assert.deepEqual(await runDueJobs(app.database, [job], now), ['dump'])
  assert.deepEqual(await runDueJobs(app.database, [job], now), [])
  pass(hour)
  await runDueJobs(app.database, [job], now)
  assert.equal(job.runs, 2)
})

test('of several who come at once, one does it', async () => {
  const { app } = await testApp()
  const { now } = clock()
  const job = counted()
  await Promise.all([1, 2, 3, 4].map(() => runDueJobs(app.database, [job], now)))
  assert.equal(job.runs, 1)
})

test('a job whose worker died is taken over when its lease has run out', async () => {
  const { app } = await testApp()
  const { now, pass } = clock()
  void runDueJobs(app.database, [counted({ run: () => new Promise(() => {}) })], now)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const second = counted()
  assert.deepEqual(await runDueJobs(app.database, [second], now), [])
  pass(60_000)
  assert.deepEqual(await runDueJobs(app.database, [second], now), ['dump'])
})

test('a failure is remembered and tried again, sooner at first and later with each failure', async () => {
  const { app } = await testApp()
  const { now, pass } = clock()
  const failing = counted({ run: async () => assert.fail('no room') })
  await runDueJobs(app.database, [failing], now)
  const [state] = await jobStates(app.database.read)
  assert.deepEqual([state?.failures, state?.lastError, state?.dueAt], [1, 'no room', '2026-01-01T00:00:30.000Z'])
  pass(30_000)
  await runDueJobs(app.database, [failing], now)
  assert.equal((await jobStates(app.database.read))[0]?.dueAt, '2026-01-01T00:01:30.000Z')
  pass(60_000)
  await runDueJobs(app.database, [counted()], now)
  assert.equal((await jobStates(app.database.read))[0]?.failures, 0)
})

test('a run that outlasts its lease leaves the job to the process that took it over', async () => {
  const { app } = await testApp()
  const { now, pass } = clock()
  let [endSlow, endSecond] = [() => {}, () => {}]
  const slow = runDueJobs(app.database, [counted({ run: () => new Promise((end) => (endSlow = end)) })], now)
  await new Promise((resolve) => setTimeout(resolve, 100))
  pass(60_000)
  const second = runDueJobs(app.database, [counted({ run: () => new Promise((end) => (endSecond = end)) })], now)
  await new Promise((resolve) => setTimeout(resolve, 100))
  pass(1_000)
  endSlow()
  await slow
  const third = counted()
  assert.deepEqual(await runDueJobs(app.database, [third], now), [], 'the second is at it still')
  pass(1_000)
  endSecond()
  await second
  const [state] = await jobStates(app.database.read)
  assert.deepEqual([state?.leasedUntil, state?.dueAt], [null, '2026-01-01T01:01:02.000Z'])
})

test('work on many things goes on after one of them fails, and has failed when all had their turn', async () => {
  for (const atOnce of [1, 2, 5]) {
    const done: number[] = []
    const work = async (n: number) => {
      if (n === 2) throw new Error('the second is odd')
      await new Promise((resolve) => setImmediate(resolve))
      done.push(n)
    }
    await assert.rejects(eachApart([1, 2, 3, 4], work, atOnce), /the second is odd/)
    assert.deepEqual(done.toSorted(), [1, 3, 4])
  }
})
