/** Servers in processes of their own: the node, and a bare one that sends what it is given. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { headersAsked } from './load.ts'

export type Serving = {
  port: number
  /** When the process was begun, as `performance.now()` tells it. */
  begunAt: number
  /** Seconds of processor time, all its processes together; NaN where the system does not tell. */
  cpuSeconds: () => number
  /** Bytes in memory, of which `own` are not pages of files. */
  memory: () => { resident: number; own: number }
  stop: () => Promise<void>
}
export type Captured = { status: number; headers: Record<string, string>; body: Buffer }

const main = fileURLToPath(new URL('../bin/qingdao.js', import.meta.url))
const bare = fileURLToPath(new URL('bare.ts', import.meta.url))
const readyMs = 300_000
const stopMs = 10_000
const ticksPerSecond = 100
const atOnce = 16

export const startNode = (dataDir: string, processes = 1, nodeFlags: readonly string[] = []): Promise<Serving> =>
  startServing([...nodeFlags, main, 'start', '--port', '0', '--data-dir', dataDir, '--processes', String(processes)])

export const startBare = (answersFile: string, processes = 1): Promise<Serving> =>
  startServing([bare, answersFile, String(processes)])

/** Runs a command of the node to its end. It ends with 1 when some rows were refused. */
export function runCommand(...words: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 || code === 1 ? resolve() : reject(new Error(`qingdao ${words[0]}: ${code}`)),
    )
  })
}

function startServing(words: readonly string[]): Promise<Serving> {
  const begunAt = performance.now()
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const pids = () => [child.pid!, ...childrenOf(child.pid!)]
  const stop = () => {
    const all = pids()
    child.kill('SIGTERM')
    // What does not end by itself must not hold up the next question.
    const late = setTimeout(() => all.forEach(end), stopMs)
    return ended.finally(() => clearTimeout(late))
  }
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => void stop().then(() => reject(new Error('the server did not come up'))), readyMs)
    let told = ''
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${told}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      if (told.length > 10_000) return
      told += chunk.toString()
      const port = /http:\/\/[\w.]+:(\d+)/.exec(told)?.[1]
      if (!port) return
      clearTimeout(late)
      resolve({
        port: Number(port),
        begunAt,
        cpuSeconds: () => sum(pids().map(cpuSecondsOf)),
        memory: () => ({
          resident: sum(pids().map((pid) => statusOf(pid, 'VmRSS'))),
          own: sum(pids().map((pid) => statusOf(pid, 'RssAnon'))),
        }),
        stop,
      })
    })
  })
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)

function end(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

/** What Linux reports about a process; nothing on other systems. */
function proc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}
const childrenOf = (pid: number): number[] =>
  proc(pid, `task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number)
const statusOf = (pid: number, name: string) =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(proc(pid, 'status'))?.[1] ?? Number.NaN) * 1024
function cpuSecondsOf(pid: number): number {
  const [, rest = ''] = proc(pid, 'stat').split(') ')
  const fields = rest.split(' ')
  // Its own in user and system mode, and that of its processes that have ended: else their time is lost when they do.
  return sum(fields.slice(11, 15).map(Number)) / ticksPerSecond || Number.NaN
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
/** What Node writes by itself, on either server. */
const ownHeaders = new Set(['date', 'connection', 'keep-alive'])

/** An answer as it comes over the wire, still compressed. */
export function capture(port: number, address: string): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: address, agent, headers: headersAsked }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const headers = Object.entries(response.headers).filter(([name]) => !ownHeaders.has(name)) as [string, string][]
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body: Buffer.concat(chunks) })
      })
    })
    request.on('error', reject)
  })
}

/** All answers to a file that the bare server reads. */
export async function captureAll(port: number, addresses: readonly string[], file: string): Promise<{ bytes: number }> {
  const answers: Record<string, object> = {}
  let bytes = 0
  let next = 0
  const worker = async () => {
    for (let address = addresses[next++]; address !== undefined; address = addresses[next++]) {
      const { status, headers, body } = await capture(port, address)
      if (status !== 200) throw new Error(`${address} was answered with ${status}`)
      answers[address] = { status, headers, body: body.toString('base64') }
      bytes += body.length
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await writeFile(file, JSON.stringify(answers))
  return { bytes }
}

export const closeConnections = () => agent.destroy()
