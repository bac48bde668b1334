// Watches a run: its output as it comes, its questions, its end. After a break it goes on where it was, by offsets.
import { Output } from './output.js';
import { ask } from './question.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;
const LOOK = 3000;
const ENDED = new Set(['succeeded', 'failed', 'canceled']);

const root = document.getElementById('run');
const texts = root.dataset;
const api = `/api/runs/${encodeURIComponent(texts.run)}`;
const at = (id) => document.getElementById(id);
const outputs = Object.fromEntries(
  ['stdout', 'stderr'].map((name) => [name, new Output(at(name), { empty: texts.textEmpty, cut: texts.textCut })]),
);
const positions = { stdout: 0, stderr: 0 };

let source = null;
let timer = 0;
let wait = FIRST_WAIT;
let asked = null;
let sending = false;
let over = false;
let notice = '';

function parsed(event) {
  try {
    const value = JSON.parse(event.data);
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

function showStatus(name) {
  if (typeof name !== 'string') return;
  const known = at('statuses').content.querySelector(`[data-status="${CSS.escape(name)}"]`);
  at('status').dataset.status = known ? name : 'unknown';
  at('status').textContent = known ? known.textContent : name;
  if (name === 'waiting_user') showQuestion();
  else hideQuestion();
}

function trouble(words) {
  const shown = words || notice;
  at('connection').hidden = !shown;
  at('connection').textContent = shown;
}

function open() {
  close();
  if (over || document.hidden) return;
  source = new EventSource(`${api}/events?stdout_from=${positions.stdout}&stderr_from=${positions.stderr}`);
  const on = (name, action) => source.addEventListener(name, (event) => {
    // The connection's own troubles have no data.
    if (event.data !== undefined) action(parsed(event));
  });
  on('snapshot', (data) => {
    wait = FIRST_WAIT;
    trouble('');
    for (const [name, offset] of [['stdout', data.stdout_offset], ['stderr', data.stderr_offset]]) {
      if (Number.isSafeInteger(offset)) positions[name] = offset;
    }
    showStatus(data.status);
  });
  for (const name of ['stdout', 'stderr']) on(name, (data) => output(name, data));
  on('status', (data) => showStatus(data.status));
  on('end', end);
  on('error', (data) => retry(`${data.status_code ?? ''} ${data.error ?? ''}`.trim(), data.status_code === 404));
  source.onerror = (event) => {
    if (event.data === undefined) retry(texts.textLost);
  };
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function output(name, data) {
  if (typeof data.chunk !== 'string' || !Number.isSafeInteger(data.to)) return;
  if (data.from !== positions[name]) {
    // Never show output with a hole in it: ask again from where we are.
    retry(texts.textLost);
    return;
  }
  positions[name] = data.to;
  outputs[name].append(data.chunk);
}

function retry(words, forGood = false) {
  close();
  trouble(words);
  if (forGood) return;
  timer = setTimeout(open, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

async function end(data) {
  close();
  trouble('');
  if (data.reason === 'waiting_user') {
    showQuestion();
    timer = setTimeout(lookWhetherOpen, LOOK);
    return;
  }
  const run = await load('');
  showStatus(run?.status);
  if (!run || !ENDED.has(run.status)) {
    retry(texts.textLost);
    return;
  }
  over = true;
  root.dataset.ended = 'true';
  const error = run.error;
  if (error && typeof error === 'object') {
    at('problem').textContent = [error.code, error.message].filter((part) => typeof part === 'string').join(': ');
    at('problem').hidden = !at('problem').textContent;
  }
  at('result-link').classList.add('main');
}

async function load(part) {
  try {
    const answer = await fetch(api + part);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function showQuestion() {
  const found = await load('/pending');
  const pending = found?.pending;
  if (!pending || pending.interaction_id === asked) {
    // Somebody else may have answered meanwhile.
    if (!pending && !source) retry('');
    return;
  }
  asked = pending.interaction_id;
  notice = '';
  trouble('');
  at('question-fault').hidden = true;
  ask(pending, texts, (response) => reply(pending.interaction_id, response));
  at('question').hidden = false;
  at('question').focus();
}

/** While a run waits no stream of it is open, and somebody else may answer, or its time may be up. */
async function lookWhetherOpen() {
  clearTimeout(timer);
  const run = await load('');
  if (asked === null || source || sending) return;
  if (run && (run.status !== 'waiting_user' || run.pending_interaction_id !== asked)) {
    hideQuestion();
    notice = texts.textElsewhere;
    open();
  } else if (!document.hidden) {
    timer = setTimeout(lookWhetherOpen, LOOK);
  }
}

function hideQuestion() {
  asked = null;
  at('question').hidden = true;
}

async function reply(question, response) {
  if (sending) return;
  sending = true;
  let words = texts.textFailed;
  try {
    const answer = await fetch(`${api}/reply`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ interaction_id: question, response }),
    });
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      hideQuestion();
      trouble('');
      showStatus(told.status);
      open();
      return;
    }
    words = `${texts.textFailed} (${answer.status}): ${told.detail ?? ''}`;
  } catch {
    // Said below.
  } finally {
    sending = false;
  }
  at('question-fault').textContent = words;
  at('question-fault').hidden = false;
  lookWhetherOpen();
}

// A browser has few connections to one server: a page that nobody sees holds none.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) close();
  else if (asked !== null) lookWhetherOpen();
  else if (!source && !over) open();
});

open();
