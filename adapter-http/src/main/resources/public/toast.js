// A short word in the corner that goes away by itself.
const LONG_ENOUGH_MILLISECONDS = 2500;
const PER_CHARACTER_MILLISECONDS = 60;

export function toast(text) {
  const element = document.createElement('div');
  element.className = 'toast';
  element.textContent = text;
  document.getElementById('toasts').append(element);
  setTimeout(() => element.remove(), LONG_ENOUGH_MILLISECONDS + text.length * PER_CHARACTER_MILLISECONDS);
}
