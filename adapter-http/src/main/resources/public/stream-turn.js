// All tabs of one browser together hold two streams at most, for it has few connections to one server: the tab that is worked in keeps
// one, and the others that are seen take turns with the other. Whoever's turn comes goes on where it was.
const FRONT = 'skill-runner-stream-front';
const SHARED = 'skill-runner-stream-shared';
const TURN = 1000;
const LOOK = 250;

// Without them, which is how a browser treats an address it does not trust, each tab that is seen holds its own.
const locks = navigator.locks;

export class StreamTurn {
  #open;
  #close;
  #held = new Map();
  #asked = new Map();
  #wanted = false;
  #since = 0;
  #channel = null;

  /** Calls open when the turn comes, and close when it is over. */
  constructor(open, close) {
    this.#open = open;
    this.#close = close;
    if (!locks) return;
    this.#channel = new BroadcastChannel(FRONT);
    this.#channel.addEventListener('message', () => this.#giveUp(FRONT));
    addEventListener('focus', () => this.#wanted && this.#toFront());
    setInterval(() => this.#share(), LOOK);
  }

  /** Asks for a turn, and after it for the next one. */
  want() {
    if (this.#wanted) return;
    this.#wanted = true;
    if (!locks) {
      this.#open();
      return;
    }
    this.#ask(SHARED);
    if (document.hasFocus()) this.#toFront();
  }

  /** Needs no turn any more. */
  leave() {
    const had = !locks || this.#held.size > 0;
    if (this.#wanted && had) this.#close();
    this.#wanted = false;
    this.#drop(FRONT);
    this.#drop(SHARED);
  }

  #toFront() {
    if (this.#held.has(FRONT) || this.#asked.has(FRONT)) return;
    // Whoever has it hears of it before this tab stands in line.
    this.#channel.postMessage('');
    this.#ask(FRONT);
  }

  #ask(name) {
    if (this.#held.has(name) || this.#asked.has(name)) return;
    const asked = new AbortController();
    this.#asked.set(name, asked);
    locks.request(name, { signal: asked.signal }, () => this.#granted(name, asked)).catch(() => {
      // It was not wanted any more.
    });
  }

  #granted(name, asked) {
    if (this.#asked.get(name) !== asked) return undefined;
    this.#asked.delete(name);
    const first = this.#held.size === 0;
    const until = new Promise((release) => this.#held.set(name, release));
    if (this.#held.has(FRONT)) this.#drop(SHARED);
    if (first) {
      this.#since = Date.now();
      this.#open();
    }
    return until;
  }

  #drop(name) {
    this.#asked.get(name)?.abort();
    this.#asked.delete(name);
    this.#held.get(name)?.();
    this.#held.delete(name);
  }

  /** Lets another tab have it, and stands in line again. */
  #giveUp(name) {
    if (!this.#held.has(name)) return;
    this.#close();
    this.#drop(name);
    this.#ask(SHARED);
  }

  async #share() {
    if (this.#held.size === 0 || Date.now() - this.#since < TURN) return;
    const { pending } = await locks.query();
    const isWaitedFor = (name) => pending.some((one) => one.name === name);
    if (isWaitedFor(SHARED)) this.#giveUp(SHARED);
    // Two tabs may have come to the front at once.
    if (isWaitedFor(FRONT) && !document.hasFocus()) this.#giveUp(FRONT);
  }
}
