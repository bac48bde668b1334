// Signs engines in: one entry per engine, one session at a time, looked at until it ends.
import { asker, json } from './api.js';
import { lost, restored } from './connection.js';
import { isBusy, onBusy, setBusy } from './exclusive.js';
import { OneAtATime, lookEvery, notice } from './one-at-a-time.js';
import { close, isOpenFor, open } from './sign-in-menu.js';
import { asksAgain, isAlive, refusalOf } from './sign-in-rules.js';
import { show } from './sign-in-window.js';

const EVERY_MILLISECONDS = 1500;
const ROOT = '/ui/engines/auth';
const { auth_ui_capabilities: ways, opencode_auth_providers: providers, auth_session: found, texts } =
  JSON.parse(document.getElementById('auth-data').textContent);
const at = (id) => document.getElementById(id);
const ask = asker(texts.away);
const transport = at('auth-transport');
let session = found.active ? found : null;
let taken = false;
let wanted = location.hash.slice(1);
const one = new OneAtATime({
  changed: lock,
  async failed(error) {
    notice('auth-failed', error.message);
    await reread();
  },
});

transport.addEventListener('change', lock);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-engine-auth-entry]');
  if (!button || button.disabled) return;
  if (isOpenFor(button)) close(true);
  else open(button, button.textContent.trim(), itemsOf(button.dataset.engineAuthEntry), texts.back);
});
document.addEventListener('keydown', (event) => {
  const button = event.target.closest?.('[data-engine-auth-entry]');
  if (!button || event.key !== 'ArrowDown') return;
  event.preventDefault();
  button.click();
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id === 'engines') arrived();
});
at('auth-cancel').addEventListener('click', () => one.act(async () => {
  take((await ask(`${addressOf(session)}/cancel`, json({}))).session);
}));
at('auth-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const value = at('auth-input').value;
  at('auth-input').value = '';
  one.act(async () => {
    try {
      const answer = await ask(`${addressOf(session)}/input`, json({ kind: session.input_kind, value }));
      taken = answer.accepted;
      at('auth-input-error').hidden = true;
      take(answer.session);
    } catch (error) {
      notice('auth-input-error', refusalOf(error, texts));
      at('auth-input').focus();
    }
  });
});
lookEvery(EVERY_MILLISECONDS, look);
onBusy(lock);
arrived();
show(session, taken, texts);

/** What an engine offers over the transport that is chosen: methods, or providers with theirs. */
function itemsOf(engine) {
  const offered = ways[transport.value][engine];
  if (Array.isArray(offered)) return offered.map((method) => leaf(engine, method));
  return Object.entries(offered).map(([provider, methods]) => ({
    label: providers.find((it) => it.provider_id === provider)?.display_name ?? provider,
    hooks: { authProvider: provider },
    items: methods.map((method) => leaf(engine, method, provider)),
  }));
}

function leaf(engine, method, provider) {
  const choice = { engine, transport: transport.value, auth_method: method };
  if (provider) choice.provider_id = provider;
  return {
    label: texts[`method.${method}`] ?? method,
    note: method,
    hooks: { authMethod: method, authLeaf: Object.values(choice).join(' ') },
    choose: () => start(choice),
  };
}

async function start(choice) {
  at('auth-conflict').hidden = true;
  at('auth-failed').hidden = true;
  await one.act(async () => {
    try {
      take(await ask(sessionsOf(choice.transport), json(choice)));
      at('auth-title').focus();
    } catch (error) {
      if (error.status === 409) notice('auth-conflict', `${texts.conflict} ${refusalOf(error, texts)}`);
      else notice('auth-failed', `${texts.failed} ${refusalOf(error, texts)}`);
      await reread();
    }
  });
}

async function look() {
  if (one.pending || (document.hidden && !isAlive(session))) return;
  try {
    await one.look(told, take);
    restored('sign-in');
  } catch (error) {
    // A refusal is an answer too.
    if (error.status === undefined) lost('sign-in');
  }
}

function told() {
  return isAlive(session) ? known() : active();
}

async function known() {
  try {
    return await ask(addressOf(session));
  } catch (error) {
    if (error.status !== 404) throw error;
    return (await active()) ?? { ...session, status: 'failed', terminal: true, error: texts.forgotten };
  }
}

async function active() {
  const answer = await ask(`${ROOT}/session/active`);
  return answer.active ? answer : null;
}

async function reread() {
  try {
    take(await told());
  } catch {
    // Looked at again soon.
  }
}

/** A session that has ended is shown until another begins. */
function take(news) {
  if (news === null) return;
  const before = session;
  session = news;
  if (before?.session_id !== news.session_id || asksAgain(before, news)) taken = false;
  if (before?.session_id !== news.session_id) at('auth-input').value = '';
  show(session, taken, texts);
  lock();
  if (isAlive(before) && !isAlive(news)) document.body.dispatchEvent(new CustomEvent('engines-changed'));
}

function lock() {
  const alive = isAlive(session);
  const busy = alive || one.pending || isBusy('terminal');
  setBusy('sign-in', alive || one.pending);
  if (alive) transport.value = session.transport;
  transport.disabled = busy;
  at('auth-busy').hidden = !alive;
  at('auth-submit').disabled = one.pending;
  at('auth-cancel').disabled = one.pending;
  if (busy) close(false);
  for (const button of document.querySelectorAll('[data-engine-auth-entry]')) {
    const offered = ways[transport.value]?.[button.dataset.engineAuthEntry] !== undefined;
    button.disabled = busy || !offered;
    button.title = busy ? texts.busy : '';
    const reason = at(button.getAttribute('aria-describedby'));
    reason.hidden = offered;
    reason.textContent = offered ? '' : texts.unoffered;
  }
}

/** The table is there, or there anew: its buttons know nothing of the session. */
function arrived() {
  close(false);
  lock();
  const entry = document.querySelector(`[data-engine-auth-entry][id="${CSS.escape(wanted)}"]`);
  if (!entry) return;
  wanted = '';
  entry.scrollIntoView({ block: 'center' });
  entry.focus();
}

function sessionsOf(name) {
  const chosen = [...transport.options].find((option) => option.value === name);
  return `${ROOT}/${chosen.dataset.slug}/sessions`;
}

function addressOf({ transport: name, session_id: id }) {
  return `${sessionsOf(name)}/${id}`;
}
