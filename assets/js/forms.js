// A form is sent once. The server takes each form's key once as well; this spares the waiting,
// and carries the key along when a page is left and come back to, since such a page may be
// made anew.
const PATIENCE = 20000;

const release = (form) => { delete form.dataset.sent; form.removeAttribute('aria-busy'); };

document.addEventListener('submit', (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method !== 'post') return;
  if ('sent' in form.dataset) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sent = '';
  form.setAttribute('aria-busy', 'true');
  // An answer that never came may be asked for again.
  setTimeout(release, PATIENCE, form);
});

// Enter that is held down is one Enter.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.repeat && event.target.form) event.preventDefault();
}, true);

const key = document.querySelector('input[name=_key]');
if (key) {
  if (history.state?.formKey) key.value = history.state.formKey;
  else history.replaceState({ ...history.state, formKey: key.value }, '');
}

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.querySelectorAll('form[data-sent]').forEach(release);
  // A page that was put away while others were looked at may say what is no longer so; one
  // that is half filled in is left as it is.
  if (!document.querySelector('form[method=post][id$="-form"]')) location.reload();
});
