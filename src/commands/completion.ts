/** `qingdao completion`: a script that completes commands and options in a shell, from the definitions. */
import { operations } from '#app'
import { wordsOr, type Translate } from '#kernel/i18n/messages.ts'
import { Problem } from '#kernel/problem.ts'
import type { Flag } from '#kernel/cli/arguments.ts'
import type { Command } from './command.ts'
import { shownFlags, shownFlagsOfOperation } from './flags.ts'

/** What may follow the words before it. */
type Place = { after: string; words: readonly string[]; flags: readonly Flag[] }
type Choices = { first: readonly { word: string; about: string }[]; places: readonly Place[] }

/** @param commands all commands, this one among them */
export const completionCommand = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  isLeftOut: true,
  takes: '<bash|zsh|fish>',
  examples: [
    'qingdao completion bash >> ~/.bash_completion',
    'qingdao completion fish > ~/.config/fish/completions/qingdao.fish',
  ],
  settings: [],
  words: () => Object.keys(scripts),
  flags: [],
  run: async ({ given, terminal, t }) => {
    const [shell = ''] = given
    const script = Object.hasOwn(scripts, shell) ? scripts[shell as keyof typeof scripts] : undefined
    if (!script) throw new Problem('badFlag', { flag: 'completion', what: 'bash|zsh|fish' })
    terminal.say(script(choicesOf(t, commands())))
    return 0
  },
})

function choicesOf(t: Translate, commands: readonly Command[]): Choices {
  const nouns = [...new Set(operations.map(({ name }) => name.split('.')[0]!))]
  const names = commands.map(({ name }) => name)
  const verbsOf = (noun: string) =>
    operations.filter(({ name }) => name.startsWith(`${noun}.`)).map(({ name }) => name.split('.')[1]!)
  const ownPlaces = commands.map((command): Place => ({
    after: command.name,
    words: [...(command.words?.() ?? []), ...verbsOf(command.name)],
    flags: shownFlags(command),
  }))
  const nounPlaces = nouns
    .filter((noun) => !names.includes(noun) && verbsOf(noun).length > 0)
    .map((noun): Place => {
      const alone = operations.find(({ name }) => name === noun)
      return { after: noun, words: verbsOf(noun), flags: alone ? shownFlagsOfOperation(alone) : [] }
    })
  return {
    first: [
      ...commands.map(({ name }) => ({ word: name, about: t(`cli.${name}.about`) })),
      { word: 'help', about: t('cli.help.about') },
      ...nouns
        .filter((noun) => !names.includes(noun))
        .map((word) => ({ word, about: wordsOr(t, `cli.${word}.about`, verbsOf(word).join(', ')) })),
    ],
    places: [
      { after: 'help', words: [...names, ...nouns, 'operations', 'settings'], flags: [] },
      ...ownPlaces,
      ...nounPlaces,
      ...operations
        .filter(({ name }) => name.includes('.'))
        .map((op): Place => ({ after: op.name.replace('.', ' '), words: [], flags: shownFlagsOfOperation(op) })),
    ],
  }
}

const offered = ({ words, flags }: Place) => [...words, ...flags.map(({ name }) => `--${name}`)].join(' ')
const cases = (places: readonly Place[]) =>
  places.map((place) => `    '${place.after}') offered='${offered(place)}' ;;`)
/** Longer beginnings first: `records read` before `records`. */
const byLength = (choices: Choices) =>
  choices.places.toSorted((a, b) => b.after.split(' ').length - a.after.split(' ').length)
const two = (choices: Choices) => byLength(choices).filter(({ after }) => after.includes(' '))
const one = (choices: Choices) => byLength(choices).filter(({ after }) => !after.includes(' '))
const firstWords = ({ first }: Choices) => first.map(({ word }) => word).join(' ')

/** What a POSIX-like shell does: the choices for two words, else for one; files where nothing is offered. */
const chosen = (choices: Choices, first: string, second: string) => [
  "  local offered=''",
  `  case "${first} ${second}" in`,
  ...cases(two(choices)),
  '  esac',
  `  [[ -z $offered ]] && case "${first}" in`,
  ...cases(one(choices)),
  '  esac',
]

const bash = (choices: Choices): string =>
  [
    '_qingdao() {',
    '  local word=${COMP_WORDS[COMP_CWORD]}',
    '  COMPREPLY=()',
    '  if [[ $COMP_CWORD -eq 1 ]]; then',
    `    COMPREPLY=($(compgen -W '${firstWords(choices)}' -- "$word"))`,
    '    return',
    '  fi',
    // The word that is being written does not yet choose.
    '  local second=""',
    '  [[ $COMP_CWORD -gt 2 ]] && second=${COMP_WORDS[2]}',
    ...chosen(choices, '${COMP_WORDS[1]}', '$second'),
    '  COMPREPLY=($(compgen -W "$offered" -- "$word"))',
    '}',
    'complete -o default -F _qingdao qingdao',
  ].join('\n')

const zsh = (choices: Choices): string =>
  [
    '#compdef qingdao',
    '_qingdao() {',
    '  if (( CURRENT == 2 )); then',
    '    local -a first=(',
    ...choices.first.map(({ word, about }) => `      '${quoted(`${word}:${about}`, "'\\''")}'`),
    '    )',
    "    _describe 'command' first",
    '    return',
    '  fi',
    '  local second=""',
    '  (( CURRENT > 3 )) && second=$words[3]',
    ...chosen(choices, '$words[2]', '$second'),
    '  compadd -- ${=offered}',
    '  [[ $PREFIX == -* ]] || _files',
    '}',
    'compdef _qingdao qingdao',
  ].join('\n')

const fish = (choices: Choices): string =>
  [
    // Whether the command line begins with these words, and whether it has no further ones.
    'function __qingdao_begins',
    '  set -l words (commandline -opc)',
    '  set -l last (math (count $argv) + 1)',
    '  test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"',
    'end',
    'function __qingdao_is',
    '  set -l words (commandline -opc)',
    '  test "$words" = (string join " " qingdao $argv)',
    'end',
    ...choices.first.map(
      ({ word, about }) => `complete -c qingdao -n '__qingdao_is' -f -a '${word}' -d '${quoted(about, "\\'")}'`,
    ),
    ...choices.places.flatMap(({ after, words, flags }) => [
      ...(words.length ? [`complete -c qingdao -n '__qingdao_is ${after}' -a '${words.join(' ')}'`] : []),
      ...flags.map(
        ({ name, value }) => `complete -c qingdao -n '__qingdao_begins ${after}' -l '${name}'${value ? ' -r' : ''}`,
      ),
    ]),
  ].join('\n')

const quoted = (text: string, quote: string) => text.replaceAll("'", quote)

const scripts = { bash, zsh, fish }
