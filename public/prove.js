/**
 * Solves a form's puzzle while somebody fills it in and sends the solution along as the field `proof`. Never in anybody's way:
 * what fails, fails silently, and the form goes without. For our own page, and beside embed.js in pages of others, whose
 * origin the form names. Other scripts: import { prove } from '…/prove.js'. No cookie, no tracking.
 */

/** The number from which PBKDF2 makes the target. WebCrypto works beside the page's own thread, at most `numbers` times. */
export async function prove(url) {
  const { challenge, target, iterations, numbers } = await (await fetch(url, { credentials: 'omit' })).json()
  const bytes = (text) => new TextEncoder().encode(text)
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(challenge), iterations }
  for (let number = 0; number < numbers; number++) {
    const key = await crypto.subtle.importKey('raw', bytes(`${number}`), 'PBKDF2', false, ['deriveBits'])
    const made = new Uint8Array(await crypto.subtle.deriveBits(how, key, 64))
    if (made.every((byte, at) => byte === parseInt(target.substr(2 * at, 2), 16))) return `${challenge}.${number}`
  }
}

const help = (form) => {
  let proof
  const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'proof', autocomplete: 'off' })
  const solve = () => prove(`${form.getAttribute('action')}/challenge`)
  const begin = () => (proof ??= solve().then((value) => ((field.value = value), form.append(field)), () => {}))
  form.addEventListener('focusin', begin)
  if (!('proof' in form.dataset)) return
  /* Our own page: whoever is quicker than the puzzle waits for it, three seconds at most. */
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const enough = new Promise((resolve) => setTimeout(resolve, 3000))
    Promise.race([begin(), enough]).then(() => HTMLFormElement.prototype.submit.call(form))
  })
  /* Back in a page that was left: its proof is used up. */
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    proof = undefined
    field.remove()
  })
}

if (globalThis.crypto?.subtle) document.querySelectorAll('form[data-proof], form[data-assent]').forEach(help)
