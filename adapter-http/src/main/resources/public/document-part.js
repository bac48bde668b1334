// What one operation needs of the document of the API: the program that shows it takes apart whatever it is given, each time.

/**
 * @param {object} whole the document
 * @param {string[]} path where what is wanted stands
 * @returns {object} a document with that, at the same place, and with everything it refers to
 */
export function partOf(whole, path) {
  const part = { ...whole, paths: {}, components: {} };
  const taken = new Set();
  const links = new Set();

  function take(place) {
    const key = JSON.stringify(place);
    const value = place.reduce((found, name) => found?.[name], whole);
    if (taken.has(key) || value === undefined) return;
    taken.add(key);
    const folder = place.slice(0, -1).reduce((found, name) => (found[name] ??= {}), part);
    folder[place.at(-1)] = value;
    follow(value);
  }

  function follow(value) {
    if (typeof value === 'string' && value.startsWith('#/')) take(value.slice(2).split('/').map(plain));
    else if (value !== null && typeof value === 'object') {
      if (typeof value.operationId === 'string' && value.responses === undefined) links.add(value.operationId);
      Object.values(value).forEach(follow);
    }
  }

  take(path);
  // A link is to an operation, of which nothing but its name is looked at.
  const own = path.reduce((found, name) => found?.[name], whole)?.operationId;
  links.delete(own);
  for (const id of links) part.paths[`/${id}`] = { get: { operationId: id, responses: {} } };
  return part;
}

function plain(name) {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
}
