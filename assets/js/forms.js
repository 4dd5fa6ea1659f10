// A form is sent once. The server takes each form's key once as well; this spares the waiting,
// and carries the key along when a page is left and come back to, since such a page may be
// made anew.
const PATIENCE = 20000;

const release = (form) => { delete form.dataset.sent; form.removeAttribute('aria-busy'); };

document.addEventListener('submit', (event) => {
  const { target: form } = event;
  // A field of the order's form is called `method`, and hides the form's own.
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') return;
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

// Back and Forward come back to the key of that entry of the history; where the browser does not
// name its entries, to that of the address.
const key = document.querySelector('input[name=_key]');
if (key) {
  const entry = window.navigation?.currentEntry?.key;
  const at = `key:${entry ?? location.pathname + location.search}`;
  const isBack = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
  const before = isBack && sessionStorage.getItem(at);
  if (before) key.value = before; else sessionStorage.setItem(at, key.value);
}

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.querySelectorAll('form[data-sent]').forEach(release);
  // A page that was put away while others were looked at may say what is no longer so; one
  // that is half filled in is left as it is.
  if (!document.querySelector('form[method=post][id$="-form"]')) location.reload();
});

// Days that are often meant, with one tap.
document.querySelectorAll('[data-due]').forEach((days) => {
  days.addEventListener('click', ({ target }) => {
    const { day } = target.closest('[data-day]')?.dataset ?? {};
    const field = document.querySelector('input[name=due_at]');
    if (!day || !field) return;
    field.value = day;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
});

// A file that is too large is told before it is sent: many browsers lose the answer of a server
// that does not take all of it.
document.addEventListener('change', ({ target }) => {
  const { most, tooLarge } = target.dataset;
  if (!most) return;
  const [file] = target.files;
  target.setCustomValidity(file && file.size > most ? tooLarge : '');
  target.reportValidity();
});

// The sum follows while a price is typed.
const SUMMED = /^(labor|discount|total|mains_price|crosses_price)$/;
let idle;
document.addEventListener('input', ({ target }) => {
  if (!SUMMED.test(target.name)) return;
  clearTimeout(idle);
  idle = setTimeout(() => target.dispatchEvent(new Event('change', { bubbles: true })), 500);
});
