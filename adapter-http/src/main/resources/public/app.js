// What every page does: local times, copying, choosing colours without a reload, saying when the server is away.
import { localize, tick } from './times.js';
import { lost, restored } from './connection.js';
import { copy as toClipboard } from './copy.js';
import { named } from './curl.js';
import { toast } from './toast.js';

document.documentElement.classList.add('scripted');
localize(document);
tick();
setInterval(tick, 1000);

// Before the part is painted for the first time.
document.addEventListener('htmx:afterSwap', (event) => {
  localize(event.target);
  tick();
});
document.addEventListener('htmx:oobAfterSwap', (event) => localize(event.target));
document.addEventListener('htmx:sendError', () => lost('refresh'));
document.addEventListener('htmx:afterOnLoad', () => restored('refresh'));

named(document);

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy], [data-copies]');
  if (!button) return;
  const { copy, copies } = button.dataset;
  await toClipboard(copy ?? document.getElementById(copies).textContent);
  toast(button.dataset.copied);
});

const preferences = document.getElementById('preferences');
preferences.addEventListener('submit', (event) => {
  if (event.submitter?.name !== 'theme') return;
  event.preventDefault();
  document.documentElement.dataset.theme = event.submitter.value;
  for (const button of preferences.querySelectorAll('[name=theme]')) {
    button.setAttribute('aria-pressed', String(button === event.submitter));
  }
  fetch(preferences.action, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ theme: event.submitter.value, back: '/ui' }),
  }).then(() => restored('preferences'), () => lost('preferences'));
});
