// Calls a person to a run that waits for them: by a mark in the title and in the tab's icon, and by a notification if they asked for it.
const CHOICE = 'skill-runner-notify';
const ENDED = ['succeeded', 'failed', 'canceled'];
const icon = document.querySelector('link[rel=icon]');
const plainIcon = icon.href;
const supported = 'Notification' in window && window.isSecureContext;

export class Attention {
  #button;
  // The question that somebody was called to, or was there already.
  #question = null;

  constructor(button) {
    this.#button = button;
    if (!supported) return;
    button.addEventListener('click', () => this.#choose());
    // The choice is one for all tabs.
    addEventListener('storage', (event) => event.key === CHOICE && this.#show());
    this.#show();
  }

  /** Tells where the run is, and whether it was elsewhere before. */
  show(run, moved) {
    const waits = run.dataset.status === 'waiting_user';
    const question = waits ? document.querySelector('.question-form [name=interaction_id]')?.value ?? '' : null;
    this.#button.hidden = !supported || ENDED.includes(run.dataset.status);
    document.title = `${waits ? '● ' : ''}${run.dataset.title} · Skill Runner`;
    icon.href = waits ? plainIcon.replace(/icon\.svg$/, 'icon-waiting.svg') : plainIcon;
    if (waits && moved && question !== this.#question && this.#chosen() && (document.hidden || !document.hasFocus())) this.#call(run);
    this.#question = question;
  }

  #chosen() {
    return supported && Notification.permission === 'granted' && localStorage.getItem(CHOICE) === 'on';
  }

  async #choose() {
    if (this.#chosen()) {
      localStorage.removeItem(CHOICE);
    } else if (await Notification.requestPermission() === 'granted') {
      localStorage.setItem(CHOICE, 'on');
    }
    this.#show();
  }

  #show() {
    const on = this.#chosen();
    const text = this.#button.dataset;
    this.#button.setAttribute('aria-pressed', String(on));
    this.#button.title = Notification.permission === 'denied' ? text.textDenied : '';
    this.#button.textContent = on ? text.textOn : text.textOff;
  }

  /** Says nothing that an agent wrote. One for each run, however many tabs show it. */
  #call(run) {
    try {
      const call = new Notification(run.dataset.title, { body: this.#button.dataset.textBody, tag: location.pathname, icon: plainIcon });
      call.addEventListener('click', () => {
        window.focus();
        call.close();
      });
    } catch {
      // Some browsers leave them to what runs without a page; the title says it all the same.
    }
  }
}
