// The page of a run: its conversation and output, live, and fresh facts when the run moves on.
import './files.js';
import { Conversation } from './conversation.js';
import { LogView } from './log-view.js';
import { Attention } from './attention.js';
import { readWords } from './event-words.js';
import { refresh } from './fresh.js';
import { showReply } from './reply.js';
import { RunStream } from './run-stream.js';
import { StreamTurn } from './stream-turn.js';
import { TalkSearch } from './talk-search.js';
import { TimeLine } from './timeline.js';
import { lost, restored } from './connection.js';

const WAITING_LOOK = 5000;
// A page that nobody sees follows nothing; it looks now and then whether somebody should see it.
const UNSEEN_LOOK = 15_000;

readWords(document.getElementById('event-words'));
const output = document.getElementById('output');
const text = output.dataset;
const state = document.getElementById('output-state');
const earlier = document.getElementById('earlier');
const logs = {
  stdout: new LogView(document.getElementById('log-stdout')),
  stderr: new LogView(document.getElementById('log-stderr')),
};
const talk = document.getElementById('conversation');
const conversation = new Conversation(talk);
const talkSearch = new TalkSearch(talk, conversation);
const timeLine = new TimeLine(document.getElementById('events'));
const choice = document.getElementById('attempt');
const attention = new Attention(document.getElementById('notify'));
const turn = new StreamTurn(() => stream.open(), () => stream.close());
let stream = null;
let ended = false;
let streamState = '';
let shownStatus = document.getElementById('run').dataset.status;
let shownStall = '';
// The part of the output that the chosen turn wrote; null for all turns.
let shownTurn = null;
let partial = false;

/** The bytes of a turn within those of the run, as the facts have them; null if they are not known. */
function bytesOf(attempt) {
  const facts = document.querySelector(`#turns [data-turn="${attempt}"]`)?.dataset;
  if (!facts) return null;
  const part = (from, to) => ({ from: Number(from), to: to === '' ? Infinity : Number(to) });
  return { stdout: part(facts.stdoutFrom, facts.stdoutTo), stderr: part(facts.stderrFrom, facts.stderrTo) };
}

/** Shows the output of the chosen turn, or of all; of a long one the end, until the rest is asked for. */
function begin() {
  const first = shownTurn?.stdout.from ?? 0;
  const end = Math.min(shownTurn?.stdout.to ?? Infinity, Math.max(Number(text.stdoutBytes), Number(output.dataset.stdoutSeen ?? 0)));
  start({ stdout: end - first > Number(text.atOnce) ? end - Number(text.end) : first, stderr: shownTurn?.stderr.from ?? 0 });
}

/** Shows what came with the page, which is all of a short output and the end of a long one, and goes on behind it. */
function beginHere() {
  const told = JSON.parse(document.getElementById('first-output').textContent);
  if (told) start({ stdout: told.from, stderr: 0 }, told);
  else begin();
}

/** Shows everything of the chosen turn, or of all. */
function beginWhole() {
  start({ stdout: shownTurn?.stdout.from ?? 0, stderr: shownTurn?.stderr.from ?? 0 });
}

async function chooseTurn() {
  const attempt = Number(choice.value);
  timeLine.choose(attempt);
  let bytes = attempt ? bytesOf(attempt) : null;
  if (attempt && !bytes) {
    // It has begun since the facts were fetched.
    await refresh();
    bytes = bytesOf(attempt);
  }
  if (attempt !== Number(choice.value)) return;
  shownTurn = bytes;
  begin();
}

/** Shows the output from offsets on; of stdout a first part may be there already, in whole lines. */
function start(from, first = { to: from.stdout, chunk: '' }) {
  turn.leave();
  const whole = shownTurn;
  partial = from.stdout > (whole?.stdout.from ?? 0);
  for (const log of Object.values(logs)) {
    log.clear();
    log.emptyText = text.textWaiting;
  }
  let firstLine = partial && !first.chunk;
  earlier.hidden = !partial && !whole;
  earlier.querySelector('span').textContent = partial ? text.textEarlier : text.textTurn.replace('#', choice.value);
  output.dataset.complete = 'false';
  ended = false;
  if (first.chunk) {
    logs.stdout.append(first.chunk);
    output.dataset.stdoutSeen = first.to;
  }
  stream = new RunStream(text.events, { cursor: conversation.cursor, stdout: first.to, stderr: from.stderr }, {
    connected() {
      restored('stream');
      say(text.textLive);
    },
    lost() {
      lost('stream');
      say('');
    },
    output(name, chunk, offset, to) {
      // What follows belongs to another turn.
      if (whole && offset >= whole[name].to) return;
      let shown = chunk;
      if (firstLine && name === 'stdout') {
        // The first line of a part is most likely cut off.
        const end = chunk.indexOf('\n');
        shown = chunk.slice(end + 1);
        firstLine = false;
      }
      logs[name].append(shown);
      output.dataset[`${name}Seen`] = to;
      tellMatches();
      if (name === 'stderr') {
        document.getElementById('stderr-count').textContent = logs.stderr.rowCount;
      }
    },
    event(seq, type) {
      conversation.heard(seq);
      timeLine.heard();
      // A run that waited, and waits again, was never seen to move if the turn between was over before anybody looked.
      if (type === 'user.input.required') moved('', true);
    },
    status(status, stall = '') {
      // A silence that begins or ends is told by the same sentences.
      moved(status, stall !== shownStall);
      shownStall = stall;
    },
    end(data) {
      // A run that waits is looked at again: its answer may be given elsewhere.
      ended = data.reason === 'terminal';
      turn.leave();
      if (!ended) setTimeout(goOn, WAITING_LOOK);
      restored('stream');
      for (const log of Object.values(logs)) log.emptyText = text.textNone;
      const positions = stream.positions;
      const complete = !partial && !whole && data.receipt
        && positions.stdout === data.receipt.stdout.bytes && positions.stderr === data.receipt.stderr.bytes;
      say(complete ? text.textComplete : text.textPartial);
      output.dataset.complete = String(Boolean(complete));
      // Of a run that waits the status was told already, and somebody may be writing an answer.
      if (ended) moved('', true);
    },
  });
  goOn();
}

/** Asks for a stream, if there is anybody to see it and more to come. */
function goOn() {
  if (!document.hidden && !ended) turn.want();
}

/** Says how the stream stands; while somebody searches, the matches are told there. */
function say(about) {
  streamState = about;
  if (!find.value) state.textContent = about;
}

/** The number of the question that is shown; empty if there is none. */
function shownQuestion() {
  return document.querySelector('.question-form [name=interaction_id]')?.value ?? '';
}

/** Shows what the engine was told, of a run that had not begun when the page was made. */
async function showPrompt() {
  const tab = document.getElementById('tab-prompt');
  if (!tab.hidden || shownStatus === 'queued') return;
  try {
    const answer = await fetch(location.pathname);
    if (!answer.ok) return;
    const now = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('prompt');
    document.getElementById('prompt').textContent = now.textContent;
    tab.hidden = !now.textContent;
  } catch {
    // The run moves on once more, or the page is loaded again.
  }
}

/** Fetches the facts again when the run is no longer where the page shows it. */
function moved(status, force = false) {
  if (!force && status === shownStatus) return;
  if (status) shownStatus = status;
  document.body.dispatchEvent(new CustomEvent('run-changed'));
}

document.body.addEventListener('run-changed', async () => {
  await refresh();
  const run = document.getElementById('run');
  shownStatus = run.dataset.status;
  attention.show(run, true);
  showReply();
  showPrompt();
  timeLine.heard();
  // The turn that is shown alone has ended, so that it is known where it ends.
  if (shownTurn?.stdout.to === Infinity && bytesOf(choice.value)?.stdout.to !== Infinity) chooseTurn();
});
// Before all that is only drawn, for the answer takes its time.
beginHere();
conversation.show();
attention.show(document.getElementById('run'), false);
showReply();
choice.addEventListener('change', chooseTurn);
document.getElementById('load-all').addEventListener('click', () => {
  if (partial) {
    beginWhole();
  } else {
    choice.value = '0';
    choice.dispatchEvent(new Event('change'));
  }
});

// A browser has few connections to one server: only a page that is seen keeps one, and goes on where it was when it is seen again.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) turn.leave();
  else goOn();
});
setInterval(async () => {
  if (!document.hidden || ended) return;
  try {
    const answer = await fetch(text.run);
    if (!answer.ok) return;
    const told = await answer.json();
    moved(told.status, String(told.pending_interaction_id ?? '') !== shownQuestion());
  } catch {
    // Whoever sees the page is told by its stream.
  }
}, UNSEEN_LOOK);
// A page that comes back from the browser's memory has lost its stream.
addEventListener('pagehide', () => turn.leave());
addEventListener('pageshow', (event) => event.persisted && (partial ? begin() : beginWhole()));

// Tabs, operated as a tab list should be: arrows move, the page keeps one tab stop.
const tabs = [...output.querySelectorAll('[role=tab]')];
for (const tab of tabs) {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = tabs.filter((one) => !one.hidden);
    const next = shown[(shown.indexOf(tab) + step + shown.length) % shown.length];
    select(next);
    next.focus();
  });
}

function select(chosen) {
  for (const tab of tabs) {
    tab.setAttribute('aria-selected', String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = tab !== chosen;
  }
  search();
}

const find = document.getElementById('find');
function shownLog() {
  return document.getElementById('tab-stderr').ariaSelected === 'true' ? logs.stderr : logs.stdout;
}
function search() {
  shownLog().find(find.value);
  if (find.value) tellMatches();
  else state.textContent = streamState;
}
/** Says how often it was found; what comes meanwhile counts as well. */
function tellMatches() {
  if (!find.value) return;
  const matches = shownLog().matchCount;
  state.textContent = matches ? (matches === 1 ? text.textMatch : text.textMatches).replace('#', matches) : text.textNoMatches;
}
find.addEventListener('input', search);
find.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  unfollow();
  shownLog().step(event.shiftKey ? -1 : 1);
});
addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input, textarea, select')) {
    event.preventDefault();
    // What is read is searched.
    if (output.contains(document.activeElement) || output.getBoundingClientRect().top < innerHeight / 2) find.focus();
    else talkSearch.focus();
  }
});

const follow = document.getElementById('follow');
function unfollow() {
  follow.checked = false;
  for (const log of Object.values(logs)) log.follow = false;
}
follow.addEventListener('change', () => Object.values(logs).forEach((log) => { log.follow = follow.checked; }));
document.getElementById('readable').addEventListener('change', (event) => {
  for (const log of Object.values(logs)) log.readable = event.target.checked;
});
// Whoever scrolls up wants to read, not to follow. Wheel and keys say so before anything moves, a finger and the bar by moving it.
for (const log of Object.values(logs)) log.onScrolledUp = unfollow;
for (const log of output.querySelectorAll('.log')) {
  log.addEventListener('wheel', (event) => event.deltaY < 0 && unfollow(), { passive: true });
  log.addEventListener('keydown', (event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && unfollow());
}
