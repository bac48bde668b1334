// A question of the agent as a form, and the answer to it. Every word of it is shown as text.
import { visible } from './output.js';

function element(name, text, properties = {}) {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}

/** What can be chosen: label and value. To refuse a danger comes first, and an agent's own words never stand on such a button. */
function choices(pending, texts) {
  const yes = [texts.textYes, true];
  const no = [texts.textNo, false];
  if (pending.kind === 'risk_ack') return [no, yes];
  const options = Array.isArray(pending.options) ? pending.options.slice(0, 100) : [];
  if (options.length) return options.map((option) => [String(option?.label ?? option?.value ?? option), option?.value ?? option?.label ?? option]);
  return pending.kind === 'confirm' ? [yes, no] : [];
}

function field(name) {
  const label = element('label', '', { className: 'field' });
  const input = element('input', '', { type: 'text', required: true, autocomplete: 'off' });
  input.dataset.name = name;
  label.append(visible(name), input);
  return label;
}

/** Shows what the server knows of a danger itself. */
function subject(pending) {
  const list = document.getElementById('question-subject');
  const facts = Object.entries(pending.subject ?? {}).filter(([, value]) => typeof value === 'string');
  list.replaceChildren(...facts.flatMap(([name, value]) => [element('dt', visible(name)), element('dd', visible(value))]));
  list.hidden = facts.length === 0;
}

/**
 * Shows a question.
 * @param answer called with the response that was chosen or written
 */
export function ask(pending, texts, answer) {
  const form = document.getElementById('question-form');
  document.getElementById('question-prompt').textContent = visible(String(pending.prompt ?? ''));
  subject(pending);
  const chosen = choices(pending, texts);
  const buttons = element('div', '', { className: 'actions' });
  for (const [label, value] of chosen) {
    const button = element('button', visible(label), { type: 'button', className: 'button' });
    button.addEventListener('click', () => answer(value));
    buttons.append(button);
  }
  const names = pending.kind === 'fill_fields' && Array.isArray(pending.required_fields) ? pending.required_fields.slice(0, 100).map(String) : [];
  const written = document.createElement(chosen.length ? 'details' : 'div');
  if (chosen.length) written.append(element('summary', texts.textOther));
  if (names.length) {
    written.append(...names.map(field));
  } else {
    const label = element('label', '', { className: 'field' });
    label.append(texts.textAnswer, element('textarea', '', { rows: 3, required: true }));
    written.append(label);
  }
  const send = element('div', '', { className: 'actions' });
  send.append(element('button', texts.textSend, { type: 'submit', className: 'button main' }));
  written.append(send);
  form.replaceChildren(buttons, written);
  form.onsubmit = (event) => {
    event.preventDefault();
    answer(names.length
      ? Object.fromEntries([...form.querySelectorAll('[data-name]')].map((input) => [input.dataset.name, input.value]))
      : form.querySelector('textarea').value);
  };
}
