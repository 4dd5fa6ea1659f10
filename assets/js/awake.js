// The screen stays awake while a racket lies on the machine, where the browser lets a page ask
// for that; it asks again when the page is come back to.
const stay = async () => {
  if (document.visibilityState !== 'visible' || !document.querySelector('[data-awake]')) return;
  try { await navigator.wakeLock?.request('screen'); } catch { /* The battery is low, or the owner has said no. */ }
};

stay();
document.addEventListener('visibilitychange', stay);
