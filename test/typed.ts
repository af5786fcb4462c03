/** Commands as an operator types them. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { outbound } from '#kernel/outbound.ts'
import { runShell } from '../src/commands/shell.ts'

export const main = fileURLToPath(new URL('../bin/qingdao.js', import.meta.url))

export type Outcome = { status: number | null; stdout: string; stderr: string }

const english = { LANG: 'en', DATABASE_URL: '' }

/**
 * Runs a command in this process: what `main.ts` does, without the second and more that reading the whole node takes, which is
 * longer than most of them take themselves. What is about processes (signals, users, memory) is typed in one of its own.
 */
export async function typed(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const [out, err] = [written(), written()]
  const usual = process.umask()
  try {
    const status = await runShell(words, {
      env: { ...english, ...env },
      out: out.stream,
      err: err.stream,
      environment: { now: () => new Date(), random: (size) => randomBytes(size), fetch: outbound() },
    })
    return { status, stdout: out.text(), stderr: err.text() }
  } finally {
    // A command closes what it makes to others for as long as its process lives.
    process.umask(usual)
  }
}

/** Runs a command in a process of its own. */
export function typedAlone(
  words: readonly string[],
  env: NodeJS.ProcessEnv = {},
  options: SpawnSyncOptions = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    timeout: 60_000,
    ...options,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...english, ...env },
  })
  return { status, stdout, stderr }
}

function written() {
  let all = ''
  const stream = Object.assign(new PassThrough(), { isTTY: false })
  stream.on('data', (chunk: Buffer) => (all += chunk.toString()))
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => all }
}
