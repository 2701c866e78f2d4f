'use strict';
// In a checkout the command line runs from the sources wherever lib/ is absent or older; a package holds lib/ alone.
const { existsSync, readdirSync, statSync } = require('fs');
const { join } = require('path');

const root = join(__dirname, '..');
const sources = join(root, 'src');
// One file, because to load some four hundred takes longer than most commands run.
const bundle = join(root, 'lib/cli/run.bundle.js');
const compiled = join(root, 'lib/cli/run.js');

function newestIn(folder) {
  let newest = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    newest = Math.max(newest, statSync(join(folder, name)).mtimeMs);
  }
  return newest;
}

function load() {
  const newest = existsSync(sources) ? newestIn(sources) : 0;
  const built = [bundle, compiled].find((file) => existsSync(file) && statSync(file).mtimeMs >= newest);
  if (built) {
    return require(built);
  }
  require('ts-node').register({ transpileOnly: true, project: join(root, 'test/tsconfig.json') });
  return require(join(sources, 'cli/run.ts'));
}

exports.run = () => load().run();
