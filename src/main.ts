#!/usr/bin/env node
/** The command `qingdao`. */
import { randomBytes } from 'node:crypto'
import { enableCompileCache } from 'node:module'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `Qingdao needs Node.js 24 or newer; this is ${process.version}.\nRun it with "npm start" in its folder, which brings its own, or install Node.js 24.\n`,
  )
  process.exit(2)
}
// What was compiled once need not be at the next start; without a place to keep it, all works as well.
enableCompileCache()
const { runShell } = await import('./commands/shell.ts')
const { outbound } = await import('#core/outbound.ts')
process.exitCode = await runShell(process.argv.slice(2), {
  environment: process.env,
  out: process.stdout,
  err: process.stderr,
  world: { now: () => new Date(), random: (size) => randomBytes(size), fetch: outbound() },
})
