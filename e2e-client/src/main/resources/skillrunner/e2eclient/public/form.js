// The choice of a model: first the engine, then the provider, then its models; and one press of the button sends once.
const form = document.getElementById('job');
const [engine, provider, model] = ['engine', 'provider', 'model'].map((id) => document.getElementById(id));
const effort = document.getElementById('effort');
const groups = [...model.querySelectorAll('optgroup')];
const nothing = model.querySelector('option');

function ofEngine() {
  return groups.filter((group) => group.dataset.engine === engine.value);
}

function showProviders(chosen) {
  const names = [...new Set(ofEngine().map((group) => group.dataset.provider))];
  provider.replaceChildren(...names.map((name) => new Option(name, name, false, name === chosen)));
  document.getElementById('provider-field').hidden = names.length === 0;
  showModels();
}

function showModels(chosen = '') {
  const shown = ofEngine().filter((group) => group.dataset.provider === provider.value);
  model.replaceChildren(nothing, ...shown);
  model.value = chosen;
  showEfforts();
}

function showEfforts() {
  if (!effort) return;
  const allowed = model.selectedOptions[0]?.dataset.efforts?.split(' ').filter(Boolean) ?? [];
  for (const option of effort.options) {
    option.hidden = option.value !== '' && !allowed.includes(option.value);
    option.disabled = option.hidden;
  }
  if (effort.selectedOptions[0]?.disabled) effort.value = '';
  effort.closest('.field').hidden = allowed.length === 0;
}

const first = model.value;
const home = model.selectedOptions[0]?.closest('optgroup');
showProviders(home?.dataset.provider);
showModels(home?.dataset.engine === engine.value ? first : '');

engine.addEventListener('change', () => showProviders());
provider.addEventListener('change', () => showModels());
model.addEventListener('change', showEfforts);

form.addEventListener('submit', (event) => {
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'true';
  document.getElementById('start').setAttribute('aria-disabled', 'true');
  document.getElementById('sending').textContent = form.dataset.sending;
});

// A page that is gone back to can be sent again.
addEventListener('pageshow', () => {
  delete form.dataset.sent;
  document.getElementById('start').removeAttribute('aria-disabled');
  document.getElementById('sending').textContent = '';
});
