// Plus and minus beside a tension: without this script they ask the server.
// A tap nudges by the button's step; with Shift held, by a half.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-stepper] button');
  if (!button) return;
  const stepper = button.closest('[data-stepper]');
  const field = stepper.querySelector('input');
  const comma = field.value.includes(',');
  const value = Number(field.value.replace(',', '.'));
  if (field.value.trim() === '' || Number.isNaN(value)) { event.preventDefault(); field.focus(); return; }
  event.preventDefault();
  const step = event.shiftKey ? 0.5 : Number(stepper.dataset.stepper);
  const moved = Math.max(0, value + (button.value.endsWith('-') ? -step : step));
  const text = String(Math.round(moved * 100) / 100);
  field.value = comma ? text.replace('.', ',') : text;
  for (const happened of ['input', 'change']) field.dispatchEvent(new Event(happened, { bubbles: true }));
});

// The crosses follow the mains until they are set to something else.
document.addEventListener('input', (event) => {
  const mains = event.target;
  if (mains.name !== 'mains_tension') return;
  const crosses = mains.form?.elements.crosses_tension;
  if (crosses && crosses.value === (mains.dataset.before ?? mains.defaultValue)) crosses.value = mains.value;
  mains.dataset.before = mains.value;
});
