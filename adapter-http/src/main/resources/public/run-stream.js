// Follows a run over the server's event stream. After a break it goes on exactly where it was, by offsets.
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 10_000;

export class RunStream {
  #address;
  #listener;
  #source = null;
  #timer = 0;
  #wait = FIRST_WAIT;
  #positions;

  /** The listener has output(stream, text, from, to), event(seq, type), status(name, stall), end(data), lost(), connected(). */
  constructor(address, positions, listener) {
    this.#address = address;
    this.#positions = { ...positions };
    this.#listener = listener;
  }

  get positions() {
    return { ...this.#positions };
  }

  open() {
    const { stdout, stderr, cursor } = this.#positions;
    const source = new EventSource(
      `${this.#address}?streams=log,chat&stdout_from=${stdout}&stderr_from=${stderr}&cursor=${cursor}`,
    );
    this.#source = source;
    const on = (name, action) => source.addEventListener(name, (event) => action(JSON.parse(event.data)));
    on('snapshot', (data) => {
      this.#wait = FIRST_WAIT;
      this.#positions.stdout = data.stdout_offset;
      this.#positions.stderr = data.stderr_offset;
      this.#listener.connected(data);
      this.#listener.status(data.status);
    });
    for (const stream of ['stdout', 'stderr']) on(stream, (data) => this.#output(stream, data));
    on('chat_event', (data) => {
      this.#positions.cursor = data.seq;
      this.#listener.event(data.seq, data.type);
    });
    on('status', (data) => this.#listener.status(data.status, data.stall?.kind));
    on('end', (data) => {
      this.close();
      this.#listener.end(data);
    });
    source.onerror = () => this.#retry();
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #output(stream, data) {
    if (data.from !== this.#positions[stream]) {
      // Never show output with a hole in it: ask again from where we are.
      this.#retry();
      return;
    }
    this.#positions[stream] = data.to;
    this.#listener.output(stream, data.chunk, data.from, data.to);
  }

  #retry() {
    this.close();
    this.#listener.lost();
    this.#timer = setTimeout(() => this.open(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}
