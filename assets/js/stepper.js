// Plus and minus beside a tension: without this script they ask the server. A tap is a step,
// held down it goes on; the first tap on an empty field begins with what is usual.
const HELD = 450;
const EACH = 120;

const step = (button) => {
  const stepper = button.closest('[data-stepper]');
  const field = stepper.querySelector('input');
  const comma = field.value.includes(',') || document.documentElement.lang.startsWith('de-DE');
  const value = Number(field.value.replace(',', '.'));
  if (Number.isNaN(value)) { field.focus(); return; }
  const { unit, sport } = field.form.elements;
  const chosen = (json) => { try { return JSON.parse(json); } catch { return undefined; } };
  const by = Number(chosen(stepper.dataset.nudges)?.[unit?.value] ?? stepper.dataset.stepper);
  const middle = chosen(stepper.dataset.usual)?.[sport?.value]?.[unit?.value];
  const from = (name) => Number(field.form.elements[name]?.value.replace(',', '.')) || 0;
  const usual = from('mains_tension') || from('crosses_tension') || Number(middle);
  if (field.value.trim() === '' && !usual) { field.focus(); return; }
  const moved = field.value.trim() === '' ? usual : Math.max(0, value + (button.value.endsWith('-') ? -by : by));
  const text = String(Math.round(moved * 100) / 100);
  field.value = comma ? text.replace('.', ',') : text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

const done = (button) => button.closest('[data-stepper]').querySelector('input').dispatchEvent(new Event('change', { bubbles: true }));

let held;
const letGo = () => { clearTimeout(held); clearInterval(held); held = undefined; };

document.addEventListener('pointerdown', (event) => {
  const button = event.target.closest('[data-stepper] button');
  if (!button || event.button) return;
  letGo();
  held = setTimeout(() => { held = setInterval(step, EACH, button); button.dataset.held = ''; }, HELD);
});
addEventListener('blur', letGo);
for (const end of ['pointerup', 'pointercancel']) {
  document.addEventListener(end, () => {
    const button = document.querySelector('[data-stepper] button[data-held]');
    letGo();
    if (!button) return;
    done(button);
    // Where a long press ends without a click.
    setTimeout(() => { delete button.dataset.held; }, 100);
  }, true);
}
document.addEventListener('contextmenu', (event) => { if (event.target.closest('[data-stepper] button')) event.preventDefault(); });

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-stepper] button');
  if (!button) return;
  event.preventDefault();
  letGo();
  if (!('held' in button.dataset)) step(button);
  delete button.dataset.held;
  done(button);
});

// The unit beside the number is the chosen one.
document.addEventListener('change', ({ target }) => {
  if (target.name !== 'unit') return;
  target.form.querySelectorAll('[data-stepper] small').forEach((unit) => { unit.textContent = target.value; });
});

// The crosses follow the mains until they are set to something else. Two numbers in one field
// (`24/23`) are both sides.
document.addEventListener('input', (event) => {
  const mains = event.target;
  if (mains.name !== 'mains_tension') return;
  const crosses = mains.form?.elements.crosses_tension;
  if (crosses && crosses.value === (mains.dataset.before ?? mains.defaultValue)) crosses.value = mains.value;
  mains.dataset.before = mains.value;
});

document.addEventListener('change', (event) => {
  const field = event.target;
  if (!/^(mains|crosses)_tension$/.test(field.name)) return;
  const both = field.value.split('/').map((side) => side.trim());
  if (both.length !== 2 || !both[0] || !both[1]) return;
  const { mains_tension: mains, crosses_tension: crosses } = field.form.elements;
  [mains.value, crosses.value] = both;
  mains.dataset.before = mains.value;
}, true);
