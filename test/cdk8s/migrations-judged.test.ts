import { App, Chart } from 'cdk8s';
import { type Database, Migration } from '../../src';
import { ZeroDowntimeService } from '../../src/cdk8s/zero-downtime-service';
import { errorOf, MINIMAL } from '../plan/declare';
import { migrating } from '../plan/migrations/migrating';

const CHECK = Migration.addCheck({ table: 'orders', constraint: 'paid', check: 'total > random()' });
const WHOLE = Migration.sql({ title: 'reset', expand: ['UPDATE orders SET total = 0'] });

function declare(...[options, props]: Parameters<typeof migrating>): { readonly chart: Chart; readonly make: () => ZeroDowntimeService } {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  return { chart, make: () => new ZeroDowntimeService(chart, 'orders', { ...MINIMAL, ...migrating(options, props) }) };
}

describe('the SQL of migrations is judged when the service is declared', () => {
  test('and what is wrong is told with the construct, the migration and what to do', () => {
    expect(errorOf(declare({ migrations: [CHECK] }).make).message).toBe(
      '[shop/orders] Migration.addCheck check "total > random()" must give the same value whenever it is worked out, and random() does not; make it of the columns of the row');
  });

  test('and with all that is wrong besides', () => {
    const { make } = declare({ migrations: [CHECK], contracts: [Migration.notNull({ table: 'orders', column: 'a', value: '(' })] }, { port: 0 });
    expect(errorOf(make).problems).toEqual([
      'port 0 must be a whole number from 1 to 65535',
      expect.stringContaining('Migration.addCheck check "total > random()"'),
      expect.stringContaining('Migration.notNull value "("'),
    ]);
  });

  test('and nothing is made', () => {
    const { chart, make } = declare({ migrations: [WHOLE] });
    expect(errorOf(make).message).toContain('breaks whole-table-write');
    expect(chart.toJson()).toEqual([]);
  });

  test('and what is accepted is told by the plan, and by no annotation', () => {
    const service = declare({ migrations: [WHOLE], accept: { 'whole-table-write': 'it has five rows' } }).make();
    expect(service.plan.warnings).toContainEqual({ id: 'whole-table-write', text: expect.stringContaining('"UPDATE orders SET total = 0"'), acceptedBecause: 'it has five rows' });
    expect(service.plan.explain()).toContain('whole-table-write: accepted: it has five rows');
    expect(JSON.stringify(service.deployment.toJson())).not.toContain('whole-table-write');
  });

  test('and a reason must be given', () => {
    expect(errorOf(() => migrating({ accept: { 'whole-table-write': ' ' } })).message).toBe('Database accept "whole-table-write" must not be empty');
  });
});

test('whoever declares no migration loads neither the rules nor the parser', () => {
  jest.isolateModules(() => {
    const loaded = jest.fn();
    jest.doMock('../../src/migrations/declared/check-declared', () => loaded() ?? { checkDeclared: () => ({ problems: [], accepted: [] }) });
    jest.doMock('../../src/migrations/sql/parser-library', () => ({ parserLibrary: () => loaded() ?? { parseSync: () => ({}) } }));
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const library = require('../../src') as typeof import('../../src');
    const declared = (id: string, database?: Database) => new library.ZeroDowntimeService(new Chart(new App(), 'shop'), id, { ...MINIMAL, ...migrating(), database });
    declared('orders');
    expect(loaded).not.toHaveBeenCalled();
    declared('orders', migrating().database);
    expect(loaded).toHaveBeenCalledTimes(2);
  });
});
