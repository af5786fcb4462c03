#!/usr/bin/env node
// The command `qingdao`. Plain JavaScript, so that an older Node.js can still read why it is not enough,
// and so that what was compiled once, types stripped and all, need not be at the next start.
import { existsSync } from 'node:fs'
import module from 'node:module'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  process.stderr.write(
    `Qingdao needs Node.js 24 or newer; this is ${process.version}.\n` +
      'Run it with "npm start" in its folder, which brings its own, or install Node.js 24.\n',
  )
  process.exit(2)
}
module.enableCompileCache()
// A package holds the sources without their types (tools/strip-types.ts), a checkout the sources themselves.
const isCheckout = existsSync(new URL('../src/main.ts', import.meta.url))
await import(isCheckout ? '../src/main.ts' : '../dist/main.js')
