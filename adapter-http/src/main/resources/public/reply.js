// An answer to a question as a call of the API, while it is being written.
import { curl } from './curl.js';

/** Shows the answer as it stands now. */
export function showReply() {
  const form = document.querySelector('.question-form');
  if (!form) return;
  document.getElementById('reply-curl').textContent = curl('POST', form.dataset.api, {
    interaction_id: Number(form.elements.namedItem('interaction_id').value),
    response: response(form),
  });
}

/** Named values if they are wanted, else the words that were written, else the first of what can be chosen. */
function response(form) {
  const all = (name) => [...form.querySelectorAll(`input[name="${name}"]`)].map((field) => field.value);
  const names = all('field_name');
  if (names.length) return Object.fromEntries(names.map((name, index) => [name, all('field')[index]]));
  const words = form.querySelector('textarea')?.value ?? '';
  const choice = form.querySelector('button[name=json]');
  return words || !choice ? words : JSON.parse(choice.value);
}

document.addEventListener('input', (event) => event.target.closest?.('.question-form') && showReply());
