// Says when the server can't be reached, whoever noticed. Each part of a page reports for itself.
const lostBy = new Set();

export function lost(part) {
  lostBy.add(part);
  show();
}

export function restored(part) {
  lostBy.delete(part);
  show();
}

function show() {
  document.getElementById('connection').hidden = lostBy.size === 0;
}
