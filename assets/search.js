// Makes searching quicker where scripts run; every page works without this file.
import { combobox, nameOf } from './combobox.js'

/** Suggestions below a search field: words, filters and records, each with its address. */
const suggesting = (input) =>
  combobox(input, {
    id: 'suggestions',
    address: `${input.form.getAttribute('action')}/suggestions`,
    fewest: 2,
    fill: (option, { text, note, language }) => {
      option.append(nameOf(text, language))
      if (note) option.append(Object.assign(document.createElement('small'), { textContent: ` ${note}` }))
    },
    take: ({ href }) => location.assign(href),
  })

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
