/** `qingdao node`: follow other nodes, and read what changed there. */
import type { App } from '#app'
import { Problem, noSuch } from '#kernel/problem.ts'
import { shell } from '#kernel/context.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import { checkNode } from '#features/federation/nodes/check.ts'
import { siteAddress } from '#features/federation/nodes/reach.ts'
import { pullNode } from '#features/federation/nodes/pull.ts'
import { removals, removeNode, withdrawAllOf } from '#features/federation/nodes/removing.ts'
import {
  followNode,
  listNodes,
  lookAtNode,
  resumeNode,
  suspendNode,
  type FollowedNode,
} from '#features/federation/nodes/operations.ts'
import type { Command, Run } from './command.ts'

const verbs = ['follow', 'list', 'pull', 'suspend', 'resume', 'remove', 'check'] as const

export const nodeCommand: Command = {
  name: 'node',
  takes: 'follow|list|pull|suspend|resume|remove|check [<address>]',
  examples: ['qingdao node follow https://qingdao.example.org', 'qingdao node check https://qingdao.example.org'],
  settings: ['dataDir', 'databaseUrl', 'privateNodes'],
  words: () => verbs,
  flags: [
    { name: 'kind', value: 'practice', about: 'cli.flag.packKind' },
    { name: 'key', value: 'key', about: 'cli.flag.nodeKey' },
    { name: 'records', value: 'keep', about: 'cli.flag.nodeRecords' },
  ],
  run: async (run) => {
    const [verb, address] = run.given
    const known = verbs.find((one) => one === verb)
    if (!known || (!address && !['list', 'pull'].includes(known)))
      throw new Problem('badFlag', { flag: 'node', what: nodeCommand.takes })
    // Anybody may ask how another node answers: that needs no node here.
    if (known === 'check') return check(run, address!)
    return run.withApp((app) => {
      if (known === 'follow') return follow(run, app, address!)
      if (known === 'list') return list(run, app)
      if (known === 'pull') return pull(run, app, address)
      if (known === 'remove') return remove(run, app, address!)
      return change(run, app, known, address!)
    })
  },
}

async function follow(run: Run, app: App, address: string): Promise<number> {
  const { flags, terminal, t } = run
  const { manifest, fingerprint } = await app.perform(lookAtNode, shell, { address })
  terminal.say(`${bestText(manifest.name, 'en').text} (${manifest.address})`)
  terminal.say(`  ${t('cli.node.key', { key: fingerprint })}`)
  const key = flags.key?.at(-1)
  await app.perform(followNode, shell, { address, kinds: flags.kind ?? [], ...(key && { key }) })
  terminal.say(`  ${t('cli.node.followed')}`)
  return pull(run, app, address)
}

async function list({ terminal, t, f }: Run, app: App): Promise<number> {
  const { nodes } = await app.perform(listNodes, shell, {})
  if (nodes.length === 0) terminal.say(t('network.none'))
  for (const node of nodes) {
    terminal.say(`${bestText(node.name, 'en').text} (${node.address}) ${t(`network.state.${node.state}`)}`)
    terminal.say(`  ${t('network.recordsHere', { count: node.records })}`)
    if (node.lastRunAt) terminal.say(`  ${f.time(node.lastRunAt)}`)
  }
  return 0
}

const marks = { ok: '✓', bad: '✗', unsure: '?' } as const

async function check({ terminal, t, environment, settings }: Run, address: string): Promise<number> {
  const reach = { fetch: environment.fetch, services: { privateNodes: settings.privateNodes } }
  const findings = await checkNode(reach, siteAddress(address))
  for (const { step, state, address: at, reason } of findings) {
    terminal.say(`${marks[state]} ${t(`nodeCheck.${step}`)}${state === 'unsure' ? ` (${t('nodeCheck.unsure')})` : ''}`)
    if (state === 'bad') terminal.say(`  ${at}${reason ? `: ${reason}` : ''}`)
  }
  const bad = findings.filter(({ state }) => state === 'bad').length
  terminal.say(t(bad > 0 ? 'nodeCheck.failed' : 'nodeCheck.passed', { count: bad }))
  return bad > 0 ? 1 : 0
}

async function pull(run: Run, app: App, address?: string): Promise<number> {
  const { nodes } = await app.perform(listNodes, shell, {})
  const chosen = address ? [nodeAt(nodes, address)] : nodes.filter(({ state }) => state === 'following')
  let code = 0
  for (const { id, name } of chosen) {
    const { failed, ...counts } = await pullNode(app.running, id)
    run.terminal.say(`${bestText(name, 'en').text}: ${run.t('cli.pack.taken', counts)}`)
    if (failed) run.terminal.say(`  ✗ ${wordsOr(run.t, `problem.${failed}.title`, failed)}`)
    if (failed || counts.refused > 0) code = 1
  }
  await app.follow()
  await app.saveSearch()
  return code
}

async function change({ terminal, t }: Run, app: App, verb: 'suspend' | 'resume', address: string): Promise<number> {
  const { nodes } = await app.perform(listNodes, shell, {})
  const { id } = nodeAt(nodes, address)
  const { state } = await app.perform(verb === 'suspend' ? suspendNode : resumeNode, shell, { id })
  terminal.say(t(`network.state.${state}`))
  return 0
}

/** What becomes of its records is never guessed. */
async function remove({ flags, terminal, t }: Run, app: App, address: string): Promise<number> {
  const chosen = removals.find((one) => one === flags.records?.at(-1))
  if (!chosen) throw new Problem('badFlag', { flag: '--records', what: removals.join('|') })
  const { nodes } = await app.perform(listNodes, shell, {})
  const { id } = nodeAt(nodes, address)
  const { state, withdraws } = await app.perform(removeNode, shell, { id, records: chosen })
  if (withdraws) await withdrawAllOf(app.running, id)
  terminal.say(t(`network.state.${state}`))
  await app.followOwn()
  await app.saveSearch()
  return 0
}

/** By address or identifier. @throws Problem notFound */
function nodeAt(nodes: readonly FollowedNode[], named: string): FollowedNode {
  const bare = (address: string) => address.replace(/^https?:\/\//, '').replace(/\/+$/, '')
  const found = nodes.find(({ id, address }) => id === named || bare(address) === bare(named))
  if (!found) throw noSuch('node', named)
  return found
}
