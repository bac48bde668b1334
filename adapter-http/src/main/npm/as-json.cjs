// Writes a document of YAML as JSON: as-json.cjs FROM TO. What JSON can't say (dates, keys that are no text) is refused.
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { CORE_SCHEMA, load } = require('js-yaml');

const [, , from, to] = process.argv;
writeFileSync(`${to}.making`, JSON.stringify(load(readFileSync(from, 'utf8'), { schema: CORE_SCHEMA, filename: from })));
renameSync(`${to}.making`, to);
