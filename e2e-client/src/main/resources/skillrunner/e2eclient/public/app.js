// What every page does: local times, and choosing colours without losing what was typed.
import { localize } from './times.js';

localize(document);

const preferences = document.getElementById('preferences');
preferences.addEventListener('submit', (event) => {
  if (event.submitter?.name !== 'theme') return;
  event.preventDefault();
  document.documentElement.dataset.theme = event.submitter.value;
  for (const button of preferences.querySelectorAll('[name=theme]')) {
    button.setAttribute('aria-pressed', String(button === event.submitter));
  }
  const body = new URLSearchParams({ theme: event.submitter.value, back: '/' });
  // Without an answer the choice holds for this page alone.
  fetch(preferences.action, { method: 'POST', redirect: 'manual', body }).catch(() => {});
});

document.getElementById('faults')?.focus();
