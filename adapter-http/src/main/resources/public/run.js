// The page of a run: its conversation and output, live, and fresh facts when the run moves on.
import './files.js';
import { Conversation } from './conversation.js';
import { LogView } from './log-view.js';
import { Attention } from './attention.js';
import { RunStream } from './run-stream.js';
import { StreamTurn } from './stream-turn.js';
import { lost, restored } from './connection.js';

// Of a long output only the end is loaded at first; the rest comes when it is asked for.
const LOAD_AT_ONCE = 1024 * 1024;
const TAIL = 256 * 1024;
const WAITING_LOOK = 5000;
// A page that nobody sees follows nothing; it looks now and then whether somebody should see it.
const UNSEEN_LOOK = 15_000;

const output = document.getElementById('output');
const text = output.dataset;
const state = document.getElementById('output-state');
const earlier = document.getElementById('earlier');
const logs = {
  stdout: new LogView(document.getElementById('log-stdout')),
  stderr: new LogView(document.getElementById('log-stderr')),
};
const conversation = new Conversation(document.getElementById('conversation'));
const attention = new Attention(document.getElementById('notify'));
const turn = new StreamTurn(() => stream.open(), () => stream.close());
let stream = null;
let ended = false;
let streamState = '';
let shownStatus = document.getElementById('run').dataset.status;
let shownStall = '';

function start(from) {
  turn.leave();
  let partial = from.stdout > 0;
  for (const log of Object.values(logs)) {
    log.clear();
    log.emptyText = text.textWaiting;
  }
  let firstLine = partial;
  earlier.hidden = !partial;
  earlier.querySelector('span').textContent = text.textEarlier;
  output.dataset.complete = 'false';
  ended = false;
  stream = new RunStream(text.events, { cursor: conversation.cursor, ...from }, {
    connected() {
      restored('stream');
      say(text.textLive);
    },
    lost() {
      lost('stream');
      say('');
    },
    output(name, chunk, to) {
      let shown = chunk;
      if (firstLine && name === 'stdout') {
        // The first line of a part is most likely cut off.
        const end = chunk.indexOf('\n');
        shown = chunk.slice(end + 1);
        firstLine = false;
      }
      logs[name].append(shown);
      output.dataset[`${name}Seen`] = to;
      if (name === 'stderr') {
        document.getElementById('stderr-count').textContent = logs.stderr.rowCount;
      }
    },
    event: (seq) => conversation.heard(seq),
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
      const whole = data.receipt
        && positions.stdout === data.receipt.stdout.bytes && positions.stderr === data.receipt.stderr.bytes;
      say(!partial && whole ? text.textComplete : text.textPartial);
      output.dataset.complete = String(Boolean(!partial && whole));
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

/** Fetches the facts again when the run is no longer where the page shows it. */
function moved(status, force = false) {
  if (!force && status === shownStatus) return;
  if (status) shownStatus = status;
  document.body.dispatchEvent(new CustomEvent('run-changed'));
}

document.addEventListener('htmx:afterSettle', () => {
  const run = document.getElementById('run');
  shownStatus = run.dataset.status;
  attention.show(run, true);
});
attention.show(document.getElementById('run'), false);

const size = Number(text.stdoutBytes);
start({ stdout: size > LOAD_AT_ONCE ? size - TAIL : 0, stderr: 0 });
document.getElementById('load-all').addEventListener('click', () => start({ stdout: 0, stderr: 0 }));

// A browser has few connections to one server: only a page that is seen keeps one, and goes on where it was when it is seen again.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) turn.leave();
  else goOn();
});
setInterval(async () => {
  if (!document.hidden || ended) return;
  try {
    const answer = await fetch(text.run);
    if (answer.ok) moved((await answer.json()).status);
  } catch {
    // Whoever sees the page is told by its stream.
  }
}, UNSEEN_LOOK);
// A page that comes back from the browser's memory has lost its stream.
addEventListener('pagehide', () => turn.leave());
addEventListener('pageshow', (event) => event.persisted && start({ stdout: 0, stderr: 0 }));

// Tabs, operated as a tab list should be: arrows move, the page keeps one tab stop.
const tabs = [...output.querySelectorAll('[role=tab]')];
for (const tab of tabs) {
  tab.addEventListener('click', () => select(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
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
  const matches = shownLog().find(find.value);
  if (find.value) state.textContent = matches ? (matches === 1 ? text.textMatch : text.textMatches).replace('#', matches) : text.textNoMatches;
  else state.textContent = streamState;
}
find.addEventListener('input', search);
find.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  unfollow();
  shownLog().step(event.shiftKey ? -1 : 1);
});
addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input, textarea')) {
    event.preventDefault();
    find.focus();
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
// Whoever scrolls up wants to read, not to follow.
for (const log of output.querySelectorAll('.log')) {
  log.addEventListener('wheel', (event) => event.deltaY < 0 && unfollow(), { passive: true });
  log.addEventListener('keydown', (event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && unfollow());
}
