// The page of an engine's models: rows of the form come and go, and the CLI can be asked for them.
import { curl } from './curl.js';

const form = document.getElementById('snapshot');
if (form) operate(form);
if (location.search) history.replaceState(null, '', location.pathname);

function operate(form) {
  const rows = document.getElementById('rows');
  const suggest = document.getElementById('suggest');
  const state = document.getElementById('suggest-state');
  const kept = `skill-runner-snapshot-${form.dataset.engine}`;
  const blank = row(0).cloneNode(true);

  document.getElementById('add-row').addEventListener('click', () => append({}).querySelector('input').focus());
  rows.addEventListener('click', (event) => {
    const button = event.target.closest('[data-remove]');
    if (!button) return;
    const index = all().indexOf(button.closest('.model-row'));
    row(index).remove();
    if (all().length === 0) append({});
    number();
    row(Math.min(index, all().length - 1)).querySelector('input').focus();
  });
  suggest?.addEventListener('click', ask);
  form.addEventListener('input', tell);

  // A refusal leads back to this page; what was typed is there again then.
  form.addEventListener('submit', () => sessionStorage.setItem(kept, JSON.stringify(all().map(values))));
  const typed = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  if (typed && document.getElementById('error')) fill(JSON.parse(typed));
  tell();

  function all() {
    return [...rows.querySelectorAll('.model-row:not(.model-row-head)')];
  }

  function row(index) {
    return all()[index];
  }

  function values(row) {
    return Object.fromEntries([...row.querySelectorAll('[name]')].map((field) => [field.name, field.value]));
  }

  function append(model) {
    const added = blank.cloneNode(true);
    for (const field of added.querySelectorAll('[name]')) {
      if (model[field.name] !== undefined) field.value = model[field.name];
    }
    rows.append(added);
    number();
    return added;
  }

  function fill(models) {
    all().forEach((row) => row.remove());
    (models.length ? models : [{}]).forEach(append);
  }

  /** Says the same as a call of the API. */
  function tell() {
    const models = all().map(values).filter((model) => Object.entries(model).some(([name, value]) => name !== 'deprecated' && value.trim())).map(asModel);
    document.getElementById('snapshot-curl').textContent = curl('POST', `/v1/engines/${form.dataset.engine}/models/snapshots`, { models });
  }

  function number() {
    tell();
    all().forEach((row, index) => {
      row.setAttribute('aria-label', form.dataset.textRow.replace('#', index + 1));
      row.querySelector('[data-remove]').setAttribute('aria-label', form.dataset.textRemove.replace('#', index + 1));
    });
  }

  async function ask() {
    const text = suggest.dataset;
    suggest.disabled = true;
    say(text.textAsking, 'muted working');
    try {
      const answer = await fetch(text.suggestion);
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.detail);
      const typed = all().map(values).filter((model) => model.id.trim());
      const news = body.models.filter((model) => !typed.some((mine) => mine.id.trim() === model.id));
      fill([...typed, ...news.map(asFields)]);
      say((news.length === 1 ? text.textFilledOne : text.textFilled).replace('#', news.length), 'muted');
    } catch (error) {
      say(`${text.textFailed} ${error.message}`, 'note-error');
    } finally {
      suggest.disabled = false;
    }
  }

  function say(text, look) {
    state.textContent = text;
    state.className = look;
    state.hidden = false;
  }
}

function asModel(fields) {
  const made = { id: fields.id.trim() };
  if (fields.display_name.trim()) made.display_name = fields.display_name.trim();
  if (fields.deprecated === 'true') made.deprecated = true;
  if (fields.notes.trim()) made.notes = fields.notes.trim();
  const efforts = fields.supported_effort.split(',').map((one) => one.trim()).filter(Boolean);
  if (efforts.length) made.supported_effort = efforts;
  return made;
}

function asFields(model) {
  return {
    id: model.id,
    display_name: model.display_name ?? '',
    deprecated: String(model.deprecated),
    notes: model.notes ?? '',
    supported_effort: (model.supported_effort ?? []).join(', '),
  };
}
