// The very bytes that an event was made from.
import { visible } from './log-lines.js';

/** Shows them where they were asked for, in place of the button. */
export async function showRaw(button, into) {
  const answer = await fetch(button.dataset.raw);
  if (!answer.ok) return;
  const range = await answer.json();
  const raw = document.createElement('pre');
  raw.className = 'log log-text log-short';
  raw.tabIndex = 0;
  raw.textContent = range.chunk.split('\n').map(visible).join('\n');
  into.append(raw);
  button.remove();
  raw.focus();
}
