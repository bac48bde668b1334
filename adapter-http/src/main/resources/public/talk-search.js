// Searches what is said in a conversation, by the keyboard alone if its reader likes: Enter goes on, with Shift back, Escape ends it.
// Nothing is changed in what is searched: the browser paints the matches.
const FOUND = 'talk-found';
const CURRENT = 'talk-current';
const paints = 'highlights' in CSS;

export class TalkSearch {
  #section;
  #conversation;
  #field;
  #state;
  #texts;
  #matches = [];
  #at = -1;

  constructor(section, conversation) {
    this.#section = section;
    this.#conversation = conversation;
    this.#field = section.querySelector('#talk-find');
    this.#state = section.querySelector('#talk-found');
    this.#texts = this.#state.dataset;
    this.#field.value = '';
    this.#field.addEventListener('input', () => this.#begin());
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    section.querySelector('#talk-previous').addEventListener('click', () => this.#step(-1));
    section.querySelector('#talk-next').addEventListener('click', () => this.#step(1));
    // What comes while somebody searches is searched as well.
    section.addEventListener('talk-changed', () => this.#again());
    section.addEventListener('change', (event) => event.target.dataset.shows && this.#again());
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  #pressed(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && this.#field.value) {
      event.preventDefault();
      this.#field.value = '';
      this.#begin();
    }
  }

  async #begin() {
    this.#at = -1;
    this.#find();
    if (!this.#field.value) return;
    // What is not loaded yet would be missed.
    if (await this.#conversation.loadEarlier(() => {
      this.#state.textContent = this.#texts.textLoading;
      return this.#field.value !== '';
    })) this.#find();
  }

  #again() {
    if (this.#field.value) this.#find();
  }

  #find() {
    const wanted = folded(this.#field.value);
    this.#matches = wanted ? this.#shown().flatMap((item) => matches(item, wanted)) : [];
    if (this.#at >= this.#matches.length) this.#at = -1;
    for (const name of ['#talk-previous', '#talk-next']) this.#section.querySelector(name).disabled = this.#matches.length === 0;
    this.#tell();
  }

  #shown() {
    const hidden = [...this.#section.querySelectorAll('[data-shows]')].filter((box) => !box.checked).map((box) => `talk-${box.dataset.shows}`);
    return [...this.#section.querySelectorAll('.talk')].filter((item) => !hidden.some((kind) => item.classList.contains(kind)));
  }

  #step(direction) {
    const count = this.#matches.length;
    if (count === 0) return;
    this.#at = this.#at < 0 ? (direction > 0 ? 0 : count - 1) : (this.#at + direction + count) % count;
    const match = this.#matches[this.#at];
    for (let fold = match.startContainer.parentElement.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    const list = this.#section.querySelector('.talk-list');
    const place = document.createRange();
    place.setStart(match.startContainer, match.startOffset);
    const box = place.getBoundingClientRect();
    const seen = list.getBoundingClientRect();
    list.scrollTop += box.top - seen.top - list.clientHeight / 3;
    list.scrollIntoView({ block: 'nearest' });
    this.#tell();
  }

  #tell() {
    const count = this.#matches.length;
    const { textMatches, textMatch, textNone, textAt } = this.#texts;
    if (!this.#field.value) this.#state.textContent = '';
    else if (this.#at >= 0) this.#state.textContent = textAt.replace('#1', this.#at + 1).replace('#2', count);
    else if (count === 0) this.#state.textContent = textNone;
    else this.#state.textContent = (count === 1 ? textMatch : textMatches).replace('#', count);
    const current = this.#matches[this.#at];
    for (const item of this.#section.querySelectorAll('.talk-current')) item.classList.remove('talk-current');
    current?.startContainer.parentElement.closest('.talk').classList.add('talk-current');
    if (!paints) return;
    CSS.highlights.set(FOUND, new Highlight(...this.#matches));
    CSS.highlights.set(CURRENT, new Highlight(...(current ? [current] : [])));
  }
}

/** Where a text stands in the words of an item, also across the borders of its parts; the labels of its buttons are no words. */
function matches(item, wanted) {
  const nodes = [];
  const starts = [];
  let all = '';
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // The command of a tool stands in its fold once more, and whole.
    if (node.parentElement.closest('button, time, .talk-command')) continue;
    nodes.push(node);
    starts.push(all.length);
    all += folded(node.data);
  }
  const found = [];
  for (let from = all.indexOf(wanted); from >= 0; from = all.indexOf(wanted, from + wanted.length)) {
    const first = last(starts, from);
    const end = last(starts, from + wanted.length - 1);
    // The browser need not keep thousands of them in step with the page.
    found.push(new StaticRange({
      startContainer: nodes[first],
      startOffset: from - starts[first],
      endContainer: nodes[end],
      endOffset: from + wanted.length - starts[end],
    }));
  }
  return found;
}

/** The last place that is not behind a position. */
function last(starts, position) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Without the difference of capitals, and as long as before, so that positions stay what they are. */
function folded(text) {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}
