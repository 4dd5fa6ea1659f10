// A form that is checked while it is filled in says which field has changed; what the server
// finds wrong with it is told to screen readers too.
const CHECKED = '[hx-post^="/checks/"]';

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  const field = ctx.sourceEvent?.target?.name;
  if (field && ctx.sourceElement.matches(CHECKED)) ctx.request.headers['RBO-Changed'] = field;
});

document.addEventListener('htmx:after:swap', ({ target }) => {
  const form = target.closest?.(CHECKED);
  form?.querySelectorAll('.wrong').forEach((says) => {
    const field = form.querySelector(`[aria-describedby~="${says.id}"]`);
    if (says.textContent.trim()) field?.setAttribute('aria-invalid', 'true'); else field?.removeAttribute('aria-invalid');
  });
});
