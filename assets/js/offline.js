// Says so when the server cannot be reached: what is typed stays on the page, and nothing
// is lost as long as it stays open. A browser that knows of no network may still reach a
// server on its own machine, so it is asked.
const notice = document.querySelector('[data-offline]');

const isAway = async () => !navigator.onLine
  && !(await fetch('/healthz', { cache: 'no-store' }).then(() => true, () => false));

const show = (is) => { notice.hidden = !is; notice.role = is ? 'alert' : null; };

const tell = async () => {
  const away = await isAway();
  show(away);
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
  // A part of a page that was asked for and did not come, or came from a server in between
  // that has nothing of ours. What nobody has tapped for is asked for again, or not missed.
  const isAsked = ({ sourceElement }) => !sourceElement.matches('[hx-trigger*=every], [hx-post^="/checks/"]');
  document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
    if (ctx && !ctx.response && isAsked(ctx)) show(true);
  });
  document.addEventListener('htmx:before:response', (event) => {
    const { ctx } = event.detail;
    const isStrange = ctx.response.status >= 500 && !ctx.response.headers.has('hx-retarget');
    if (isStrange) event.preventDefault();
    if (isAsked(ctx)) show(isStrange);
  });
  if (!navigator.onLine) tell();
}
