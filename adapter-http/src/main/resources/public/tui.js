// Shows an engine's own interface below the table: one at a time over the whole server, looked at until it ends.
import { asker } from './api.js';
import { lost, restored } from './connection.js';
import { isBusy, onBusy, setBusy } from './exclusive.js';
import { OneAtATime, lookEvery, notice } from './one-at-a-time.js';

const EVERY_MILLISECONDS = 1500;
const SESSION = '/ui/engines/tui/session';
const { ttyd_available: available, session: found, texts } = JSON.parse(document.getElementById('tui-data').textContent);
const at = (id) => document.getElementById(id);
const ask = asker(texts.away);
const starts = [...document.querySelectorAll('[data-tui-start]')];
let session = found.active ? found : null;
const one = new OneAtATime({
  changed: lock,
  async failed(error) {
    notice('tui-failed', error.message);
    await reread();
  },
});

for (const button of starts) button.addEventListener('click', () => start(button.dataset.tuiStart));
at('tui-stop').addEventListener('click', () => one.act(async () => {
  const answer = await ask(`${SESSION}/stop`, { method: 'POST' });
  take(answer.active ? answer : null);
}));
lookEvery(EVERY_MILLISECONDS, look);
onBusy(lock);
show();
lock();

async function start(engine) {
  at('tui-conflict').hidden = true;
  at('tui-failed').hidden = true;
  await one.act(async () => {
    try {
      take(await ask(`${SESSION}/start`, { method: 'POST', body: new URLSearchParams({ engine }) }));
      at('tui-frame').focus();
    } catch (error) {
      if (error.status === 409) notice('tui-conflict', `${texts.conflict} ${reasonOf(error)}`);
      else notice('tui-failed', `${texts.failed} ${texts[`problem.${error.code}`] ?? error.message}`);
      await reread();
    }
  });
}

/** In the words of the page where it has some. */
function reasonOf({ inUse, message }) {
  return { sign_in: texts.signing, terminal: texts.busy }[inUse?.purpose] ?? message;
}

async function look() {
  if (one.pending || document.hidden) return;
  try {
    await one.look(told, take);
    restored('terminal');
  } catch (error) {
    if (error.status === undefined) lost('terminal');
  }
}

async function reread() {
  try {
    take(await told());
  } catch {
    // Looked at again soon.
  }
}

async function told() {
  const answer = await ask(SESSION);
  return answer.active ? answer : null;
}

/** How a session ended is told once, maybe to another tab: then only that it has is known. */
function take(news) {
  const before = session;
  if (news === null && (before === null || before.terminal)) return;
  session = news ?? { ...before, status: 'ended', terminal: true, error: null };
  show();
  lock();
  if (isAlive(before) && !isAlive(session)) document.body.dispatchEvent(new CustomEvent('engines-changed'));
}

function isAlive(it) {
  return it !== null && !it.terminal;
}

function show() {
  const status = at('tui-status');
  status.hidden = session === null;
  if (session === null) return;
  status.textContent = texts[`status.${session.status}`] ?? session.status;
  status.dataset.status = session.terminal ? 'idle' : 'running';
  at('tui-window').hidden = session.terminal;
  const warning = session.sandbox_status === 'supported' ? '' : texts[`sandbox.${session.sandbox_reason}`] ?? session.sandbox_message ?? '';
  at('tui-sandbox').textContent = warning && `${texts.sandbox} ${warning}`;
  at('tui-sandbox').hidden = warning === '';
  at('tui-label').textContent = session.command_label;
  at('tui-expires').dateTime = session.expires_at;
  at('tui-expires').textContent = new Date(session.expires_at).toLocaleTimeString(document.documentElement.lang);
  const frame = at('tui-frame');
  if (session.terminal) {
    frame.removeAttribute('src');
    frame.dataset.session = '';
    if (session.error) notice('tui-failed', `${texts.over} ${texts[`over.${session.status}`] ?? session.error}`);
  } else if (frame.dataset.session !== session.session_id) {
    frame.dataset.session = session.session_id;
    frame.src = session.terminal_url ?? `${location.protocol}//${location.hostname}:${session.ttyd_port}/`;
  }
}

function lock() {
  const alive = isAlive(session);
  setBusy('terminal', alive || one.pending);
  const busy = alive || one.pending || isBusy('sign-in');
  for (const button of starts) button.disabled = busy || !available;
  at('tui-stop').disabled = one.pending;
  const why = isBusy('sign-in') ? texts.signing : alive ? texts.busy : '';
  at('tui-busy').textContent = why;
  at('tui-busy').hidden = why === '';
}
