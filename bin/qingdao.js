#!/usr/bin/env node
// The command `qingdao`. Plain JavaScript, so that an older Node.js can still read why it is not enough,
// and so that what was compiled once, types stripped and all, need not be at the next start.
import { existsSync } from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import v8 from 'node:v8'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `Qingdao needs Node.js 24 or newer; this is ${process.version}.\n` +
      'Run it with "npm start" in its folder, which brings its own, or install Node.js 24.\n',
  )
  process.exit(2)
}
// Where memory is short, less of it is worth a slower first start: 450 MB at most instead of 870.
const smallMachine = 1_536 * 1024 * 1024
if (Math.min(os.totalmem(), process.constrainedMemory() || Infinity) < smallMachine)
  for (const flag of ['--optimize-for-size', '--semi-space-growth-factor=1', '--max-semi-space-size=2'])
    v8.setFlagsFromString(flag)
// An import lets go of nearly all that it reads at once, so that more room for what is young is only more memory.
else if (process.argv[2]?.startsWith('import')) v8.setFlagsFromString('--max-semi-space-size=8')
module.enableCompileCache()
// A package holds the sources without their types (tools/strip-types.ts), a checkout the sources themselves.
const isCheckout = existsSync(new URL('../src/main.ts', import.meta.url))
await import(isCheckout ? '../src/main.ts' : '../dist/main.js')
