// One session that is shared by the whole server: what is done to it is done one after another, and it is looked at meanwhile.

export class OneAtATime {
  #pending = false;
  #deeds = 0;
  #changed;
  #failed;

  /**
   * @param {() => void} changed is called when something begins to be done, and when it is
   * @param {(error: Error) => Promise<void>} failed is called with what went wrong, before anything else can be done
   */
  constructor({ changed, failed }) {
    this.#changed = changed;
    this.#failed = failed;
  }

  /** Whether something is being done. */
  get pending() {
    return this.#pending;
  }

  /** Does something; nothing else can be begun meanwhile. */
  async act(what) {
    if (this.#pending) return;
    this.#pending = true;
    this.#deeds += 1;
    this.#changed();
    try {
      await what();
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#pending = false;
      this.#changed();
    }
  }

  /** Asks how things stand, and takes the answer unless something was done since: then it is out of date. */
  async look(ask, take) {
    const before = this.#deeds;
    const answer = await ask();
    if (this.#deeds === before) take(answer);
  }
}

/** Calls back now and then, and when a page is seen again. */
export function lookEvery(milliseconds, look) {
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', (event) => { if (event.persisted) look(); });
  setInterval(look, milliseconds);
}

/** Shows a line of the page with these words. */
export function notice(id, words) {
  const line = document.getElementById(id);
  line.textContent = words;
  line.hidden = false;
}
