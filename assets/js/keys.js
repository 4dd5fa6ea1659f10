// At the desk: `/` searches, `n` begins a job. Letters by themselves can be switched off
// (WCAG 2.1.4), for this browser, in the settings.
const OFF = 'keys-off';
const isOff = () => localStorage.getItem(OFF) === '1';
const isTyping = (element) => element.closest('input, textarea, select, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  // A form that is half filled in is not left by a letter.
  if (document.querySelector('form[method=post][id$="-form"]')) return;
  if (isTyping(event.target) || !('desk' in document.body.dataset) || isOff()) return;
  if (event.key === '/') {
    const search = document.querySelector('input[type=search]');
    if (search) search.focus(); else location.assign('/clients');
  } else if (event.key === 'n') location.assign('/orders/new');
  else return;
  event.preventDefault();
});

const box = document.querySelector('[data-keys]');
if (box) {
  box.closest('[hidden]').hidden = false;
  box.checked = !isOff();
  box.addEventListener('change', () => localStorage.setItem(OFF, box.checked ? '0' : '1'));
}
