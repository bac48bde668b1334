// The menu of an engine's ways to sign in: layers of items, made for pointer and keyboard alike.
const GAP = 4;
const menu = document.getElementById('auth-menu');
let opener = null;

menu.addEventListener('keydown', (event) => {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = all();
  const at = items.indexOf(document.activeElement);
  if (move) items.at((at + move) % items.length).focus();
  else if (event.key === 'Home') items[0].focus();
  else if (event.key === 'End') items.at(-1).focus();
  else if (event.key === 'ArrowRight') document.activeElement.matches('[aria-haspopup]') && document.activeElement.click();
  else if (event.key === 'ArrowLeft') menu.querySelector('[data-auth-back]')?.click();
  else if (event.key === 'Escape' || event.key === 'Tab') close(true);
  else return;
  if (event.key !== 'Tab') event.preventDefault();
});
document.addEventListener('pointerdown', (event) => {
  if (opener && !menu.contains(event.target) && !opener.contains(event.target)) close(false);
});
addEventListener('resize', () => close(false));

export function isOpenFor(button) {
  return opener === button;
}

/**
 * @param {HTMLElement} button what the menu belongs to
 * @param {string} label its name
 * @param items each with `label`, `hooks` and either `choose` or `items`, the next layer
 * @param {string} back how the way back is called
 */
export function open(button, label, items, back) {
  close(false);
  opener = button;
  button.setAttribute('aria-expanded', 'true');
  menu.showPopover();
  layer(label, items, back, null);
}

export function close(returns) {
  if (!opener) return;
  const button = opener;
  opener = null;
  menu.hidePopover();
  button.setAttribute('aria-expanded', 'false');
  if (returns) button.focus();
}

function layer(label, items, back, above) {
  menu.setAttribute('aria-label', label);
  const shown = items.map((item) => element(item, () => {
    if (item.items) {
      layer(item.label, item.items, back, () => {
        layer(label, items, back, above);
        all()[items.indexOf(item) + (above ? 1 : 0)].focus();
      });
    } else {
      close(true);
      item.choose();
    }
  }));
  const first = shown[0];
  if (above) shown.unshift(element({ label: back, hooks: { authBack: '' } }, above));
  menu.replaceChildren(...shown);
  place();
  first.focus();
}

function element(item, choose) {
  const made = document.createElement('button');
  made.type = 'button';
  made.setAttribute('role', 'menuitem');
  made.tabIndex = -1;
  made.append(item.label);
  if (item.note) {
    const note = document.createElement('code');
    note.textContent = item.note;
    made.append(note);
  }
  if (item.items) made.setAttribute('aria-haspopup', 'menu');
  Object.assign(made.dataset, item.hooks);
  made.addEventListener('click', choose);
  return made;
}

function all() {
  return [...menu.querySelectorAll('[role=menuitem]')];
}

/** Below its button, or above where there is more room; it stays beside it while the page is scrolled. */
function place() {
  const button = opener.getBoundingClientRect();
  const room = innerHeight - button.bottom - GAP;
  const above = menu.offsetHeight > room && button.top > room;
  const left = Math.max(GAP, Math.min(button.left, document.documentElement.clientWidth - menu.offsetWidth - GAP));
  menu.style.setProperty('left', `${left + scrollX}px`);
  menu.style.setProperty('top', `${(above ? button.top - GAP - menu.offsetHeight : button.bottom + GAP) + scrollY}px`);
}
