// A log of any length: only the rows that are seen are in the page.
import { FOLD, LONGEST_EVENT, rows } from './log-lines.js';

const ROW = 20;
const MARGIN_ROWS = 10;
// Browsers cut elements that are higher than some ten million pixels; a longer log is scrolled by proportion.
const MAX_HEIGHT = 8_000_000;
// So much of a line that has no end yet is laid out anew with each part of it.
const OPEN = 8192;

export class LogView {
  #element;
  #sizer = document.createElement('div');
  #window = document.createElement('div');
  #lines = [];
  #rows = [];
  #open = '';
  #openRows = 0;
  #readable = true;
  #follow = true;
  #scheduled = false;
  #emptyText = '';
  #matches = [];
  #match = -1;
  #needle = '';
  // Where the end stood when it was last followed; 0 while the log is not seen.
  #end = 0;

  /** Is called when a log that follows was scrolled up. */
  onScrolledUp = () => {};

  constructor(element) {
    this.#element = element;
    this.#window.className = 'log-rows';
    element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#schedule()).observe(element);
  }

  get rowCount() {
    return this.#rows.length;
  }

  /** Adds text; its last line may go on with the next one. */
  append(text) {
    const parts = (this.#open + text).split('\n');
    this.#rows.length -= this.#openRows;
    const first = this.#rows.length;
    this.#open = parts.pop();
    for (const line of parts) this.#add(line);
    this.#settle();
    this.#showOpenLine();
    this.#search(first);
    this.#schedule();
  }

  clear() {
    this.#matches = [];
    this.#match = -1;
    this.#lines = [];
    this.#rows = [];
    this.#open = '';
    this.#openRows = 0;
    this.#schedule();
  }

  /** What is said while there is nothing. */
  set emptyText(text) {
    this.#emptyText = text;
    this.#schedule();
  }

  set readable(value) {
    this.#readable = value;
    this.#rows = this.#lines.flatMap((line) => rows(line, value));
    this.#openRows = 0;
    this.#showOpenLine();
    this.find(this.#needle);
    this.#schedule();
  }

  set follow(value) {
    this.#follow = value;
    this.#schedule();
  }

  /** Marks the rows that hold a text. @return how many there are */
  find(needle) {
    this.#needle = needle;
    this.#match = -1;
    this.#search(0);
    this.#schedule();
    return this.#matches.length;
  }

  /** How many rows hold the text that was looked for, with those that came since. */
  get matchCount() {
    return this.#matches.length;
  }

  /** Looks for matches from a row on, since what stood there has changed. */
  #search(from) {
    while (this.#matches.length > 0 && this.#matches.at(-1) >= from) this.#matches.pop();
    if (this.#match >= this.#matches.length) this.#match = -1;
    const wanted = this.#needle.toLowerCase();
    for (let index = from; wanted && index < this.#rows.length; index += 1) {
      if (this.#rows[index].text.toLowerCase().includes(wanted)) this.#matches.push(index);
    }
  }

  /** Shows the next match, or the one before. */
  step(direction) {
    if (this.#matches.length === 0) return;
    const count = this.#matches.length;
    this.#match = (this.#match + direction + count + (this.#match < 0 && direction < 0 ? 1 : 0)) % count;
    this.#element.scrollTop = this.#scrollOf(this.#matches[this.#match]) - this.#element.clientHeight / 3;
    this.#schedule();
  }

  #add(line) {
    this.#lines.push(line);
    for (const row of rows(line, this.#readable)) this.#rows.push(row);
  }

  /** The beginning of a line that will never be read as an event stays as it is: a line of a hundred megabytes comes in thousands of parts. */
  #settle() {
    const most = this.#open.startsWith('{') ? LONGEST_EVENT : OPEN;
    if (this.#open.length <= most) return;
    let end = this.#open.length - (this.#open.length % FOLD);
    // Neither a character nor the end of a line is cut in two.
    if (/[\uD800-\uDBFF\r]/.test(this.#open[end - 1])) end -= 1;
    this.#add(this.#open.slice(0, end));
    this.#open = this.#open.slice(end);
  }

  #showOpenLine() {
    const open = this.#open ? rows(this.#open, false) : [];
    this.#openRows = open.length;
    this.#rows.push(...open);
  }

  #scrolled() {
    const element = this.#element;
    // A log that became shorter or higher stands at its end all the same.
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 2;
    if (this.#follow && element.scrollTop < this.#end && !isAtEnd) this.onScrolledUp();
    this.#schedule();
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#render();
    });
  }

  get #height() {
    return Math.min(MAX_HEIGHT, this.#rows.length * ROW);
  }

  /** Rows for each pixel of scrolling; one row height unless the log is too long for that. */
  #scrollOf(row) {
    const span = this.#rows.length * ROW;
    return span <= MAX_HEIGHT ? row * ROW : (row / this.#rows.length) * MAX_HEIGHT;
  }

  #render() {
    const element = this.#element;
    if (this.#rows.length === 0) {
      const empty = document.createElement('p');
      empty.className = 'log-empty';
      empty.textContent = this.#emptyText;
      element.replaceChildren(empty);
      return;
    }
    if (this.#sizer.parentElement !== element) element.replaceChildren(this.#sizer, this.#window);
    this.#sizer.style.height = `${this.#height}px`;
    if (this.#follow) {
      element.scrollTop = element.scrollHeight;
      this.#end = element.scrollTop;
    }
    const top = element.scrollTop;
    const scaled = this.#rows.length * ROW > MAX_HEIGHT;
    const first = scaled ? Math.floor((top / MAX_HEIGHT) * this.#rows.length) : Math.floor(top / ROW);
    const seen = Math.ceil(element.clientHeight / ROW);
    // The last rows fit above the lower edge, also of a log that is scaled, or that has just become shorter than what was
    // scrolled.
    const anchor = Math.min(first, Math.max(0, this.#rows.length - seen));
    const from = Math.max(0, anchor - MARGIN_ROWS);
    const to = Math.min(this.#rows.length, anchor + seen + MARGIN_ROWS);
    const matches = new Set(this.#matches);
    const current = this.#matches[this.#match];
    this.#window.style.transform = `translateY(${scaled ? top - (anchor - from) * ROW : from * ROW}px)`;
    // Elements are kept from picture to picture; only what they say changes.
    while (this.#window.children.length > to - from) this.#window.lastElementChild.remove();
    while (this.#window.children.length < to - from) {
      const row = document.createElement('div');
      row.append('');
      this.#window.append(row);
    }
    for (let index = from; index < to; index += 1) {
      const row = this.#window.children[index - from];
      const { kind, text } = this.#rows[index];
      let look = `log-row log-row-${kind}`;
      if (index === current) look += ' log-row-current';
      else if (matches.has(index)) look += ' log-row-match';
      if (row.className !== look) row.className = look;
      if (row.firstChild.data !== text) row.firstChild.data = text;
    }
  }
}
