/* Assent: a pasted sign-up form answers in its own place. Without this it works as plain HTML. No cookie, no tracking. */
;(() => {
  let count = 0

  const enhance = (form) => {
    form.dataset.assent = 'inline'
    const status = document.createElement('p')
    status.setAttribute('role', 'status')
    status.tabIndex = -1
    form.append(status)
    let isSending = false
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      if (isSending) return
      isSending = true
      forget(form, status)
      form.setAttribute('aria-busy', 'true')
      const answer = await post(form)
      form.removeAttribute('aria-busy')
      isSending = false
      if (!answer) HTMLFormElement.prototype.submit.call(form)
      else if (answer.errors) complain(form, status, answer.errors)
      else if (answer.redirect_url) location.assign(answer.redirect_url)
      else thank(form, status, answer.message)
    })
  }

  /* Null where scripts may not post: then the browser sends the form itself, and a page of ours answers. */
  const post = async (form) => {
    const fields = {}
    for (const [name, value] of new FormData(form)) {
      fields[name] = name in fields ? [fields[name], value].flat() : value
    }
    try {
      const answer = await fetch(form.getAttribute('action'), {
        method: 'POST',
        credentials: 'omit',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      })
      return await answer.json()
    } catch {
      return null
    }
  }

  const thank = (form, status, message) => {
    for (const part of [...form.children]) if (part !== status) part.remove()
    status.textContent = message
    status.focus()
  }

  const complain = (form, status, errors) => {
    status.textContent = errors.map(({ message }) => message).join(' ')
    let first
    for (const { field, message } of errors) {
      const named = form.elements.namedItem(field)
      const input = named instanceof RadioNodeList ? named[0] : named
      if (!input || input.type === 'hidden') continue
      const note = document.createElement('strong')
      note.id = `assent-error-${++count}`
      note.dataset.assentError = ''
      note.textContent = message
      const group = input.type === 'checkbox' && input.closest('fieldset')
      if (group) group.append(note)
      else input.closest('label').after(note)
      input.setAttribute('aria-invalid', 'true')
      input.setAttribute('aria-describedby', note.id)
      first ??= input
    }
    ;(first ?? status).focus()
  }

  const forget = (form, status) => {
    status.textContent = ''
    for (const note of form.querySelectorAll('[data-assent-error]')) note.remove()
    for (const input of form.querySelectorAll('[aria-invalid]')) {
      input.removeAttribute('aria-invalid')
      input.removeAttribute('aria-describedby')
    }
  }

  const all = () => document.querySelectorAll('form[data-assent=""]').forEach(enhance)
  all()
  document.addEventListener('DOMContentLoaded', all)
})()
