// Choosing from the suggestions under a field: by tap, or with the arrow keys.
const close = (picker) => picker.querySelector('.options').replaceChildren();

const choose = (option) => {
  const picker = option.closest('[data-picker]');
  const field = picker.querySelector('input');
  field.value = option.dataset.option;
  const add = field.form?.elements[field.name.replace('_string', '_add')];
  if (add) add.checked = 'add' in option.dataset;
  const sport = field.form?.elements.sport;
  if (sport && option.dataset.sport) {
    sport.value = option.dataset.sport;
    sport.dispatchEvent(new Event('change', { bubbles: true }));
  }
  close(picker);
  field.dispatchEvent(new Event('change', { bubbles: true }));
  field.focus();
};

// The field after this one that can be seen.
const next = (field) => {
  const fields = [...field.form.querySelectorAll('input:not([type=hidden]), select, textarea')];
  return fields.slice(fields.indexOf(field) + 1).find((one) => !one.disabled && one.type !== 'checkbox' && (one.checkVisibility?.({ contentVisibilityAuto: true }) ?? one.getClientRects().length));
};

document.addEventListener('click', (event) => {
  const option = event.target.closest('[data-option]');
  if (option) { choose(option); return; }
  document.querySelectorAll('[data-picker]').forEach((picker) => { if (!picker.contains(event.target)) close(picker); });
});

document.addEventListener('focusout', (event) => {
  const picker = event.target.closest?.('[data-picker]');
  if (picker && event.relatedTarget && !picker.contains(event.relatedTarget)) close(picker);
});

document.addEventListener('keydown', (event) => {
  const picker = event.target.closest?.('[data-picker]');
  if (!picker) return;
  const stops = [picker.querySelector('input'), ...picker.querySelectorAll('[data-option]')];
  const at = stops.indexOf(document.activeElement);
  if (event.key === 'Escape') { close(picker); stops[0].focus(); }
  else if (event.key === 'Enter') {
    // Enter takes a suggestion and goes on; it never sends a form that is being filled.
    event.preventDefault();
    if (event.repeat) return;
    // Suggestions for what stood there before are none for this.
    const isFresh = picker.querySelector('[data-q]')?.dataset.q === stops[0].value.trim();
    const first = isFresh && stops.find((stop) => stop.matches('[data-option]:not([data-add])'));
    const option = stops[at]?.matches('[data-option]') ? stops[at] : first;
    if (option) choose(option);
    next(stops[0])?.focus();
  }
  else if (event.key === 'ArrowDown' && stops[at + 1]) { stops[at + 1].focus(); event.preventDefault(); }
  else if (event.key === 'ArrowUp' && stops[at - 1]) { stops[at - 1].focus(); event.preventDefault(); }
});

// An answer that comes when one has gone on opens nothing.
document.addEventListener('htmx:after:swap', ({ target }) => {
  const picker = target.closest?.('[data-picker]');
  if (picker && !picker.contains(document.activeElement)) close(picker);
});

// Another name is typed: it is not the one that was to be added.
document.addEventListener('input', ({ target }) => {
  const add = target.form?.elements[target.name?.replace('_string', '_add')];
  if (add && add !== target) add.checked = false;
});

// A racket that is chosen says which sport it is for, and others of that sport may be strung
// as well.
document.addEventListener('change', ({ target: { name, dataset, form } }) => {
  if (name !== 'frame' && name !== 'sport') return;
  const { sport } = form.elements;
  if (dataset.sport) sport.value = dataset.sport;
  form.querySelectorAll('.field--row[data-sport]').forEach((row) => {
    row.hidden = row.dataset.sport !== sport.value;
    row.querySelector('select').disabled = row.hidden;
  });
}, true);
