/** What comes from outside the process is taken here, and handed on. */
import { randomBytes } from 'node:crypto'
import { outbound } from '#kernel/outbound.ts'
import { runShell } from './commands/shell.ts'

process.exitCode = await runShell(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  environment: { now: () => new Date(), random: (size) => randomBytes(size), fetch: outbound() },
})
// What another program left open, such as a connection that was refused half-way, keeps no finished command alive.
setTimeout(() => process.exit(), 1_000).unref()
