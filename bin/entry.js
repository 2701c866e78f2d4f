'use strict';
// In a checkout the command line runs from the sources wherever lib/ is absent or older; a package holds lib/ alone.
const { existsSync, readdirSync, statSync } = require('fs');
const { join } = require('path');

const root = join(__dirname, '..');
const built = join(root, 'lib/cli/main.js');

function newestIn(folder) {
  let newest = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    newest = Math.max(newest, statSync(join(folder, name)).mtimeMs);
  }
  return newest;
}

function isBuilt() {
  const sources = join(root, 'src');
  return existsSync(built) && (!existsSync(sources) || statSync(built).mtimeMs >= newestIn(sources));
}

function load(module) {
  if (isBuilt()) {
    return require(join(root, 'lib/cli', module));
  }
  require('ts-node').register({ transpileOnly: true, project: join(root, 'test/tsconfig.json') });
  return require(join(root, 'src/cli', `${module}.ts`));
}

exports.run = () => {
  const { main } = load('main');
  const { processIo } = load('command-io');
  main(process.argv.slice(2), processIo()).then((code) => {
    process.exitCode = code;
  }, (error) => {
    process.stderr.write(`zero-downtime failed, which is its own fault: ${error.message}\n`);
    process.exitCode = 70;
  });
};
