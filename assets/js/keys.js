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
    if (search) search.focus(); else location.assign('/clients#f-q');
  } else if (event.key === 'n') location.assign('/orders/new');
  else return;
  event.preventDefault();
});

// From elsewhere: `/` led here.
if (location.hash === '#f-q') document.getElementById('f-q')?.focus();

// In a list that is searched, down goes to the first hit and on, up and back; Enter opens the
// only one.
document.addEventListener('keydown', (event) => {
  const list = document.querySelector('[data-hits]');
  const isSearch = event.target.matches?.('input[type=search]');
  if (!list || event.isComposing || (!isSearch && !list.contains(event.target))) return;
  const hits = [...list.querySelectorAll('[data-hit]')];
  const at = hits.indexOf(document.activeElement);
  if (event.key === 'ArrowDown' && hits[at + 1]) { hits[at + 1].focus(); event.preventDefault(); }
  else if (event.key === 'ArrowUp' && at >= 0) { (hits[at - 1] ?? document.querySelector('input[type=search]'))?.focus(); event.preventDefault(); }
  else if (event.key === 'Enter' && isSearch && list.dataset.hits === event.target.value.trim()) {
    const found = hits.filter((hit) => !('more' in hit.dataset));
    if (found.length === 1) { event.preventDefault(); found[0].click(); }
  }
});

const box = document.querySelector('[data-keys]');
if (box) {
  box.checked = !isOff();
  box.addEventListener('change', () => localStorage.setItem(OFF, box.checked ? '0' : '1'));
}

// What is to be handed over is copied with one tap, where the browser lets a page do that.
document.querySelectorAll('[data-copy]').forEach((button) => {
  if (!navigator.clipboard) { button.parentElement.hidden = true; return; }
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
  });
});

// What is to be told is handed to the phone, which knows whom it can tell and how; where a browser
// hands nothing over, the link leads to a page with the ways.
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-share]');
  if (!link || !navigator.share) return;
  event.preventDefault();
  try { await navigator.share({ text: link.dataset.share }); } catch (error) { if (error.name !== 'AbortError') location.href = link.href; }
});
