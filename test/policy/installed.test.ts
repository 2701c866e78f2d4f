import { spawnSync } from 'child_process';
import { requireInstalled } from '../../src/policy/installed';

const SENTENCE = 'zero-downtime/pulumi/policy needs @pulumi/policy, which is not installed; run: npm install @pulumi/policy';

test('what is not installed is told in one sentence, without a stack trace', () => {
  const resolve = () => {
    throw new Error('Cannot find module');
  };
  expect(() => requireInstalled(resolve)).toThrow(expect.objectContaining({ message: SENTENCE, stack: `Error: ${SENTENCE}` }));
});

test('nothing is told where it is installed', () => {
  expect(() => requireInstalled(() => '/node_modules/@pulumi/policy/index.js')).not.toThrow();
});

/** Imports the entry in a process where Node does not find the SDK. */
function imported(missing: string): ReturnType<typeof spawnSync> {
  const hide = `const { _resolveFilename } = require('module'); require('module')._resolveFilename = function (name, ...rest) {
    if (name === ${JSON.stringify(missing)}) { throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' }); }
    return _resolveFilename.call(this, name, ...rest); };`;
  return spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', `${hide} require('./src/policy');`], { encoding: 'utf8' });
}

test('the entry says it first', () => {
  const { stderr, status } = imported('@pulumi/policy');
  expect(status).toBe(1);
  expect(stderr).toContain(SENTENCE);
  expect(stderr).not.toMatch(/^\s+at /m);
}, 60_000);

test('the entry needs no SDK of Kubernetes or AWS', () => {
  expect([imported('@pulumi/kubernetes').status, imported('@pulumi/aws').status]).toEqual([0, 0]);
}, 60_000);
