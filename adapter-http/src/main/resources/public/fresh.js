// Parts of a page that follow what happens: each becomes equal to what the server says now, and whatever its reader is doing there goes
// on: an open dialog stays open, what is half written stays written, what was unfolded stays unfolded.
import { lost, restored } from './connection.js';
import { named } from './curl.js';
import { morph } from './morph.js';
import { localize, tick } from './times.js';

const AGAIN = 3000;
/** An answer that does not come must not keep the next one from being asked for. */
const PATIENCE = 20000;
let asked = Promise.resolve();
let next = null;
let again = 0;

/** Asks for every part again that names an address for it, one after the other. A round that has not begun serves all who asked for it. */
export function refresh() {
  const all = async () => {
    next = null;
    for (const part of document.querySelectorAll('[data-fresh]')) await renew(part);
  };
  if (!next) {
    // Also after one that failed: otherwise nothing would ever be asked for again.
    next = asked.then(all, all);
    asked = next;
  }
  return next;
}

/** Once for all parts: if each asked for all others again, there would soon be thousands of rounds. */
function tryAgain() {
  if (again) return;
  again = setTimeout(() => {
    again = 0;
    refresh();
  }, AGAIN);
}

async function renew(part) {
  let answer;
  let html;
  try {
    // What is chosen in a tree stands in the address of the page.
    answer = await fetch(part.dataset.fresh + location.search, {
      headers: { 'HX-Request': 'true' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    html = await answer.text();
  } catch {
    // Also an answer that was cut off: the next one is asked for all the same.
    lost(part.dataset.fresh);
    tryAgain();
    return;
  }
  restored(part.dataset.fresh);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(html, 'text/html').body;
  localize(fresh);
  named(fresh);
  for (const one of [...fresh.children]) {
    const mine = document.getElementById(one.id);
    if (!mine) continue;
    morph(mine, document.adoptNode(one));
    window.htmx.process(document.getElementById(one.id));
  }
  tick();
}

// What its reader has folded or unfolded stays so.
document.addEventListener('click', (event) => {
  event.target.closest?.('summary')?.parentElement.setAttribute('data-touched', '');
});
