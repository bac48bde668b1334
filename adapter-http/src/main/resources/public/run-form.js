// The form that starts a run: fields from the skill's schemas, the engine with its models, what would happen, the same as a
// curl call, and the start. Everything it knows comes from the API that everybody else uses.
import { asker, json } from './api.js';
import { curl, quoted } from './curl.js';
import { fileFields, sendFiles } from './run-files.js';
import { objectFields, showErrors } from './schema-fields.js';

const NO_MODELS = { provider: null, models: [] };

const form = document.getElementById('run-form');
const texts = form.dataset;
const skill = texts.skill;
const ask = asker(texts.textAway);
const byId = (id) => document.getElementById(id);
const engine = byId('engine');
const mode = byId('mode');
const provider = byId('provider');
const model = byId('model');
const effort = byId('effort');
const start = byId('start');
const models = new Map();
let input;
let parameter;
let files;
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
    exact: texts.textExact,
    limits: Object.fromEntries([...byId('limits').content.children].map((limit) => [limit.dataset.limit, { one: limit.dataset.one, other: limit.textContent }])),
  };
  const properties = schemas.input?.properties ?? {};
  const inline = Object.fromEntries(Object.entries(properties).filter(([, one]) => one?.['x-input-source'] === 'inline'));
  input = objectFields({ ...schemas.input, properties: inline }, schemas.input ?? {}, '/input', words);
  parameter = objectFields(schemas.parameter ?? {}, schemas.parameter ?? {}, '/parameter', words);
  place('input', input.element);
  place('parameter', parameter.element);
  files = fileFields(schemas.input, texts);
  place('files', files.element);
}

function place(name, element) {
  const section = byId(`section-${name}`);
  section.hidden = element.children.length === 0;
  byId(`fields-${name}`).replaceChildren(element);
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
    byId('require-reply').checked = options.interactive_require_user_reply !== false;
  }
  await offerModels();
  if (request?.model) chooseModel(request.model);
}

async function offerModels() {
  const chosen = engine.value;
  if (!models.has(chosen)) {
    models.set(chosen, await ask(`/v1/engines/${encodeURIComponent(chosen)}/models`).catch(() => NO_MODELS));
  }
  if (engine.value !== chosen) return;
  const fixed = onlyProvider();
  const names = fixed ? [fixed] : [...new Set(offered().map((one) => one.provider).filter(Boolean))];
  options(provider, names.map((name) => [name, name]), !fixed);
  byId('provider-field').hidden = names.length === 0;
  listModels();
}

function offered() {
  return (models.get(engine.value) ?? NO_MODELS).models;
}

/** Where an engine has one provider only, its models don't name it. */
function onlyProvider() {
  return (models.get(engine.value) ?? NO_MODELS).provider;
}

function listModels() {
  const list = offered();
  const shown = onlyProvider() || !provider.value ? list : list.filter((one) => one.provider === provider.value);
  options(model, shown.map((one) => [one.id, `${one.display_name ?? one.model ?? one.id}${one.deprecated ? ` (${texts.textDeprecated})` : ''}`]), true);
  listEfforts();
}

function listEfforts() {
  const chosen = offered().find((one) => one.id === model.value);
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
  const [id, level = ''] = onlyProvider() ? text.split('@') : [text];
  const known = offered().find((one) => one.id === id);
  if (!known) return;
  if (known.provider && !onlyProvider()) { provider.value = known.provider; listModels(); }
  model.value = id;
  listEfforts();
  effort.value = level;
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
  if (files.chosen().length && !files.required) made.await_upload = true;
  return made;
}

function places() {
  return [...input.places(), ...parameter.places(), ...files.places(), ...fixedPlaces()];
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
  return [...input.check(), ...parameter.check(), ...files.check()];
}

function changed() {
  byId('reply-field').hidden = mode.value !== 'interactive';
  byId('curl').textContent = command();
  byId('explained').hidden = true;
}

function command() {
  const lines = [curl('POST', '/v1/jobs', body())];
  if (files.names.length) {
    lines.push('', `# ${texts.textCurlFiles}: ${files.names.join(', ')}`);
    lines.push(`curl -sS -F 'file=@input.zip' ${quoted(`${location.origin}/v1/jobs/REQUEST_ID/upload`)}`);
  }
  return lines.join('\n');
}

/** Asks the server what would happen. @return whether it would */
async function explain(shown) {
  if (!show(localErrors()) && !shown) return false;
  const answer = await ask('/v1/jobs/explain', json(body())).catch((error) => error);
  if (answer instanceof Error) {
    return show(answer.errors?.length ? answer.errors : [{ detail: answer.message }]);
  }
  const reasons = [...(answer.refusals ?? []), ...(answer.failures ?? [])];
  // Where both know of a fault, the page says it in its reader's language.
  const fine = show([...reasons.flatMap((one) => (one.errors?.length ? one.errors : [{ detail: one.detail }])), ...localErrors()]);
  if (shown) tell(answer);
  return fine;
}

/** What is refused, or answered at once, has no place. */
function queue({ position, length, slots }) {
  const words = position === null ? texts.textQueueLength : texts.textQueueNumbers.replace('#1', position);
  return words.replace('#2', length).replace('#3', slots);
}

/** Where a CLI comes from, in words. */
function sources() {
  return { managed: texts.textSourceManaged, global: texts.textSourceGlobal, missing: texts.textSourceMissing };
}

function tell(answer) {
  const facts = [
    [texts.textCli, [answer.cli?.version, sources()[answer.cli?.source] ?? answer.cli?.source].filter(Boolean).join(' · ')],
    [texts.textModel, [answer.model, answer.snapshot].filter(Boolean).join(' · ')],
    [texts.textQueue, answer.queue ? queue(answer.queue) : ''],
    [texts.textCache, answer.cache ? (answer.cache.hit ? texts.textCacheHit : texts.textCacheMiss) : ''],
    [texts.textFiles, (answer.files_expected ?? []).map((one) => (typeof one === 'string' ? one : one.name ?? one.key)).join(', ')],
    [texts.textEnvironment, (answer.environment ?? []).join(', ')],
  ].filter(([, value]) => value);
  byId('explained-facts').replaceChildren(...facts.map(([name, value]) => {
    const row = document.createElement('div');
    row.append(Object.assign(document.createElement('dt'), { textContent: name }), Object.assign(document.createElement('dd'), { textContent: value }));
    return row;
  }));
  const command = (answer.command ?? []).map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ');
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
    if (accepted.waits) await sendFiles(accepted.request, files.chosen(), texts, say);
    location.assign(`/ui/runs/${encodeURIComponent(accepted.request)}`);
  } catch (error) {
    show(error.errors?.length ? error.errors : [{ detail: error.message }]);
  } finally {
    start.disabled = false;
  }
}

function say(text, look) {
  const state = byId('form-state');
  state.textContent = text;
  state.className = look;
  state.hidden = !text;
}
