// The conversation of a run: what was said and done, as the server has put it into words. New events are fetched when the stream tells
// of them, so that a page that was loaded again shows exactly what a live one does.
import { copy } from './copy.js';
import { visible } from './log-lines.js';
import { showRaw } from './raw-bytes.js';
import { duration, localize } from './times.js';
import { toast } from './toast.js';

const GATHER = 120;
const AGAIN = 3000;
const GONE = '404';
// So many parts in which nothing is said are passed over; who wants to go on asks again.
const MOST_EMPTY = 25;

export class Conversation {
  #section;
  #list;
  #address;
  #cursor = 0;
  #before = 0;
  #wanted = 0;
  #timer = 0;
  #busy = false;
  #attempt = 0;
  // Counts what is shown anew: what was asked for before belongs to another list, be it of the same turn.
  #edition = 0;
  // Uses of tools of which only the beginning or only the end is there.
  #open = new Map();
  #choice;

  constructor(section) {
    this.#section = section;
    this.#list = section.querySelector('.talk-list');
    this.#address = section.dataset.events;
    this.#place(this.#list.querySelector('.talk-place'), true);
    section.addEventListener('click', (event) => this.#clicked(event));
    this.#choice = section.querySelector('#attempt');
    this.#choice.value = '0';
    this.#choice.addEventListener('change', () => this.#choose(Number(this.#choice.value)));
    for (const box of section.querySelectorAll('[data-shows]')) {
      box.addEventListener('change', () => section.classList.toggle(`hides-${box.dataset.shows}`, !box.checked));
    }
  }

  /** Draws what came with the page, with what is new at the end. */
  show() {
    this.#dress(this.#list);
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#offer();
    this.#fill();
  }

  /** The turn that is shown; 0 for all. */
  get attempt() {
    return this.#attempt;
  }

  /** Number of the last event that is shown. */
  get cursor() {
    return this.#cursor;
  }

  /** The stream tells of an event: fetch it with those that come about the same time. */
  heard(seq) {
    this.#wanted = Math.max(this.#wanted, seq);
    if (this.#wanted > this.#cursor && !this.#timer && !this.#busy) {
      this.#timer = setTimeout(() => this.#fetch(), GATHER);
    }
  }

  async #fetch() {
    this.#timer = 0;
    this.#busy = true;
    try {
      let more = true;
      while (more) {
        const wanted = this.#wanted;
        more = await this.#append();
        // What was told meanwhile may not have been there yet when the server answered.
        if (this.#wanted > wanted && this.#wanted > this.#cursor) more = true;
      }
    } catch (error) {
      // The stream notices as well when the server is away, but it does not tell of the same event twice. A run that was removed does not
      // come back.
      if (error.message !== GONE) this.#timer = setTimeout(() => this.#fetch(), AGAIN);
    } finally {
      this.#busy = false;
    }
  }

  async #append() {
    const edition = this.#edition;
    const part = await this.#get(`after=${this.#cursor}&`);
    // Another turn was chosen meanwhile, or is shown by now.
    if (edition !== this.#edition) return true;
    const place = part.querySelector('.talk-place');
    const follow = this.#section.dataset.follow !== 'false' && this.#isAtEnd();
    this.#place(place, false);
    this.#dress(part);
    this.#list.append(...part.children);
    this.#offer();
    if (follow) this.#list.scrollTop = this.#list.scrollHeight;
    this.#changed();
    return place.dataset.more === 'true';
  }

  #isAtEnd() {
    return this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80;
  }

  async #get(query) {
    const answer = await fetch(`${this.#address}?${query}attempt=${this.#attempt}`, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const part = document.createElement('div');
    part.innerHTML = await answer.text();
    return part;
  }

  #place(place, first) {
    this.#cursor = Number(place.dataset.cursor);
    if (first) this.#before = Number(place.dataset.before);
    this.#section.querySelector('.talk-earlier').hidden = this.#before <= 1;
    this.#section.dataset.cursor = this.#cursor;
    place.remove();
  }

  /** Shows one turn alone, or all of them. */
  async #choose(attempt) {
    this.#attempt = attempt;
    const edition = ++this.#edition;
    const part = await this.#get('');
    if (edition !== this.#edition) return;
    this.#edition++;
    this.#place(part.querySelector('.talk-place'), true);
    this.#list.replaceChildren();
    this.#open.clear();
    this.#dress(part);
    this.#list.append(...part.children);
    this.#list.scrollTop = attempt ? 0 : this.#list.scrollHeight;
    this.#changed();
    this.#fill();
  }

  /** Of much output that is shown elsewhere nothing is shown here: what was said before it comes without being asked for. */
  async #fill() {
    if (this.#list.children.length) return;
    try {
      await this.#showEarlier();
      this.#list.scrollTop = this.#attempt ? 0 : this.#list.scrollHeight;
    } catch {
      // The button is still there.
    }
  }

  /** Shows something that was before, also if the next parts have nothing to show. */
  async #showEarlier() {
    let isEmpty = true;
    for (let parts = 0; isEmpty && this.#before > 1 && parts < MOST_EMPTY; parts++) {
      const part = await this.#earlier();
      // Something else was chosen meanwhile.
      if (!part) return;
      isEmpty = part.children.length === 0;
      this.#list.prepend(...part.children);
    }
    this.#changed();
  }

  #changed() {
    this.#section.dispatchEvent(new CustomEvent('talk-changed'));
  }

  /** Loads what was before as long as it is wanted. @return whether all of it is there now, and was not before */
  async loadEarlier(isWanted) {
    if (this.#before <= 1) return false;
    // Much may come: it is laid out once.
    const parts = document.createDocumentFragment();
    const edition = this.#edition;
    while (this.#before > 1 && isWanted()) {
      const part = await this.#earlier();
      if (edition !== this.#edition) return false;
      if (part) parts.prepend(...part.children);
    }
    this.#list.prepend(parts);
    return this.#before <= 1;
  }

  /** The part before those that are loaded; nothing if something else was chosen or loaded meanwhile. */
  async #earlier() {
    const edition = this.#edition;
    const from = this.#before;
    const part = await this.#get(`before=${from}&`);
    if (edition !== this.#edition || from !== this.#before) return null;
    const place = part.querySelector('.talk-place');
    this.#before = Number(place.dataset.before);
    place.remove();
    this.#dress(part);
    this.#section.querySelector('.talk-earlier').hidden = this.#before <= 1;
    return part;
  }

  /** Lets the reader choose every turn that was seen, once there are two. */
  #offer() {
    const known = new Set([...this.#choice.options].map((option) => option.value));
    for (const item of this.#list.querySelectorAll('.talk')) {
      if (known.has(item.dataset.attempt)) continue;
      known.add(item.dataset.attempt);
      this.#choice.add(new Option(this.#choice.dataset.text.replace('#', item.dataset.attempt), item.dataset.attempt));
    }
    this.#choice.closest('label').hidden = known.size < 3;
  }

  /** Times as the reader has them, and the end of a tool's use put to its beginning, whichever of them comes first. */
  #dress(part) {
    localize(part);
    for (const item of [...part.querySelectorAll('.talk-tool')]) {
      if (!item.dataset.call) continue;
      const use = `${item.dataset.attempt} ${item.dataset.call}`;
      const other = this.#open.get(use);
      const [begun, ended] = hasEnded(item) ? [other, item] : [item, other];
      if (begun && ended && !hasEnded(begun) && hasEnded(ended) && Number(begun.dataset.seq) < Number(ended.dataset.seq)) {
        this.#open.delete(use);
        join(begun, ended);
      } else {
        this.#open.set(use, item);
      }
    }
  }

  async #clicked(event) {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.raw) {
      await showRaw(button, button.closest('.talk'));
    } else if (button.dataset.copyMember) {
      try {
        await copy(this.#words(button.closest('.talk').dataset.seq, button.dataset.copyMember));
        toast(button.dataset.copied);
      } catch {
        toast(button.dataset.failed);
      }
    } else if (button.closest('.talk-earlier')) {
      await this.#showEarlier();
    }
  }

  /** All that was said with an event, however little of it is shown; what would do something instead of showing is a sign here as well. */
  async #words(seq, member) {
    const answer = await fetch(`${this.#section.dataset.history}?from_seq=${seq}&to_seq=${seq}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { events } = await answer.json();
    return visible(events[0].data[member]);
  }
}

function hasEnded(item) {
  return item.querySelector('.talk-outcome').textContent !== '';
}

function join(begun, ended) {
  begun.querySelector('.talk-outcome').replaceWith(ended.querySelector('.talk-outcome'));
  const seconds = (Date.parse(ended.dataset.at) - Date.parse(begun.dataset.at)) / 1000;
  if (seconds >= 0.1) begun.querySelector('.talk-took').textContent = duration(seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds));
  ended.remove();
}
