// Moments in the reader's own language and time zone.
const language = document.documentElement.lang;
const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

export function localize(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.dateTime;
    time.textContent = format.format(moment);
  }
}
