/** SQLite FTS5 as a yardstick: the same terms, the same hits, facets counted over a table of values. */
import { DatabaseSync } from 'node:sqlite'
import { performance } from 'node:perf_hooks'
import { facets, type Answered, type Asking, type Engine } from './search-asking.ts'

const valuesCounted = 12

export function sqliteFiller(file: string) {
  const db = new DatabaseSync(file)
  db.exec(`
    pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000;
    create virtual table texts using fts5(text, content = '', tokenize = 'ascii');
    -- Merged once, at the end: what is merged again and again while it grows takes hours at a million.
    insert into texts(texts, rank) values ('hashsize', 268435456);
    insert into texts(texts, rank) values ('automerge', 0);
    insert into texts(texts, rank) values ('crisismerge', 1000);
    create table names(id integer primary key, name text unique, facet text);
    create table given(number integer, value integer, primary key (number, value)) without rowid;
    begin`)
  const text = db.prepare('insert into texts(rowid, text) values (?, ?)')
  const name = db.prepare('insert into names(id, name, facet) values (?, ?, ?)')
  const given = db.prepare('insert into given(number, value) values (?, ?)')
  const ids = new Map<string, number>()
  return {
    add(number: number, words: string, values: string[]): void {
      text.run(number, words)
      for (const value of new Set(values)) {
        let id = ids.get(value)
        if (id === undefined) {
          ids.set(value, (id = ids.size + 1))
          name.run(id, value, value.slice(0, value.indexOf('=')))
        }
        given.run(number, id)
      }
    },
    close(): void {
      db.exec(`commit; insert into texts(texts) values ('optimize'); analyze`)
      db.close()
    },
  }
}

const quoted = (words: string[]) => `"${words.join(' ')}"`

function matchOf({ words, phrase, without }: Asking): string {
  const wanted = [...words.map((word) => quoted([word])), ...(phrase.length ? [quoted(phrase)] : [])].join(' AND ')
  return without.length ? `(${wanted}) NOT (${without.map((word) => quoted([word])).join(' OR ')})` : wanted
}

export function sqliteEngine(file: string): Engine {
  const db = new DatabaseSync(file, { readOnly: true })
  db.exec(
    'pragma cache_size = -400000; pragma mmap_size = 4000000000; pragma temp_store = memory; create temp table hits(number integer primary key)',
  )
  const best = (filtered: string) =>
    db.prepare(`select rowid from texts where texts match ? ${filtered} order by rank limit 20`)
  const keep = (filtered: string) =>
    db.prepare(`insert into temp.hits select rowid from texts where texts match ? ${filtered}`)
  const counted = db.prepare(
    'select names.facet, count(*) as found from temp.hits cross join given on given.number = hits.number cross join names on names.id = given.value group by given.value',
  )
  const ids = new Map(
    (db.prepare('select id, name from names').all() as { id: number; name: string }[]).map(({ id, name }) => [
      name,
      id,
    ]),
  )
  const filterOf = ({ filters }: Asking) =>
    Object.entries(filters)
      .map(([facet, values]) => {
        const wanted = values.map((value) => ids.get(`${facet}=${value}`) ?? 0)
        return `and exists (select 1 from given where given.number = texts.rowid and given.value in (${wanted.join()}))`
      })
      .join(' ')

  function answer(asking: Asking): Answered {
    const filtered = filterOf(asking)
    const [top, hits, match] = [best(filtered), keep(filtered), matchOf(asking)]
    const begun = performance.now()
    top.all(match)
    const total = Number(hits.run(match).changes)
    const sums = new Map<string, number[]>()
    for (const { facet, found } of counted.all() as { facet: string; found: number }[]) {
      const known = sums.get(facet)
      if (known) known.push(found)
      else sums.set(facet, [found])
    }
    const own = new Set(Object.keys(asking.filters))
    const sum = facets
      .filter((facet) => !own.has(facet))
      .flatMap((facet) => (sums.get(facet) ?? []).sort((a, b) => b - a).slice(0, valuesCounted))
      .reduce((all, found) => all + found, 0)
    db.exec('delete from temp.hits')
    return { ms: performance.now() - begun, total, sum }
  }

  return { name: 'SQLite FTS5', answer: async (askings) => askings.map(answer), close: async () => db.close() }
}
