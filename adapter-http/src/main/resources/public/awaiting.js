// The page of a request that waits for its files: a field for each, so that nobody has to make an archive by hand.
import { asker } from './api.js';
import { fileFields, sendFiles } from './run-files.js';
import { showErrors } from './schema-fields.js';

const form = document.getElementById('awaiting-form');
const texts = form.dataset;
const ask = asker(texts.textAway);
const start = document.getElementById('start');

begin();

async function begin() {
  let files;
  try {
    const schemas = await ask(`/v1/management/skills/${encodeURIComponent(texts.skill)}/schemas`);
    files = fileFields(schemas.input, texts);
  } catch (error) {
    say(error.message, 'note-error');
    return;
  }
  document.getElementById('fields-files').replaceChildren(files.element);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(files);
  });
  start.disabled = false;
}

async function send(files) {
  const errors = files.check();
  showErrors(files, errors);
  if (errors.length) return;
  start.disabled = true;
  try {
    await sendFiles(texts.request, files.chosen(), texts, say);
    location.reload();
  } catch (error) {
    say(error.message, 'note-error');
    start.disabled = false;
  }
}

function say(text, look) {
  const state = document.getElementById('form-state');
  state.textContent = text;
  state.className = look;
  state.hidden = !text;
}
