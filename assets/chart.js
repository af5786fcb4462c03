// Charts answer to pointer and keyboard: a slider reads values out, and lines stand out. Nothing needs it.
const make = (name, more) => Object.assign(document.createElement(name), more)
const isMirrored = document.dir === 'rtl'

/** A slider below a drawing; `show` marks a place in the drawing and answers what it says in words. */
function slider(drawing, { count, start, show, more }) {
  const input = make('input', { type: 'range', max: count - 1, value: start })
  const around = make('label', { className: 'reader small' })
  around.append(drawing.dataset.read, input)
  const go = (at) => {
    input.value = at
    input.setAttribute('aria-valuetext', show(at))
  }
  input.addEventListener('input', () => go(Number(input.value)))
  ;(drawing.closest('.drawn') ?? drawing).after(around, more)
  go(start)
  return go
}

/** Lines are columns of the table beside them, `from` a column on. Answers how many there are. */
function readLines(figure, table, from) {
  const plot = figure.querySelector('.plot')
  const paths = [...plot.querySelectorAll('path')]
  const look = (one) => one.classList[0]
  const cells = (row) => [...row.cells].slice(1 + from, 1 + from + paths.length).map((cell) => cell.textContent.trim())
  const titles = cells(table.tHead.rows[0])
  const rows = [...table.tBodies[0].rows].toReversed().filter((row) => cells(row).some((text) => text !== '–'))
  const yearOf = (row) => Number(row.cells[0].textContent)
  const [first, last] = plot.dataset.years.split(' ').map(Number)
  const place = (row) => {
    const across = 3 + (94 * (yearOf(row) - first)) / Math.max(1, last - first)
    return isMirrored ? 100 - across : across
  }
  const rule = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  rule.setAttribute('class', 'rule')
  rule.setAttribute('y2', '100%')
  plot.append(rule)

  let pressed
  const standOut = (name) => {
    figure.classList.toggle('focused', Boolean(name))
    for (const one of figure.querySelectorAll('path, circle, .names text'))
      one.classList.toggle('out', look(one) === name)
  }
  const buttons = paths.map((path) => {
    const button = make('button', { type: 'button', className: `${look(path)} quiet` })
    button.addEventListener('click', () => {
      pressed = pressed === look(path) ? undefined : look(path)
      for (const other of buttons) other.ariaPressed = look(other) === pressed
      standOut(pressed)
    })
    button.ariaPressed = false
    return button
  })
  for (const name of figure.querySelectorAll('.names text')) {
    name.addEventListener('pointerenter', () => standOut(look(name)))
    name.addEventListener('pointerleave', () => standOut(pressed))
  }
  const year = make('strong')
  const more = make('p', { className: 'read small' })
  more.append(year, ...buttons)
  const go = slider(plot, {
    count: rows.length,
    start: rows.length - 1,
    more,
    show(at) {
      const row = rows[at]
      const said = cells(row).map((text, i) => `${titles[i]}: ${text}`)
      year.textContent = yearOf(row)
      for (const [i, text] of said.entries()) buttons[i].textContent = text
      rule.setAttribute('x1', `${place(row)}%`)
      rule.setAttribute('x2', `${place(row)}%`)
      return `${yearOf(row)}. ${said.join('; ')}`
    },
  })
  plot.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = plot.getBoundingClientRect()
    const far = rows.map((row) => Math.abs(place(row) - ((clientX - left) / width) * 100))
    go(far.indexOf(Math.min(...far)))
  })
  return paths.length
}

/** Countries of a map are rows of the table beside it. */
function readMap(map) {
  const shapes = [...map.querySelectorAll('g:not(.q0) use')]
  const rows = [...map.closest('figure').querySelector('tbody').rows]
  const more = make('p', { className: 'read' })
  const go = slider(map, {
    count: shapes.length,
    start: 0,
    more,
    show(at) {
      const [name, value, year] = [...rows[at].cells].map((cell) => cell.textContent)
      for (const [i, shape] of shapes.entries()) shape.classList.toggle('out', i === at)
      // What is drawn last is above the others.
      shapes[at].parentNode.append(shapes[at])
      return (more.textContent = `${name}: \u2068${value}\u2069 (\u2068${year}\u2069)`)
    },
  })
  for (const [at, shape] of shapes.entries()) shape.addEventListener('pointerenter', () => go(at))
}

let from = 0
for (const figure of document.querySelectorAll('.course')) {
  const table = figure.querySelector('table') ?? figure.closest('section')?.querySelector('table')
  if (table && figure.querySelector('.plot[data-read] path')) from += readLines(figure, table, from)
}
for (const map of document.querySelectorAll('.values[data-read]')) readMap(map)

for (const text of navigator.clipboard ? document.querySelectorAll('[data-copy]') : []) {
  const button = make('button', { type: 'button', className: 'quiet', textContent: text.dataset.copy })
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.textContent.replace(/[\u2066-\u2069]/g, '').trim())
    button.textContent = text.dataset.copied
  })
  text.after(button)
}
