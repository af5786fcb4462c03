// Makes searching quicker where scripts run; every page works without this file.
const wait = 180
const fewest = 2

/** Suggestions below a search field (WAI-ARIA: editable combobox with a list box). */
function suggesting(input) {
  const list = document.createElement('ul')
  list.id = 'suggestions'
  list.role = 'listbox'
  list.hidden = true
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '')
  input.after(list)
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
  const choose = (place) => {
    list.children[chosen]?.removeAttribute('aria-selected')
    chosen = (place + list.children.length) % list.children.length
    const option = list.children[chosen]
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', option.id)
  }
  const show = (lines) => {
    list.replaceChildren(
      ...lines.map(({ text, note, href, language }, place) => {
        const option = document.createElement('li')
        option.role = 'option'
        option.id = `suggestion-${place}`
        option.dataset.href = href
        const name = document.createElement('bdi')
        name.textContent = text
        if (language) name.lang = language
        option.append(name)
        if (note) {
          const small = document.createElement('small')
          small.textContent = ` ${note}`
          option.append(small)
        }
        return option
      }),
    )
    chosen = -1
    list.hidden = lines.length === 0
    input.setAttribute('aria-expanded', String(lines.length > 0))
  }
  const ask = async () => {
    asking?.abort()
    asking = new AbortController()
    const address = new URL(`${input.form.getAttribute('action')}/suggestions`, location.href)
    address.searchParams.set('q', input.value)
    try {
      const answer = await fetch(address, { signal: asking.signal })
      if (answer.ok && document.activeElement === input) show(await answer.json())
    } catch {
      // Typing went on, or the network did not: then there is nothing to suggest.
    }
  }
  input.addEventListener('input', () => {
    clearTimeout(timer)
    if (input.value.trim().length < fewest) close()
    else timer = setTimeout(ask, wait)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      close()
      event.preventDefault()
    }
    if (list.hidden) return
    if (event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? list.children.length - 1 : chosen - 1)
    else if (event.key === 'Enter' && chosen >= 0) location.assign(list.children[chosen].dataset.href)
    else return
    event.preventDefault()
  })
  list.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]')
    event.preventDefault()
    if (option && event.button === 0) location.assign(option.dataset.href)
  })
  input.addEventListener('blur', close)
}

/** Results change in place when a filter is chosen: the focus stays where it is, and the new count is spoken. */
function inPlace() {
  const found = document.getElementById('found')
  if (!found) return
  let last = 0
  let shown = location.pathname + location.search
  const open = async (address, { focus, push }) => {
    const mine = ++last
    found.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(address, { headers: { accept: 'text/html' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById('found')
      if (mine !== last) return
      if (!answer.ok || !fresh) return location.assign(address)
      if (push) history.pushState({}, '', answer.redirected ? answer.url : address)
      document.title = page.title
      shown = location.pathname + location.search
      document.getElementById('q').value = page.getElementById('q').value
      const feed = 'link[type="application/atom+xml"]'
      document.querySelector(feed)?.replaceWith(page.querySelector(feed))
      document.querySelector('h1').replaceWith(page.querySelector('h1'))
      document.querySelector('.tongues')?.replaceWith(page.querySelector('.tongues'))
      replace(fresh)
      focus?.()
    } catch {
      location.assign(address)
    } finally {
      found.removeAttribute('aria-busy')
    }
  }
  /** All but the line with the count, which stays so that screen readers speak it when it changes. */
  const replace = (fresh) => {
    const status = found.querySelector('[role=status]')
    const freshStatus = fresh.querySelector('[role=status]')
    while (status.nextSibling) status.nextSibling.remove()
    while (freshStatus.nextSibling) status.parentElement.append(freshStatus.nextSibling)
    status.innerHTML = freshStatus.innerHTML
    document.getElementById('filters').replaceWith(fresh.querySelector('#filters'))
  }
  /** The same filter's line in the new page, else its heading, else the count. */
  const focusLike = (link) => {
    const group = link.closest('details')?.id
    const bar = link.closest('.bar') && 'bar'
    const name = link.firstElementChild?.textContent
    return () => {
      const there = group ? document.getElementById(group) : bar && found.querySelector('.bar')
      const same = there && [...there.querySelectorAll('a')].find((one) => one.firstElementChild?.textContent === name)
      const target = same ?? there?.querySelector('summary, a') ?? document.getElementById('main')
      target.focus({ preventScroll: true })
    }
  }
  found.addEventListener('click', (event) => {
    const link = event.target.closest('a[rel~=nofollow]')
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    if (link.hasAttribute('download') || link.pathname !== location.pathname) return
    // Another page of results begins at its top, as any page does.
    if (link.closest('.pages')) return
    event.preventDefault()
    const address = link.href.replace(/#.*$/, '')
    open(address, { push: true, focus: focusLike(link) })
  })
  addEventListener('popstate', () => {
    // A jump within the page moves through history too, and changes nothing.
    if (shown !== location.pathname + location.search) open(location.href, { push: false })
  })
}

const field = document.getElementById('q')
if (field && !navigator.connection?.saveData) suggesting(field)
inPlace()
