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
  const children = [...fresh.childNodes];
  while (mine.childNodes.length > children.length) mine.lastChild.remove();
  children.forEach((child, index) => {
    if (index < mine.childNodes.length) morph(mine.childNodes[index], child);
    else mine.append(child);
  });
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
