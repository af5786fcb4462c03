// Suggests what a field may be filled with, as one types (WAI-ARIA: editable combobox with a list box). Nothing needs it.
const waitMs = 180
let number = 0

/** A list below an input; `take` is given what was chosen. */
function suggesting(input, address, take) {
  const list = document.createElement('ul')
  list.id = `choices-${++number}`
  list.className = 'choices'
  list.role = 'listbox'
  list.hidden = true
  list.setAttribute('aria-label', input.labels?.[0]?.textContent.trim() ?? '')
  const around = document.createElement('div')
  around.className = 'suggested'
  input.before(around)
  around.append(input, list)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value)

  let timer
  let asking
  let chosen = -1
  const close = () => {
    list.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }
  const mark = (place) => {
    list.children[chosen]?.removeAttribute('aria-selected')
    chosen = (place + list.children.length) % list.children.length
    const option = list.children[chosen]
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', option.id)
  }
  const show = (texts) => {
    close()
    list.replaceChildren(
      ...texts.map((text, place) => {
        const option = Object.assign(document.createElement('li'), { role: 'option', id: `${list.id}-${place}` })
        option.dataset.value = text
        const name = document.createElement('bdi')
        // The identifier of a record is for the node.
        name.textContent = text.replace(/ \[[0-9a-z]{16}\]$/, '')
        option.append(name)
        return option
      }),
    )
    list.hidden = texts.length === 0
    input.setAttribute('aria-expanded', String(texts.length > 0))
  }
  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const asked = new URL(address, location.href)
    asked.searchParams.set('q', input.value)
    try {
      const answer = await fetch(asked, { signal: asking.signal })
      if (answer.ok && document.activeElement === input) show(await answer.json())
    } catch {
      // Typing went on, or the network did not: then there is nothing to suggest.
    }
  }
  const choose = (option) => {
    clearTimeout(timer)
    asking?.abort()
    close()
    take(option.dataset.value)
  }
  input.addEventListener('input', (event) => {
    clearTimeout(timer)
    // Set by what was chosen: nothing is asked again.
    if (!event.isTrusted) return
    if (input.value.trim() === '') close()
    else timer = setTimeout(ask, waitMs)
  })
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') mark(chosen + 1)
    else if (event.key === 'ArrowUp') mark(chosen < 0 ? list.children.length - 1 : chosen - 1)
    else if (event.key === 'Enter' && chosen >= 0) choose(list.children[chosen])
    else return
    event.preventDefault()
  })
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]')
    event.preventDefault()
    if (option && event.button === 0) choose(option)
  })
  input.addEventListener('blur', close)
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
