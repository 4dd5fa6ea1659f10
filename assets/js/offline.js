// Says so when there is no network: what is typed stays on the page, and nothing is lost
// as long as it stays open.
const notice = document.querySelector('[data-offline]');
const tell = () => {
  notice.hidden = navigator.onLine;
  notice.role = navigator.onLine ? null : 'alert';
};

if (notice) {
  addEventListener('offline', tell);
  addEventListener('online', tell);
  // A form that is sent now would leave the page for the browser's own error.
  document.addEventListener('submit', (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    tell();
    notice.focus();
  }, true);
  tell();
}
