import { readFileSync } from 'fs';
import { join } from 'path';
import Ajv from 'ajv';
import { CHECKOUT } from './checkout';
import { attempt, describeUnless, run } from './command';
import { whyNoGo } from './go-tool';

/** A published module that holds the schema of SARIF 2.1.0 as it is. */
const HOLDER = 'github.com/securego/gosec/v2@v2.30.0';
const SCHEMA = 'report/sarif/testdata/sarif-schema-2.1.0.json';

describeUnless(whyNoGo(), 'the SARIF output, by the schema of SARIF 2.1.0', () => {
  let validate: ReturnType<Ajv['compile']>;

  beforeAll(async () => {
    const { Dir } = JSON.parse(await run('go', ['mod', 'download', '-json', HOLDER], { seconds: 300, cwd: '/' }));
    // It is written for an older draft, and uses nothing in which that differs but these two names.
    const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(join(Dir, SCHEMA), 'utf8'));
    validate = new Ajv({ strict: false, formats: { 'uri': true, 'uri-reference': true, 'date-time': true } }).compile(schema);
  });

  test.each([
    ['check', ['--severity', 'info'], 1],
    ['check', ['--ignore', 'missing-pre-stop=for the test'], 1],
    ['verify', [], 1],
    ['verify', ['--assume', 'propagation-seconds.clusterInternal=0'], 3],
  ])('%s %j is valid', async (command, options, status) => {
    const args = [join(CHECKOUT, 'bin/zero-downtime'), command, 'examples/manifests/payments.yaml', '--format', 'sarif', ...options];
    const outcome = await attempt(process.execPath, args, { cwd: CHECKOUT });
    expect(outcome).toMatchObject({ status, stderr: '' });
    const log = JSON.parse(outcome.stdout);
    expect(validate(log) ? [] : validate.errors).toEqual([]);
    expect(log.runs[0].results.length).toBeGreaterThan(0);
  });

  test('refuses a log with a misspelt level', () => {
    const result = { message: { text: 'text' }, level: 'eror' };
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'name' } }, results: [result] }] })).toBe(false);
  });
});
