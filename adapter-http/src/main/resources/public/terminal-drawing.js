// Draws output in its order, and says how much of it was drawn: what was recorded before, then what comes.

const ACKNOWLEDGED_AT_LEAST = 16 * 1024;

export class Drawing {
  #terminal;
  #acknowledge;
  #run = 0;
  #received = 0;
  #drawn = 0;
  #acknowledged = 0;
  #recorded = Infinity;
  #begun = () => {};

  /**
   * @param {Terminal} terminal draws
   * @param {(bytes: number) => void} acknowledge is told how much was drawn since the beginning
   */
  constructor(terminal, acknowledge) {
    this.#terminal = terminal;
    this.#acknowledge = acknowledge;
  }

  /** Whether the screen is as it was and what comes is new. */
  get isLive() {
    return this.#drawn >= this.#recorded;
  }

  /**
   * A new connection: the screen is drawn anew.
   * @param {number} recorded so many bytes of what was shown before come first
   * @param {() => void} begun called when they are drawn
   */
  begin(recorded, begun) {
    this.#run += 1;
    this.#received = 0;
    this.#drawn = 0;
    this.#acknowledged = 0;
    this.#recorded = Infinity;
    this.#begun = begun;
    const run = this.#run;
    // Behind what an earlier connection has left to draw.
    this.#terminal.write('\x1bc', () => {
      if (run !== this.#run) return;
      this.#recorded = recorded;
      this.#look(0);
    });
  }

  draw(bytes) {
    const run = this.#run;
    this.#received += bytes.length;
    this.#terminal.write(bytes, () => {
      if (run === this.#run) this.#look(bytes.length);
    });
  }

  /** What is still to be drawn is drawn, and counts no more. */
  stop() {
    this.#run += 1;
    this.#recorded = Infinity;
  }

  #look(count) {
    const before = this.isLive && count > 0 && this.#drawn >= this.#recorded;
    this.#drawn += count;
    if (this.#drawn - this.#acknowledged >= ACKNOWLEDGED_AT_LEAST || this.#drawn === this.#received) {
      this.#acknowledged = this.#drawn;
      if (count > 0) this.#acknowledge(this.#drawn);
    }
    if (!before && this.isLive) {
      const begun = this.#begun;
      this.#begun = () => {};
      begun();
    }
  }
}
