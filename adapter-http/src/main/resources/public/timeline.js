// The time line of a run: what the server decided, what the engine said and what was shown of it, in the order of its time. It is loaded
// part by part, as far as its reader goes, and nothing is asked for before it is unfolded.
import { showRaw } from './raw-bytes.js';
import { localize } from './times.js';

const GATHER = 300;

export class TimeLine {
  #section;
  #fold;
  #list;
  #more;
  #empty;
  #end;
  #attempt = 0;
  #next = '';
  #isWhole = false;
  #asked = 0;
  #busy = false;
  #missed = false;
  #timer = 0;

  constructor(section) {
    this.#section = section;
    this.#fold = section.querySelector('details');
    this.#list = section.querySelector('.events');
    this.#more = section.querySelector('#events-more');
    this.#empty = section.querySelector('#events-none');
    this.#fold.addEventListener('toggle', () => this.#fold.open && !this.#next && this.#begin());
    section.addEventListener('change', () => this.#fold.open && this.#begin());
    section.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button?.dataset.raw) showRaw(button, button.closest('.event'));
    });
    this.#more.addEventListener('click', () => this.#load());
    // Whoever scrolls to the end wants to go on.
    this.#end = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#load(), { root: this.#list });
  }

  /** Shows one turn alone, or all of them. */
  choose(attempt) {
    this.#attempt = attempt;
    if (this.#fold.open) this.#begin();
    else this.#next = '';
  }

  /** Something has happened: whoever has seen all so far sees that as well. */
  heard() {
    if (!this.#fold.open || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      // It may not have been there yet when the server answers what was asked before.
      if (this.#busy) this.#missed = true;
      else if (this.#isWhole) this.#load();
    }, GATHER);
  }

  #begin() {
    this.#asked += 1;
    this.#busy = false;
    this.#missed = false;
    this.#next = '';
    for (const row of this.#list.querySelectorAll('.event')) row.remove();
    this.#list.scrollTop = 0;
    this.#load();
  }

  async #load() {
    if (this.#busy) return;
    this.#busy = true;
    const asked = this.#asked;
    const streams = [...this.#section.querySelectorAll('[data-stream]:checked')].map((box) => `stream=${box.dataset.stream}`);
    try {
      const answer = await fetch(`${this.#section.dataset.events}?${[...streams, `attempt=${this.#attempt}`, this.#next].join('&')}`, { headers: { 'HX-Request': 'true' } });
      // Something else was chosen meanwhile.
      if (asked !== this.#asked || !answer.ok) return;
      this.#show(await answer.text());
    } catch {
      // The stream tells when the server is away, and there is more to be had when it is back.
      this.#isWhole = true;
    } finally {
      if (asked === this.#asked) {
        this.#busy = false;
        if (this.#missed) {
          this.#missed = false;
          this.heard();
        }
      }
    }
  }

  #show(html) {
    const part = document.createElement('ol');
    part.innerHTML = html;
    const place = part.querySelector('.event-place');
    place.remove();
    localize(part);
    this.#next = place.dataset.next;
    this.#isWhole = place.dataset.more !== 'true';
    this.#more.parentElement.before(...part.children);
    this.#more.parentElement.hidden = this.#isWhole;
    // Looked for anew, for it may still be in sight.
    this.#end.disconnect();
    this.#end.observe(this.#more.parentElement);
    this.#empty.hidden = this.#list.querySelector('.event') !== null;
  }
}
