/** Subjects (ISCED-F 2013) of the headings of programming lists; `061`, ICT, when a heading does not tell more. */
const bySubject: [RegExp, string][] = [
  [/data\s?science|statistic|probability|^r$/i, '0542'],
  [
    /database|databas|\bdb\b|dbms|sql|mongo|redis|cassandra|couch|neo4j|oracle|postgres|network|redes|réseau|hadoop|cloud|aws|azure|devops|docker|kubernetes|system admin|сети|баз/i,
    '0612',
  ],
  [
    /\bide\b|editors?\b|latex|markdown|linux|unix|ubuntu|windows$|bash|shell|excel|office|\bvim\b|emacs|^git\b|github|open source ecosystem|accessibility|word/i,
    '0611',
  ],
  [/math|algebra|calculus|\bsage\b|scilab|category theory|математик|matemát/i, '0541'],
  [/arduino|raspberry|electronic|verilog|vhdl|embedded|robot|fpga|iot|internet of things|signal/i, '0714'],
  [/physic|quantum/i, '0533'],
  [/project management|entrepreneur|marketing|\bseo\b|agile|scrum|professional development/i, '0413'],
  [
    /program|software|algorithm|compiler|assembl|python|java|script|php|\bc\b|c\+\+|c#|html|css|ruby|rust|\bgo\b|golang|kotlin|swift|scala|perl|haskell|lisp|scheme|clojure|erlang|elixir|elm\b|dart|flutter|\bios\b|android|angular|react|vue|node|django|flask|laravel|symfony|spring|jquery|bootstrap|unity|game|web\b|delphi|pascal|fortran|cobol|ada\b|prolog|lua|julia|matlab|objective|\.net|asp|visual basic|\bvb|typescript|solidity|blockchain|machine learning|artificial|deep learning|security|openshift|regular expression|graphql|api|svelte|next\.js|wordpress|ocaml|f#|groovy|processing|smalltalk|racket|nim\b|zig|\bd\b|алгоритм|программ|веб|разработка|алгоритм/i,
    '0613',
  ],
]

export function subjectsOf(headings: readonly string[]): string[] {
  const subjects = headings.flatMap((heading) => bySubject.find(([pattern]) => pattern.test(heading))?.[1] ?? [])
  return subjects.length > 0 ? [...new Set(subjects)] : ['061']
}
