// Parts of the document of the API: the program that shows it makes whatever it is given into its own kind of things and takes it
// apart, each time.

/** What the list of operations shows of one. */
const LISTED = ['tags', 'summary', 'operationId', 'deprecated', 'security'];

/**
 * @param {object} whole the document
 * @returns {object} the document as far as it is drawn before anything in it is opened
 */
export function contentsOf(whole) {
  const { securitySchemes, schemas } = whole.components;
  return { ...whole, paths: mapped(whole.paths, (item) => mapped(item, listed)), components: { securitySchemes, schemas } };
}

function listed(value) {
  if (value?.operationId === undefined) return value;
  return Object.fromEntries(LISTED.filter((name) => name in value).map((name) => [name, value[name]]));
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/**
 * @param {object} whole the document
 * @param {string[]} path a place in it
 * @returns {any} what stands there, if anything does
 */
export function valueAt(whole, path) {
  return path.reduce((found, name) => found?.[name], whole);
}

/**
 * @param {any} value a part of the document
 * @returns {boolean} whether it takes anything from elsewhere
 */
export function refersTo(value) {
  if (value === null || typeof value !== 'object') return false;
  return '$ref' in value || '$dynamicRef' in value || Object.values(value).some(refersTo);
}

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
    const value = valueAt(whole, place);
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
  const own = valueAt(whole, path)?.operationId;
  links.delete(own);
  for (const id of links) part.paths[`/${id}`] = { get: { operationId: id, responses: {} } };
  return part;
}

function plain(name) {
  return decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
}
