// Choosing from the suggestions under a field: by tap, or with the arrow keys.
const close = (picker) => picker.querySelector('.options').replaceChildren();

const choose = (option) => {
  const picker = option.closest('[data-picker]');
  const field = picker.querySelector('input');
  field.value = option.dataset.option;
  const add = field.form?.elements[field.name.replace('_string', '_add')];
  if (add && add !== field) add.checked = 'add' in option.dataset;
  else if ('add' in option.dataset) {
    const mark = document.createElement('input');
    Object.assign(mark, { type: 'hidden', name: field.name.replace('_string', '_add'), value: '1' });
    picker.append(mark);
  }
  const sport = field.form?.elements.sport;
  if (sport && option.dataset.sport) sport.value = option.dataset.sport;
  close(picker);
  field.dispatchEvent(new Event('change', { bubbles: true }));
  field.focus();
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
  else if (event.key === 'ArrowDown' && stops[at + 1]) { stops[at + 1].focus(); event.preventDefault(); }
  else if (event.key === 'ArrowUp' && stops[at - 1]) { stops[at - 1].focus(); event.preventDefault(); }
});

// A racket that is chosen says which sport it is for.
document.addEventListener('change', (event) => {
  const { name, dataset, form } = event.target;
  if (name === 'frame' && dataset.sport) form.elements.sport.value = dataset.sport;
}, true);
