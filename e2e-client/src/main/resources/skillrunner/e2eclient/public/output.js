// What a program writes, as plain text: never as markup, and never more of it than a browser can hold.
const MOST = 400_000;
const KEPT = 300_000;

// Characters that would turn or hide the text around them become signs.
// eslint-disable-next-line no-control-regex
const ACTIVE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function visible(text) {
  return text.replaceAll('\r\n', '\n').replace(ACTIVE, (sign) => {
    const code = sign.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

export class Output {
  #element;
  #text = document.createTextNode('');
  #pending = '';
  #scheduled = false;
  #cut;

  constructor(element, { empty, cut }) {
    this.#element = element;
    this.#cut = cut;
    element.dataset.empty = empty;
    element.append(this.#text);
  }

  append(text) {
    this.#pending += text;
    if (this.#pending.length > MOST) this.#pending = this.#pending.slice(-KEPT);
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#show());
  }

  #show() {
    this.#scheduled = false;
    const element = this.#element;
    const follows = element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
    let whole = this.#text.data + visible(this.#pending);
    this.#pending = '';
    if (whole.length > MOST) whole = `${this.#cut}\n${whole.slice(whole.indexOf('\n', whole.length - KEPT) + 1 || -KEPT)}`;
    this.#text.data = whole;
    if (follows) element.scrollTop = element.scrollHeight;
  }
}
