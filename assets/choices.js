// Suggests what a field may be filled with, as one types. Nothing needs it.
import { combobox, nameOf } from './combobox.js'

let number = 0

/** A list below a field of a form; `take` is given what was chosen. */
function suggesting(input, address, take) {
  const around = Object.assign(document.createElement('div'), { className: 'suggested' })
  input.before(around)
  around.append(input)
  combobox(input, {
    id: `choices-${++number}`,
    address,
    // The identifier of a record is for the node.
    fill: (option, text) => option.append(nameOf(text.replace(/ \[[0-9a-z]{16}\]$/, ''))),
    take,
  })
  input.nextElementSibling.className = 'choices'
}

const changed = (field) => field.dispatchEvent(new Event('input', { bubbles: true }))

/** Of a list of entries, one is found in an input of its own above, and put on a line. */
function finding(area) {
  const { choices, find, added } = area.dataset
  const input = Object.assign(document.createElement('input'), { type: 'text', dir: 'auto', id: `${area.id}-find` })
  const label = Object.assign(document.createElement('label'), { htmlFor: input.id, className: 'small' })
  label.textContent = `${find} `
  const hidden = Object.assign(document.createElement('span'), { className: 'hidden' })
  hidden.textContent = `(${area.labels[0]?.firstChild?.textContent.trim() ?? ''})`
  label.append(hidden)
  const said = Object.assign(document.createElement('p'), { className: 'hidden', role: 'status' })
  area.before(label, input, said)
  suggesting(input, choices, (text) => {
    const lines = area.value.split('\n').filter((line) => line.trim())
    if (!lines.includes(text)) lines.push(text)
    area.value = lines.join('\n')
    input.value = ''
    said.textContent = added.replace('…', text)
    changed(area)
  })
  // Enter adds a line here; it does not send the form.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault()
  })
}

function look() {
  for (const field of document.querySelectorAll('[data-choices]:not([data-suggests])')) {
    field.dataset.suggests = 'true'
    if (field.tagName === 'TEXTAREA') finding(field)
    else
      suggesting(field, field.dataset.choices, (text) => {
        field.value = text
        changed(field)
      })
  }
}

if (!navigator.connection?.saveData) {
  look()
  // Saving may show the page anew.
  new MutationObserver(look).observe(document.body, { childList: true })
}
