// Saves a draft while one writes, and keeps in the browser what could not be sent. Nothing needs it.
const told = document.querySelector('[data-autosave]')
const form = told?.closest('form')
const kept = form && `qingdao ${form.action}`
const waitMs = 3000
const retryMs = 15000
let timer
let isSending = false
let isStopped = false

// Files go with the button, and what is said of a new one with it: each save would send them again.
const isOurs = ([name, value]) => typeof value === 'string' && !name.includes('.new.')
const fields = () => new URLSearchParams([...new FormData(form)].filter(isOurs))
const tell = (words) => {
  told.hidden = false
  told.textContent = told.dataset[words]
}

/** Storage may be full or forbidden; then only the connection is relied on. */
function keep(text) {
  try {
    if (text) localStorage.setItem(kept, text)
    else localStorage.removeItem(kept)
  } catch {}
}
function keptText() {
  try {
    return localStorage.getItem(kept)
  } catch {
    return null
  }
}

function later(ms = waitMs) {
  clearTimeout(timer)
  if (!isStopped) timer = setTimeout(save, ms)
}

async function save() {
  if (isSending || isStopped) return later()
  isSending = true
  const sent = fields()
  keep(sent.toString())
  tell('saving')
  try {
    sent.set('go', 'stay')
    const answer = await fetch(form.action, { method: 'POST', body: sent, headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const revision = page.querySelector('input[name=revision]')?.value
    // Signed out, or changed by somebody else: the button will show what to do, and nothing is lost by then.
    if (!revision || answer.status === 409) isStopped = true
    else {
      form.elements.revision.value = revision
      keep('')
      tell('saved')
    }
    if (isStopped) told.hidden = true
  } catch {
    tell('offline')
    later(retryMs)
  }
  isSending = false
}

/** Puts what was kept back into the fields, where it differs from what the page shows. */
function restore(text) {
  const values = new URLSearchParams(text)
  let isOther = false
  for (const field of form.elements) {
    if (!field.name || field.type === 'hidden' || field.type === 'submit' || field.type === 'file') continue
    const all = values.getAll(field.name)
    if (field.type === 'checkbox' || field.type === 'radio') {
      const isChecked = all.includes(field.value)
      isOther ||= field.checked !== isChecked
      field.checked = isChecked
    } else if (values.has(field.name) && field.value !== all[0]) {
      isOther = true
      field.value = all[0]
    }
  }
  return isOther
}

if (form) {
  const text = keptText()
  if (text && restore(text)) {
    tell('offline')
    later(0)
  }
  form.addEventListener('input', () => later())
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    isStopped = true
    keep(fields().toString())
  })
  addEventListener('online', () => later(0))
  // Arrived at the next page: what was sent from the one before is saved.
  addEventListener('pageshow', (event) => event.persisted && (isStopped = false))
}
const before = new URLSearchParams(location.search).get('saved') && document.referrer
if (before)
  try {
    localStorage.removeItem(`qingdao ${before.split('?')[0]}`)
  } catch {}
