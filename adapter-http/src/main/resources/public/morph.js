// Makes a part of a page equal to a fresh copy of it and leaves alone what is equal already: nothing that is selected,
// scrolled, focused or unfolded is lost.
export function morph(mine, fresh) {
  if (mine.isEqualNode(fresh)) return;
  if (mine.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
    // Text that only grew keeps the selection in what was there before.
    if (fresh.data.startsWith(mine.data)) mine.appendData(fresh.data.slice(mine.data.length));
    else mine.data = fresh.data;
    return;
  }
  if (mine.nodeName !== fresh.nodeName || mine.id !== fresh.id) {
    mine.replaceWith(fresh);
    return;
  }
  attributes(mine, fresh);
  children(mine, fresh);
}

/** What has a name is found again, whatever came or went before it. */
function children(mine, fresh) {
  let here = mine.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = child.id ? following(here, child.id) : null;
    while (same && here !== same) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
    if (!here || (!same && isNamed(here) && fresh.querySelector(`:scope > #${CSS.escape(here.id)}`))) {
      mine.insertBefore(child, here);
    } else {
      const next = here.nextSibling;
      morph(here, child);
      here = next;
    }
  }
  while (here) {
    const gone = here;
    here = here.nextSibling;
    gone.remove();
  }
}

function following(from, id) {
  for (let node = from; node; node = node.nextSibling) {
    if (node.id === id) return node;
  }
  return null;
}

function isNamed(node) {
  return node.nodeType === Node.ELEMENT_NODE && node.id !== '';
}

function attributes(mine, fresh) {
  // What its reader has touched stays folded or unfolded as it is.
  const kept = mine.hasAttribute('data-touched') ? ['open', 'data-touched'] : [];
  for (const { name } of [...mine.attributes]) {
    if (!fresh.hasAttribute(name) && !kept.includes(name)) mine.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!kept.includes(name) && mine.getAttribute(name) !== value) mine.setAttribute(name, value);
  }
}
