import { folderWith, run } from './run';
import { ExitCode } from '../../src/cli/exit-code';

async function plan(changes: string, ...options: string[]) {
  return run(['migrations', 'plan', `${folderWith({ 'changes.yaml': changes })}/changes.yaml`, ...options]);
}

const RETYPE = '- sql:\n    title: quick\n    expand: ["ALTER TABLE orders ALTER COLUMN total TYPE bigint"]\n';
const JSON_COLUMN = '- addColumn: { table: orders, column: a, type: json }\n';

test('changes whose SQL a running version would notice are refused, all together', async () => {
  const { code, out, error } = await plan(RETYPE + JSON_COLUMN);
  expect([code, out]).toEqual([ExitCode.BAD_INPUT, '']);
  const [first, second, ...others] = error.trim().split('\n');
  expect(first).toMatch(/changes\.yaml: change 1, sql "quick", expand 1 "ALTER TABLE orders .*" breaks alter-type-\w+: .*; declare it as Migration\.changeColumnType, or accept it by the comment -- zero-downtime\/accepted\.alter-type-\w+: REASON before it$/);
  expect(second).toMatch(/changes\.yaml: change 2, addColumn, expand 1 ".*" breaks add-column-json: .*, or accept it by --ignore 'add-column-json=REASON'$/);
  expect(others).toEqual([]);
});

test('and taken where somebody says why', async () => {
  expect(await plan(JSON_COLUMN, '--ignore', 'add-column-json=nobody compares it')).toMatchObject({ code: ExitCode.OK, error: '' });
  expect(await plan(JSON_COLUMN, '--ignore', 'add-column-jsn=why')).toMatchObject({
    code: ExitCode.BAD_INPUT, error: expect.stringContaining('"add-column-jsn" is no rule for migrations; did you mean "add-column-json"?'),
  });
  expect(await plan(RETYPE.replace('["ALTER', '["-- zero-downtime/accepted.alter-type-rewrites: it is empty\\nALTER'))).toMatchObject({ code: ExitCode.OK, error: '' });
});

test('run refuses them before it connects', async () => {
  const folder = folderWith({ 'changes.yaml': JSON_COLUMN });
  const { code, error } = await run(['migrations', 'run', `${folder}/changes.yaml`, '--database', 'postgresql://me:hidden@127.0.0.1:1/none']);
  expect([code, error]).toEqual([ExitCode.BAD_INPUT, expect.stringContaining('breaks add-column-json')]);
});
