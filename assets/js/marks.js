// What the server finds wrong with a form while it is filled in is told to screen readers too.
document.addEventListener('htmx:after:swap', (event) => {
  const form = event.target.closest?.('[hx-post^="/checks/"]');
  form?.querySelectorAll('.wrong').forEach((says) => {
    const field = form.querySelector(`[aria-describedby~="${says.id}"]`);
    if (says.textContent) field?.setAttribute('aria-invalid', 'true'); else field?.removeAttribute('aria-invalid');
  });
});
