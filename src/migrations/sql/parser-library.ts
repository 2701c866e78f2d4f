import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';
import { compileFunction, createContext, runInContext, type Context } from 'vm';

type Library = typeof import('libpg-query');

/** What is used of WebAssembly; its own types come with those of browsers. */
const { Module, Instance } = (globalThis as unknown as {
  readonly WebAssembly: { readonly Module: new (binary: Uint8Array) => object; readonly Instance: new (module: object, imports: object) => object };
}).WebAssembly;

/** Makes the module of Emscripten, asynchronously; whoever makes the instance himself may do so at once. */
type Factory = (options: { readonly instantiateWasm: (imports: object, done: (instance: object) => void) => object }) => Promise<object>;

const ENTRY = 'libpg-query';
const FACTORY = './libpg-query.js';
const BINARY = 'libpg-query.wasm';

/**
 * PostgreSQL's own parser, ready when this returns.
 *
 * The library awaits what its WebAssembly is made of, and a construct may wait for nothing. So it is run in a context with a queue of promises of its
 * own, which is emptied before the call returns (`microtaskMode` of Node.js), and is given an instance that is made at once. No thread, no waiting.
 */
export function parserLibrary(): Library {
  const entry = require.resolve(ENTRY);
  const requireFrom = createRequire(entry);
  const folder = dirname(entry);
  const binary = new Module(readFileSync(join(folder, BINARY)));
  const context = createContext({ process, console, TextDecoder, JSON, Error, TypeError }, { microtaskMode: 'afterEvaluate' });
  const factory = evaluated<Factory>(join(folder, FACTORY), context, requireFrom);
  const made = () => factory({ instantiateWasm: (imports, done) => (done(new Instance(binary, imports)), {}) });
  const library = evaluated<Library>(entry, context, (name) => name === FACTORY ? { __esModule: true, default: made } : requireFrom(name));
  // Whatever is evaluated empties the queue.
  runInContext('undefined', context);
  return library;
}

/** What a file of the library exports, where its promises are those of the context. */
function evaluated<T>(file: string, context: Context, requireFrom: (name: string) => unknown): T {
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
  const run = compileFunction(readFileSync(file, 'utf8'), parameters, { parsingContext: context, filename: file }) as (...values: unknown[]) => void;
  const module = { exports: {} };
  run(module.exports, requireFrom, module, file, dirname(file));
  return module.exports as T;
}
