/**
 * Before anything else of a process that runs tests. Node’s test runner asks of each promise which test it belongs to (`async_hooks`), and is told
 * when each is thrown away: that took a third of the time of the suite. An `AsyncLocalStorage` knows the same for nothing, since promises carry it.
 * Where a later Node asks otherwise, what is put in here is not used, and tests run as they would.
 */
import hooks, { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

type Init = NonNullable<hooks.HookCallbacks['init']>

const { createHook, executionAsyncId } = hooks
const runInAsyncScope = AsyncResource.prototype.runInAsyncScope
const running = new AsyncLocalStorage<number>()
let began: Init | undefined

/** A test, a suite or a hook of one, as the runner makes them. */
const isTest = (resource: object): boolean => 'reportedType' in resource

hooks.createHook = ({ init }) => {
  began = init
  return createHook({})
}
hooks.executionAsyncId = () => running.getStore() ?? executionAsyncId()
await import('node:test')
Object.assign(hooks, { createHook, executionAsyncId })

type Run = (this: unknown, ...given: unknown[]) => unknown

AsyncResource.prototype.runInAsyncScope = function (this: AsyncResource, run: Run, on?: unknown, ...given: unknown[]) {
  const id = this.asyncId()
  const isOfTest = began !== undefined && isTest(this)
  if (isOfTest) began!(id, 'Test', this.triggerAsyncId(), this)
  const ran: Run = isOfTest ? (...values) => running.run(id, () => run.apply(on, values)) : run
  return runInAsyncScope.call(this, ran, on, ...given)
} as typeof runInAsyncScope
