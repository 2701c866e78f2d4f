import type { Call, Chain } from './chain';

/** Words of the language that no value has for its name. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'as', 'async', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'default', 'delete', 'do', 'else', 'export', 'extends',
  'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'of', 'return', 'super', 'switch', 'throw',
  'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while', 'with', 'yield',
]);

/** What belongs to the language or to Node, and reaches no database. */
const OBJECTS = new Set(['Array', 'Buffer', 'Date', 'JSON', 'Math', 'Number', 'Object', 'Promise', 'String', 'console', 'fs', 'path', 'process']);
const FUNCTIONS = new Set([
  'Array', 'BigInt', 'Boolean', 'Date', 'Error', 'Map', 'Number', 'Promise', 'RegExp', 'Set', 'String', 'TypeError', 'parseFloat', 'parseInt',
  'require',
]);
/** What lists, texts, files and promises have. */
const METHODS = new Set([
  'catch', 'concat', 'endsWith', 'every', 'filter', 'finally', 'flat', 'flatMap', 'forEach', 'includes', 'indexOf', 'join', 'map', 'push',
  'readFile', 'readFileSync', 'reduce', 'repeat', 'replace', 'replaceAll', 'reverse', 'slice', 'some', 'sort', 'split', 'startsWith', 'then',
  'toISOString', 'toLowerCase', 'toString', 'toUpperCase', 'trim',
]);

/** The first call of a chain that may reach a database by a way of its own. */
export function unknownCallIn({ root, calls }: Chain): Call | undefined {
  return calls.find(({ path, name }, index) => {
    if (path === root) {
      return index > 0 || !FUNCTIONS.has(root);
    }
    return name === undefined || !(METHODS.has(name) || (index === 0 && OBJECTS.has(root)));
  });
}

/** What only asks, or says how something is to be run. */
const OF_HANDLE = new Set([
  'schema.hasTable', 'schema.hasColumn', 'fn.now', 'fn.uuid', 'func', 'noTransaction', 'isUsingTransaction', 'timeout', 'transacting',
  'schema.timeout', 'schema.transacting', 'debug',
]);
const READ = new Set(['client', 'isTransaction', 'userParams']);

/** Whether a call on what a migration is given changes nothing in the database. */
export function isHarmlessOn({ root }: Chain, { path }: Call): boolean {
  return OF_HANDLE.has(path.slice(root.length + 1));
}

/** Whether a chain without calls only reads how a migration is run. */
export function isRead({ path }: Chain): boolean {
  return READ.has(path.split('.')[1]);
}
