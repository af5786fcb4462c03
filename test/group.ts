/**
 * The test files that it is given, one after another in this process: what a node reads to begin is read once for all of them.
 * Each is a test of its own, so that what a file opens is closed when the file is done.
 */
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) test(file, async () => void (await import(pathToFileURL(file).href)))
