// Moments and running clocks, in the reader's own language and time zone.
const language = document.documentElement.lang;
const today = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
const otherDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
const STEPS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** Shows every moment below an element as local time, or as how long ago it is; the exact moment stays in the title. */
export function localize(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    if (time.hasAttribute('data-relative')) {
      time.title = otherDay.format(moment);
      age(time);
    } else {
      const sameDay = moment.toDateString() === new Date().toDateString();
      time.title = time.dateTime;
      time.textContent = (sameDay ? today : otherDay).format(moment);
    }
  }
}

/** Lets the clocks of what is still working run, and moments grow older. */
export function tick() {
  document.querySelectorAll('time[data-relative]').forEach(age);
  for (const clock of document.querySelectorAll('[data-since]')) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.since)) / 1000));
    clock.textContent = duration(seconds);
  }
}

/** How long something takes, in the words of the server. */
export function duration(seconds) {
  const words = document.body.dataset;
  const said = (text, first, second) => text.replace('#1', first).replace('#2', second);
  if (seconds < 60) return said(words.durationSeconds, seconds);
  if (seconds < 3600) return said(words.durationMinutes, Math.floor(seconds / 60), seconds % 60);
  return said(words.durationHours, Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60));
}

function age(time) {
  const moment = Date.parse(time.dateTime);
  if (Number.isNaN(moment)) return;
  // A clock that is behind the server's has seen nothing of the future.
  const seconds = Math.max(0, Math.floor((Date.now() - moment) / 1000));
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? STEPS.at(-1);
  const text = ago.format(-Math.floor(seconds / length), unit);
  if (time.textContent !== text) time.textContent = text;
}
