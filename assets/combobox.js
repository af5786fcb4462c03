// An input with suggestions below it, as one types (WAI-ARIA: editable combobox with a list box). Nothing needs it.
const waitMs = 180

/**
 * `address` is asked with what was typed as `q` once there are `fewest` letters, and answers an array; `fill` puts one of it into its
 * option; `take` is given what was chosen. The list, named `id`, is put after the input.
 */
export function combobox(input, { id, address, fewest = 1, fill, take }) {
  const list = Object.assign(document.createElement('ul'), { id, role: 'listbox', hidden: true })
  list.setAttribute('aria-label', input.labels?.[0]?.textContent.trim() ?? '')
  input.after(list)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
  }))
    input.setAttribute(name, value)

  const suggested = new WeakMap()
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
  const show = (suggestions) => {
    close()
    list.replaceChildren(
      ...suggestions.map((suggestion, place) => {
        const option = Object.assign(document.createElement('li'), { role: 'option', id: `${id}-${place}` })
        suggested.set(option, suggestion)
        fill(option, suggestion)
        return option
      }),
    )
    list.hidden = suggestions.length === 0
    input.setAttribute('aria-expanded', String(!list.hidden))
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
    take(suggested.get(option))
  }
  input.addEventListener('input', (event) => {
    clearTimeout(timer)
    // Set by what was chosen: nothing is asked again.
    if (!event.isTrusted) return
    if (input.value.trim().length < fewest) close()
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

/** The name of a suggestion, in its own direction and language. */
export function nameOf(text, language) {
  const name = Object.assign(document.createElement('bdi'), { textContent: text })
  if (language) name.lang = language
  return name
}
