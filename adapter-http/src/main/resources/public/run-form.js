// The form that starts a run: fields from the skill's schemas, the engine with its models, what would happen, the same as a
// curl call, and the start. Everything it knows comes from the API that everybody else uses.
import { objectFields, showErrors } from './schema-fields.js';
import { storedZip } from './stored-zip.js';

// Where an engine has one provider only, its models don't name it.
const PROVIDERS = { codex: 'openai', gemini: 'google', iflow: 'iflowcn' };

// The key under which the server tells of files that have no name of their own.
const ANY_NAME = '*';

const form = document.getElementById('run-form');
const texts = form.dataset;
const skill = texts.skill;
const byId = (id) => document.getElementById(id);
const engine = byId('engine');
const mode = byId('mode');
const provider = byId('provider');
const model = byId('model');
const effort = byId('effort');
const start = byId('start');
const files = new Map();
const models = new Map();
let input;
let parameter;
let accepted;
let key;

begin();

async function begin() {
  try {
    const [schemas, earlier] = await Promise.all([
      ask(`/v1/management/skills/${encodeURIComponent(skill)}/schemas`),
      texts.from ? ask(`/v1/management/runs/${encodeURIComponent(texts.from)}`).catch(() => undefined) : undefined,
    ]);
    build(schemas);
    await prefill(earlier?.request);
  } catch (error) {
    say(error.message, 'note-error');
    return;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener('input', changed);
  engine.addEventListener('change', () => offerModels().then(changed));
  provider.addEventListener('change', () => { listModels(); changed(); });
  model.addEventListener('change', () => { listEfforts(); changed(); });
  mode.addEventListener('change', changed);
  byId('explain').addEventListener('click', () => explain(true));
  start.disabled = false;
  changed();
}

function build(schemas) {
  const words = {
    required: texts.textRequired, yes: texts.textYes, no: texts.textNo, none: texts.textNone, add: texts.textAdd,
    remove: texts.textRemove, json: texts.textJson, number: texts.textNumber, integer: texts.textInteger,
  };
  const properties = schemas.input?.properties ?? {};
  const inline = Object.fromEntries(Object.entries(properties).filter(([, one]) => one?.['x-input-source'] === 'inline'));
  const required = schemas.input?.required ?? [];
  input = objectFields({ ...schemas.input, properties: inline }, schemas.input ?? {}, '/input', words);
  parameter = objectFields(schemas.parameter ?? {}, schemas.parameter ?? {}, '/parameter', words);
  place('input', input.element);
  place('parameter', parameter.element);
  const box = document.createElement('div');
  box.className = 'form-fields';
  for (const name of Object.keys(properties).filter((one) => !(one in inline))) box.append(fileField(name, properties[name], required.includes(name)));
  // A skill may take files of any name; each comes under its own.
  if (schemas.input?.additionalProperties?.['x-input-source'] === 'file') {
    box.append(fileField(ANY_NAME, { title: texts.textOtherFiles }, false));
    files.get(ANY_NAME).chooser.multiple = true;
  }
  place('files', box);
}

function place(name, element) {
  const section = byId(`section-${name}`);
  section.hidden = element.children.length === 0;
  byId(`fields-${name}`).replaceChildren(element);
}

function fileField(name, schema, required) {
  const field = byId('file-field').content.firstElementChild.cloneNode(true);
  const chooser = field.querySelector('input');
  chooser.id = `file-${name}`;
  field.querySelector('label').htmlFor = chooser.id;
  field.querySelector('[data-name]').textContent = typeof schema?.title === 'string' ? schema.title : name;
  field.querySelector('code').textContent = name;
  field.querySelector('.required').hidden = !required;
  field.querySelector('.note').textContent = schema?.description ?? '';
  if (Array.isArray(schema?.extensions) || Array.isArray(schema?.['x-extensions'])) {
    chooser.accept = (schema.extensions ?? schema['x-extensions']).map((one) => (String(one).startsWith('.') ? one : `.${one}`)).join(',');
  }
  const error = field.querySelector('.field-error');
  files.set(name, {
    chooser,
    required,
    place: {
      pointer: `/files/${name}`,
      say(text) { error.textContent = text; error.hidden = !text; },
      faulty: () => !error.hidden,
      focus: () => chooser.focus(),
    },
  });
  return field;
}

async function prefill(request) {
  if (request) {
    input.set(request.input);
    parameter.set(request.parameter);
    if ([...engine.options].some((one) => one.value === request.engine)) engine.value = request.engine;
    const options = request.runtime_options ?? {};
    if ([...mode.options].some((one) => one.value === options.execution_mode)) mode.value = options.execution_mode;
    byId('hard-timeout').value = options.hard_timeout_seconds ?? '';
    byId('no-cache').checked = true;
    byId('debug').checked = options.debug === true;
  }
  await offerModels();
  if (request?.model) chooseModel(request.model);
}

async function offerModels() {
  const chosen = engine.value;
  if (!models.has(chosen)) {
    const listed = await ask(`/v1/engines/${encodeURIComponent(chosen)}/models`).then((answer) => answer.models).catch(() => []);
    models.set(chosen, listed);
  }
  if (engine.value !== chosen) return;
  const fixed = PROVIDERS[chosen];
  const names = fixed ? [fixed] : [...new Set(models.get(chosen).map((one) => one.provider).filter(Boolean))];
  options(provider, names.map((name) => [name, name]), !fixed);
  byId('provider-field').hidden = names.length === 0;
  listModels();
}

function listModels() {
  const list = models.get(engine.value) ?? [];
  const shown = PROVIDERS[engine.value] || !provider.value ? list : list.filter((one) => one.provider === provider.value);
  options(model, shown.map((one) => [one.id, `${one.display_name ?? one.model ?? one.id}${one.deprecated ? ` (${texts.textDeprecated})` : ''}`]), true);
  listEfforts();
}

function listEfforts() {
  const chosen = (models.get(engine.value) ?? []).find((one) => one.id === model.value);
  const efforts = chosen?.supported_effort ?? [];
  options(effort, efforts.map((one) => [one, one]), true);
  byId('effort-field').hidden = efforts.length === 0;
}

function options(select, pairs, empty) {
  const before = select.value;
  select.replaceChildren(...(empty ? [['', texts.textDefault], ...pairs] : pairs).map(([value, label]) => new Option(label, value)));
  if (pairs.some(([value]) => value === before)) select.value = before;
}

function chooseModel(text) {
  const [id, level = ''] = PROVIDERS[engine.value] ? text.split('@') : [text];
  const known = (models.get(engine.value) ?? []).find((one) => one.id === id);
  if (!known) return;
  if (known.provider && !PROVIDERS[engine.value]) { provider.value = known.provider; listModels(); }
  model.value = id;
  listEfforts();
  effort.value = level;
}

function chosenFiles() {
  return [...files].flatMap(([name, one]) => [...one.chooser.files].map((file) => ({ name: name === ANY_NAME ? file.name : name, file })));
}

/** The body of the request, as the API takes it. */
function body() {
  const runtime = { execution_mode: mode.value };
  const seconds = byId('hard-timeout').value.trim();
  if (seconds) runtime.hard_timeout_seconds = Number.isNaN(Number(seconds)) ? seconds : Number(seconds);
  if (byId('no-cache').checked) runtime.no_cache = true;
  if (byId('debug').checked) runtime.debug = true;
  if (mode.value === 'interactive') runtime.interactive_require_user_reply = byId('require-reply').checked;
  const made = { skill_id: skill, engine: engine.value, input: input.get(), parameter: parameter.get(), runtime_options: runtime };
  if (model.value) made.model = effort.value ? `${model.value}@${effort.value}` : model.value;
  if (chosenFiles().length && ![...files.values()].some((one) => one.required)) made.await_upload = true;
  return made;
}

function places() {
  return [...input.places(), ...parameter.places(), ...[...files.values()].map((one) => one.place), ...fixedPlaces()];
}

function fixedPlaces() {
  return [['/engine', engine], ['/model', model], ['/runtime_options/execution_mode', mode], ['/runtime_options/hard_timeout_seconds', byId('hard-timeout')]]
    .map(([pointer, element]) => {
      const error = byId(`${element.id}-error`);
      return {
        pointer,
        say(text) { error.textContent = text; error.hidden = !text; },
        faulty: () => !error.hidden,
        focus: () => element.focus(),
      };
    });
}

/** Shows what is wrong at its place, the rest above the buttons. @return whether nothing is wrong */
function show(errors) {
  const left = showErrors({ places }, errors);
  if (errors.length) say(left.map((one) => one.detail).join(' ') || texts.textFaults, 'note-error');
  else say('', '');
  return errors.length === 0;
}

function localErrors() {
  const missing = [...files].filter(([, one]) => one.required && !one.chooser.files.length).map(([name]) => ({ pointer: `/files/${name}`, detail: texts.textRequired }));
  return [...input.check(), ...parameter.check(), ...missing];
}

function changed() {
  byId('reply-field').hidden = mode.value !== 'interactive';
  byId('curl').textContent = curl();
  byId('curl-copy').dataset.copy = byId('curl').textContent;
  byId('explained').hidden = true;
}

function curl() {
  const data = JSON.stringify(body(), null, 2);
  const lines = [`curl -sS -X POST ${quoted(`${location.origin}/v1/jobs`)} \\`, "  -H 'Content-Type: application/json' \\", `  -d ${quoted(data)}`];
  if (files.size) {
    lines.push('', `# ${texts.textCurlFiles}: ${[...files.keys()].join(', ')}`);
    lines.push(`curl -sS -F 'file=@input.zip' ${quoted(`${location.origin}/v1/jobs/REQUEST_ID/upload`)}`);
  }
  return lines.join('\n');
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Asks the server what would happen. @return whether it would */
async function explain(shown) {
  if (!show(localErrors()) && !shown) return false;
  const answer = await ask('/v1/jobs/explain', json(body())).catch((error) => error);
  if (answer instanceof Error) {
    return show(answer.errors?.length ? answer.errors : [{ detail: answer.message }]);
  }
  const reasons = [...(answer.refusals ?? []), ...(answer.failures ?? [])];
  const fine = show([...localErrors(), ...reasons.flatMap((one) => (one.errors?.length ? one.errors : [{ detail: one.detail }]))]);
  if (shown) tell(answer);
  return fine;
}

function tell(answer) {
  const facts = [
    [texts.textCli, [answer.cli?.version, answer.cli?.source].filter(Boolean).join(' · ')],
    [texts.textModel, [answer.model, answer.snapshot].filter(Boolean).join(' · ')],
    [texts.textQueue, answer.queue ? texts.textQueueNumbers.replace('#1', answer.queue.position).replace('#2', answer.queue.length).replace('#3', answer.queue.slots) : ''],
    [texts.textCache, answer.cache ? (answer.cache.hit ? texts.textCacheHit : texts.textCacheMiss) : ''],
    [texts.textFiles, (answer.files_expected ?? []).map((one) => (typeof one === 'string' ? one : one.name ?? one.key)).join(', ')],
    [texts.textEnvironment, (answer.environment ?? []).join(', ')],
  ].filter(([, value]) => value);
  byId('explained-facts').replaceChildren(...facts.map(([name, value]) => {
    const row = document.createElement('div');
    row.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: value }));
    return row;
  }));
  const command = Array.isArray(answer.command) ? answer.command.join(' ') : answer.command ?? '';
  for (const [id, text] of [['explained-command', command], ['explained-prompt', answer.prompt ?? '']]) {
    byId(id).textContent = text;
    byId(id).closest('details').hidden = !text;
  }
  byId('explained').hidden = false;
  byId('explained').scrollIntoView({ block: 'nearest' });
}

async function run() {
  start.disabled = true;
  say(texts.textChecking, 'muted working');
  try {
    const asked = JSON.stringify(body());
    if (accepted?.asked !== asked) {
      if (!(await explain(false))) return;
      // The same press sent twice, by a network that lost the answer, creates one run.
      if (key?.asked !== asked) key = { asked, value: [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('') };
      const answer = await ask('/v1/jobs', json(JSON.parse(asked), { 'Idempotency-Key': key.value }));
      accepted = { asked, request: answer.request_id, waits: answer.status === null };
    }
    if (accepted.waits) await upload(accepted.request);
    location.assign(`/ui/runs/${encodeURIComponent(accepted.request)}`);
  } catch (error) {
    show(error.errors?.length ? error.errors : [{ detail: error.message }]);
  } finally {
    start.disabled = false;
  }
}

async function upload(request) {
  say(texts.textPacking, 'muted working');
  const data = new FormData();
  data.append('file', await storedZip(chosenFiles()), 'input.zip');
  const progress = byId('progress');
  progress.hidden = false;
  say(texts.textSending, 'muted working');
  try {
    await new Promise((resolve, reject) => {
      const sending = new XMLHttpRequest();
      sending.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) progress.value = (event.loaded / event.total) * 100;
      });
      sending.addEventListener('load', () => (sending.status < 300 ? resolve() : reject(new Error(detail(sending.responseText)))));
      sending.addEventListener('error', () => reject(new Error(texts.textAway)));
      sending.open('POST', `/v1/jobs/${encodeURIComponent(request)}/upload`);
      sending.send(data);
    });
  } finally {
    progress.hidden = true;
    progress.value = 0;
  }
}

function detail(text) {
  try {
    return JSON.parse(text).detail ?? texts.textAway;
  } catch {
    return texts.textAway;
  }
}

function json(value, headers = {}) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

async function ask(address, request) {
  let answer;
  try {
    answer = await fetch(address, request);
  } catch {
    throw new Error(texts.textAway);
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(content.detail ?? texts.textAway), { errors: content.errors });
  return content;
}

function say(text, look) {
  const state = byId('form-state');
  state.textContent = text;
  state.className = look;
  state.hidden = !text;
}
