// A toast goes by itself; what it undoes can be undone on the order, too.
const SHOWN = 10000;
// The place of a button under the thumb does not become another step's button for this long.
const SETTLES = 500;

const watch = () => document.querySelectorAll('.toast:not([data-seen])').forEach((toast) => {
  toast.dataset.seen = '';
  const leave = () => {
    if (toast.querySelector(':focus-visible')) setTimeout(leave, SHOWN); else toast.remove();
  };
  setTimeout(leave, SHOWN);
});

watch();

// At the bench the next racket comes as a page of its own; what a page asks for by itself
// changes no button.
let settled = document.querySelector('.bench__act') ? Date.now() + SETTLES : 0;
document.addEventListener('htmx:after:swap', ({ detail }) => {
  if (detail.ctx?.request?.method !== 'GET') settled = Date.now() + SETTLES;
  watch();
});
document.addEventListener('click', (event) => {
  if (!event.isTrusted || Date.now() > settled || !event.target.closest('#order form button, #today form button, .bench__act button')) return;
  // Keys go where the eyes are, not where the thumb was.
  if (event.detail === 0 || event.target.closest('.toast')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
