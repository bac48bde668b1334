// Shows a terminal: draws what comes, says how much was drawn, sends what is typed.
import { asker } from './api.js';
import { Drawing } from './terminal-drawing.js';
import { closing } from './terminal-rules.js';

const SOCKET = '/ui/engines/tui/session/ws';
const TICKET = '/ui/engines/tui/session/ticket';
const PIECE_BYTES = 16 * 1024;
const MOST_COLUMNS = 500;
const MOST_ROWS = 300;
const { ticket, style_nonce: nonce, texts } = JSON.parse(document.getElementById('terminal-data').textContent);
const at = (id) => document.getElementById(id);
const ask = asker(texts.away);
let socket = null;
let tries = 0;

// The library adds style elements of its own, which this page allows if they carry its word.
const make = document.createElement.bind(document);
document.createElement = (name, options) => {
  const element = make(name, options);
  if (name === 'style') element.nonce = nonce;
  return element;
};
// It writes colours of 24 bits as style attributes, which this page forbids; the same through the object is no text of anybody's.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function set(name, value) {
  if (name === 'style') this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

const terminal = new Terminal({
  cursorBlink: true,
  fontSize: 14,
  scrollback: 5000,
  disableStdin: true,
  // Where a link of the program leads is nobody's business here.
  linkHandler: { activate() {}, hover() {}, leave() {}, allowNonHttpProtocols: false },
  theme: { background: '#10161d', foreground: '#e6edf3', cursor: '#e6edf3' },
});
// What a program may not do here: reach the clipboard, make links, name the window.
for (const code of [0, 1, 2, 8, 52]) terminal.parser.registerOscHandler(code, () => true);
const fit = new FitAddon.FitAddon();
terminal.loadAddon(fit);
terminal.open(at('terminal'));
const drawing = new Drawing(terminal, (bytes) => tell({ type: 'ack', bytes }));

terminal.onData((text) => type(new TextEncoder().encode(text)));
terminal.onBinary((text) => type(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
terminal.onResize(tellSize);
// All keys belong to the program, so that one way out has to be kept.
terminal.attachCustomKeyEventHandler((event) => {
  if (!(event.ctrlKey && event.shiftKey && event.key === 'F6')) return true;
  if (event.type === 'keydown') parent.document.getElementById('tui-stop')?.focus();
  return false;
});
new ResizeObserver(measure).observe(at('terminal'));
at('terminal-act').addEventListener('click', () => open(true));
measure();
connect(ticket, false);

/** Fits the screen into the frame. */
function measure() {
  const size = fit.proposeDimensions();
  if (!size || !(size.cols > 0 && size.rows > 0)) return;
  terminal.resize(Math.min(size.cols, MOST_COLUMNS), Math.min(size.rows, MOST_ROWS));
}

async function open(takeOver) {
  try {
    const answer = await ask(TICKET, { method: 'POST' });
    connect(answer.ticket, takeOver);
  } catch (error) {
    if (error.status === 404) notice(texts.ended);
    else if (error.status === undefined) again();
    else notice(error.message, texts.again);
  }
}

function connect(word, takeOver) {
  const address = new URL(SOCKET, location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = new URLSearchParams({ ticket: word, ...(takeOver ? { take_over: 'true' } : {}) });
  const opened = new WebSocket(address);
  opened.binaryType = 'arraybuffer';
  socket = opened;
  opened.addEventListener('message', ({ data }) => {
    if (opened !== socket) return;
    if (typeof data === 'string') hear(JSON.parse(data));
    else drawing.draw(new Uint8Array(data));
  });
  opened.addEventListener('close', ({ code }) => {
    if (opened === socket) closed(code);
  });
}

function hear(message) {
  if (message.type === 'state') {
    tries = 0;
    at('terminal-notice').hidden = true;
    drawing.begin(message.recorded_bytes, () => begun(message));
  } else if (message.type === 'exit') {
    notice(ending(message));
  }
}

/** The screen is as it was; from here on keys count. */
function begun(message) {
  terminal.options.disableStdin = false;
  // Of a screen whose beginning is lost a part may be missing: a program draws anew when its size changes.
  if (message.recorded_cut && terminal.rows > 1) {
    tell({ type: 'resize', cols: terminal.cols, rows: terminal.rows - 1 });
  }
  tellSize();
  if (parent === window || document.hasFocus()) terminal.focus();
}

function closed(code) {
  socket = null;
  drawing.stop();
  terminal.options.disableStdin = true;
  switch (closing(code)) {
    case 'ended':
      if (at('terminal-notice').hidden) notice(texts.ended);
      break;
    case 'replaced':
      notice(texts.replaced, texts['take.back']);
      break;
    case 'in use':
      notice(texts.used, texts['take.over']);
      break;
    case 'refused':
      notice(texts.refused, texts.again);
      break;
    default:
      again();
  }
}

/** Nobody has ended anything: the way to the server is interrupted. */
function again() {
  notice(texts.lost);
  tries += 1;
  setTimeout(() => open(false), Math.min(10_000, 500 * 2 ** Math.min(tries, 5)));
}

function ending({ status, exit_code: code, error }) {
  if (status === 'exited') return texts.exited.replace('{0}', code ?? '?');
  return error ? `${texts.ended} ${error}` : texts.ended;
}

function notice(words, act = '') {
  at('terminal-words').textContent = words;
  at('terminal-act').textContent = act;
  at('terminal-act').hidden = act === '';
  at('terminal-notice').hidden = false;
}

function type(bytes) {
  // What the library answers to a question of the past is nobody's key.
  if (!drawing.isLive || socket?.readyState !== WebSocket.OPEN) return;
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) socket.send(bytes.slice(from, from + PIECE_BYTES));
}

function tellSize() {
  if (drawing.isLive) tell({ type: 'resize', cols: terminal.cols, rows: terminal.rows });
}

function tell(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}
