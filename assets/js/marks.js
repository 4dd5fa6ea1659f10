// A form that is checked while it is filled in says which field has changed; what the server
// finds wrong with it is told to screen readers too.
const CHECKED = '[hx-post^="/checks/"]';

// Those that changed since the last answer: a quick hand is ahead of it.
const changed = new Set();

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches(CHECKED)) return;
  changed.add(ctx.sourceEvent?.target?.name);
  ctx.request.headers['RBO-Changed'] = [...changed].filter(Boolean).join(' ');
});

document.addEventListener('htmx:after:swap', ({ target }) => {
  const form = target.closest?.(CHECKED);
  if (form) changed.clear();
  form?.querySelectorAll('.wrong').forEach((says) => {
    const field = form.querySelector(`[aria-describedby~="${says.id}"]`);
    if (says.textContent.trim()) field?.setAttribute('aria-invalid', 'true'); else field?.removeAttribute('aria-invalid');
  });
});
