// Asks the browser for a passkey. Holds no words and no addresses: the form that it finds in the page says them.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** WebAuthn Level 3 §5.1.8 and §5.1.9, which not every browser has. */
const fromJson = (options) => ({
  ...options,
  challenge: toBytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
  ...(options.excludeCredentials && {
    excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: toBytes(one.id) })),
  }),
})

/** WebAuthn Level 3 §5.1.4. */
function toJson({ id, rawId, type, response, authenticatorAttachment }) {
  const parts = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) parts[name] = toText(response[name])
  if (response.getTransports) parts.transports = response.getTransports()
  return JSON.stringify({
    id,
    rawId: toText(rawId),
    type,
    response: parts,
    clientExtensionResults: {},
    ...(authenticatorAttachment && { authenticatorAttachment }),
  })
}

const reasons = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known' }

async function ask(form) {
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.dataset.options, { method: 'POST', body, headers: { accept: 'application/json' } })
  if (!answer.ok) return 'failed'
  const { options, refused } = await answer.json()
  if (refused) return refused
  try {
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: fromJson(options) })
    for (const secret of form.querySelectorAll('[type=password]')) secret.value = ''
    form.elements.response.value = toJson(credential)
  } catch (error) {
    return reasons[error.name] ?? 'failed'
  }
  form.submit()
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential || location.origin !== form.dataset.origin) continue
  form.hidden = false
  for (const note of document.querySelectorAll('[data-passkey-needs]')) note.hidden = true
  const [said, button] = [form.querySelector('[role=alert]'), form.querySelector('button')]
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    said.textContent = ''
    const why = await ask(form).catch(() => 'failed')
    if (why) said.textContent = form.dataset[why] ?? form.dataset.failed
    button.disabled = false
  })
}
