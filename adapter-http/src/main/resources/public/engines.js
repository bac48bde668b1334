// The page of the engines: the panel of an upgrade renews itself without disturbing its reader, the table follows.
import './sign-in.js';
import './sign-out.js';
import './tui.js';
import { morph } from './morph.js';
import { localize, tick } from './times.js';
import { toast } from './toast.js';

const NEAR_END = 8;
const failed = document.getElementById('engines-failed');
let touched = new Map();
let scrolled = new Map();
let endedBefore = panel().dataset.ended;
let requestBefore = panel().dataset.request;

function panel() {
  return document.getElementById('upgrade');
}

document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.target?.id !== 'upgrade') return;
  const fresh = parsed(event.detail.serverResponse);
  if (fresh && event.detail.requestConfig.verb === 'post' && isGoingOn(panel()) && !isGoingOn(fresh)) {
    // Whoever watches an upgrade goes on watching, whatever else was refused.
    event.detail.shouldSwap = false;
    toast(fresh.querySelector('#upgrade-error').firstChild.data);
    return;
  }
  remember();
  if (!fresh || !isGoingOn(fresh) || fresh.dataset.request !== panel().dataset.request) return;
  event.detail.shouldSwap = false;
  morph(panel(), fresh);
  localize(panel());
  tick();
  settled();
});
document.addEventListener('htmx:afterSettle', (event) => {
  failed.hidden = true;
  if (event.target.id === 'upgrade') settled();
});
document.addEventListener('htmx:responseError', () => { failed.hidden = false; });
for (const sign of ['pointerdown', 'wheel', 'keydown']) {
  document.addEventListener(sign, (event) => event.target.closest?.('#upgrade details')?.setAttribute('data-touched', ''), { passive: true });
}
followEnds();

// What a form led back with is told once.
if (location.search) history.replaceState(null, '', location.pathname + location.hash);

function parsed(html) {
  return new DOMParser().parseFromString(html, 'text/html').getElementById('upgrade');
}

/** Notes what its reader has touched and how far each log is scrolled; an end that is in sight stays in sight. */
function remember() {
  touched = new Map([...panel().querySelectorAll('[data-touched]')].map((details) => [details.id, details.open]));
  scrolled = new Map([...panel().querySelectorAll('details pre')].map((log) => [log.parentElement.id, {
    top: log.scrollTop,
    atEnd: log.scrollTop + log.clientHeight >= log.scrollHeight - NEAR_END,
  }]));
}

function isGoingOn(upgrade) {
  return upgrade.hasAttribute('hx-get');
}

function settled() {
  failed.hidden = true;
  if (panel().dataset.request === requestBefore) {
    for (const details of panel().querySelectorAll('details')) {
      if (!touched.has(details.id)) continue;
      details.open = touched.get(details.id);
      details.setAttribute('data-touched', '');
    }
    for (const log of panel().querySelectorAll('details pre')) {
      const before = scrolled.get(log.parentElement.id);
      if (!before || before.atEnd) toEnd(log);
      else log.scrollTop = before.top;
    }
  } else {
    followEnds();
    panel().scrollIntoView({ block: 'nearest' });
  }
  // Every engine that ended may have another version now.
  if (panel().dataset.ended !== endedBefore && panel().dataset.ended !== '0') {
    document.body.dispatchEvent(new CustomEvent('engines-changed'));
  }
  endedBefore = panel().dataset.ended;
  requestBefore = panel().dataset.request;
}

function followEnds() {
  panel().querySelectorAll('details pre').forEach(toEnd);
}

function toEnd(log) {
  log.scrollTop = log.scrollHeight;
}
