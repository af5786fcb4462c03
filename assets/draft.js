// Saves a draft while one writes, and keeps in the browser what could not be sent. Nothing needs it.
// What is kept goes on from the revision that it was typed on, so that it is merged as any other save is.
const waitMs = 3000
const retryMs = 15000
/** A connection may stall without an end: what has no answer by then is sent again. */
const longestMs = 60000
const { person } = document.querySelector('script[data-person]').dataset
const keyOf = (action) => `qingdao ${person} ${action}`
const ofServer = ['csrf', 'revision']
let told
let form
let timer
let isSending = false
let isStopped = false
/** While a conflict is shown: the revision that was typed on before it, so that who leaves is shown it again. */
let typedOn = ''

function look() {
  told = document.querySelector('[data-autosave]')
  form = told?.closest('form')
}

// Files go with the button, and what is said of a new one with it: each save would send them again.
const isOurs = ([name, value]) => typeof value === 'string' && !name.includes('.new.')
const fieldsOf = (any) => new URLSearchParams([...new FormData(any)].filter(isOurs))
const valuesOf = (fields, name) => JSON.stringify(fields.getAll(name))
const isSame = (one, other, names) => names.every((name) => valuesOf(one, name) === valuesOf(other, name))
const namesOf = (...all) =>
  [...new Set(all.flatMap((one) => [...one.keys()]))].filter((name) => !ofServer.includes(name))
const tell = (words) => {
  told.hidden = false
  told.textContent = told.dataset[words]
}

/** Storage may be full or forbidden; then only the connection is relied on. */
function keep(fields) {
  try {
    if (!fields) return localStorage.removeItem(keyOf(form.action))
    const kept = new URLSearchParams(fields)
    kept.delete('csrf')
    if (typedOn) kept.set('revision', typedOn)
    localStorage.setItem(keyOf(form.action), kept.toString())
  } catch {}
}
function keptFields() {
  try {
    const text = localStorage.getItem(keyOf(form.action))
    return text ? new URLSearchParams(text) : undefined
  } catch {
    return undefined
  }
}

function later(ms = waitMs) {
  clearTimeout(timer)
  if (!isStopped) timer = setTimeout(save, ms)
}

async function save(isBack = false) {
  if (isStopped) return
  if (isSending) return later()
  isSending = true
  const sent = fieldsOf(form)
  keep(sent)
  tell('saving')
  try {
    const body = new URLSearchParams([...sent, ['go', 'stay']])
    const signal = AbortSignal.timeout(longestMs)
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' }, signal })
    // A site that cannot answer for now is as if there were no connection: what is typed is sent again.
    if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status))
    receive(new DOMParser().parseFromString(await answer.text(), 'text/html'), sent, isBack)
  } catch {
    tell('offline')
    later(retryMs)
  }
  isSending = false
}

function stop(words) {
  isStopped = true
  if (words) tell(words)
  else told.hidden = true
}

function receive(page, sent, isBack) {
  const answer = page.querySelector('[data-autosave]')
  const answered = answer?.closest('form')
  // Signed out, or no longer theirs to write: the button will show what to do, and nothing is lost by then.
  if (!answered) return stop()
  const isConflict = answer.dataset.answer === 'conflict'
  const revision = answered.elements.revision.value
  if (!isConflict && !isBack && Number(revision) === Number(sent.get('revision')) + 1) {
    form.elements.revision.value = revision
    keep(typedSince(sent).length > 0 && fieldsOf(form))
    return tell('saved')
  }
  // Others saved since this page was made: it must show what they wrote, or the next save would undo it.
  const typed = typedSince(sent)
  const isFileChosen = [...form.elements].some(({ files }) => files?.length > 0)
  if (isFileChosen || !isSame(new URLSearchParams([...new FormData(answered)].filter(isOurs)), sent, typed))
    return stop('changed')
  show(page, typed)
  if (isConflict) {
    typedOn = sent.get('revision')
    keep(fieldsOf(form))
    stop('changed')
    if (isBack) document.querySelector('main .errors')?.focus()
  } else {
    keep(typed.length > 0 && fieldsOf(form))
    tell(isBack ? 'saved' : 'merged')
    if (typed.length > 0) later()
  }
}

const typedSince = (sent) => {
  const now = fieldsOf(form)
  return namesOf(now, sent).filter((name) => valuesOf(now, name) !== valuesOf(sent, name))
}

/** The page as it was answered, with what was typed since and where one was typing. */
function show(page, typed) {
  const now = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'))
  const at = document.activeElement
  const nth = at?.form === form ? namesakes(at).indexOf(at) : -1
  const place = at?.selectionStart
  document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')))
  document.title = page.title
  const before = form
  look()
  fill(now, (name) => typed.includes(name) || name.includes('.new.'))
  if (nth < 0 || !before) return
  const field = namesakes(at)[nth]
  field?.focus({ preventScroll: true })
  if (typeof place === 'number') field?.setSelectionRange?.(place, place)
}
const namesakes = ({ name, tagName }) =>
  [...form.elements].filter((one) => name && one.name === name && one.tagName === tagName)

/** Sets fields to these values; what is not among them is left empty. */
function fill(values, isWanted) {
  const seen = new Map()
  for (const field of form.elements) {
    const { name, type } = field
    if (!name || ofServer.includes(name) || type === 'submit' || type === 'file' || !isWanted(name)) continue
    const all = values.getAll(name)
    if (type === 'checkbox' || type === 'radio') field.checked = all.includes(field.value)
    else {
      const nth = seen.get(name) ?? 0
      seen.set(name, nth + 1)
      field.value = all[nth] ?? ''
    }
  }
}

/** Puts what was kept back, with the revision it was typed on. Answers whether it differs from what the page shows. */
function putBack(kept) {
  const shown = fieldsOf(form)
  const names = namesOf(kept, shown)
  if (isSame(kept, shown, names)) return false
  fill(kept, (name) => !name.includes('.new.'))
  // Rows that the page does not show are sent along, and shown by the answer.
  for (const name of namesOf(kept))
    if (!form.elements.namedItem(name))
      for (const value of kept.getAll(name))
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
  form.elements.revision.value = kept.get('revision')
  return true
}

look()
if (form) {
  const kept = keptFields()
  if (told.dataset.answer === 'conflict') {
    typedOn = kept?.get('revision') ?? ''
    isStopped = true
    tell('changed')
  } else if (told.dataset.answer || !kept?.get('revision') || !putBack(kept)) keep()
  else save(true)
}
document.addEventListener('input', ({ target }) => {
  if (!form || target.form !== form) return
  keep(fieldsOf(form))
  later()
})
document.addEventListener('submit', ({ target }) => {
  if (target !== form) return
  clearTimeout(timer)
  isStopped = true
  // Whoever presses the button has seen what is shown.
  typedOn = ''
  keep(fieldsOf(form))
})
addEventListener('online', () => form && keptFields() && later(0))
// Came back to this page as it was left: what was typed goes on from there.
addEventListener('pageshow', ({ persisted }) => persisted && form && !typedOn && (isStopped = false))
// Arrived at the next page: what was sent from the one before is saved.
const before = new URLSearchParams(location.search).get('saved') && document.referrer
if (before)
  try {
    localStorage.removeItem(keyOf(before.split('?')[0]))
  } catch {}
