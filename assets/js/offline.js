// Says so when the server cannot be reached: what is typed stays on the page, and nothing
// is lost as long as it stays open. A browser that knows of no network may still reach a
// server on its own machine, so it is asked.
const notice = document.querySelector('[data-offline]');

const isAway = async () => !navigator.onLine
  && !(await fetch('/healthz', { cache: 'no-store' }).then(() => true, () => false));

const tell = async () => {
  const away = await isAway();
  notice.hidden = !away;
  notice.role = away ? 'alert' : null;
  return away;
};

if (notice) {
  addEventListener('offline', tell);
  addEventListener('online', tell);
  // A form that is sent now would leave the page for the browser's own error.
  document.addEventListener('submit', async (event) => {
    const { target, submitter } = event;
    if (navigator.onLine || 'reached' in target.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await tell()) { notice.focus(); return; }
    target.dataset.reached = '';
    target.requestSubmit(submitter);
  }, true);
  // A part of a page that was asked for and never came.
  document.addEventListener('htmx:error', ({ detail }) => {
    if (!detail.ctx) return;
    notice.hidden = false;
    notice.role = 'alert';
    notice.focus();
  });
  if (!navigator.onLine) tell();
}
