import { App, Chart } from 'cdk8s';
import { Database, Env, External, Health, Migration, ZeroDowntimeService } from '../src';
import * as judging from '../src/migrations/declared/judge-sql';

/** What declaring services with one migration each takes, in milliseconds. */
export interface DeclaringSample {
  /** The first of a program, which loads the parser and the rules. */
  readonly first: number;
  /** The median of those after it. */
  readonly later: number;
}

const SERVICES = 40;

function measure(isJudged: boolean): DeclaringSample {
  if (!isJudged) {
    Object.assign(judging, { judgeSql: () => ({ problems: [], accepted: [] }) });
  }
  const [, first, ...later] = Array.from({ length: SERVICES }, (_, index) => timeOf(index));
  return { first, later: later.sort((one, other) => one - other)[Math.floor(later.length / 2)] };
}

/** The one before the first has none, and loads what any service needs. */
function timeOf(index: number): number {
  const chart = new Chart(new App(), 'shop');
  const start = performance.now();
  new ZeroDowntimeService(chart, 'orders', {
    image: 'registry.example.com/orders:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready' }),
    externals: [External.secret('database', ['url'])],
    database: Database.postgres({
      poolSize: 2,
      maxConnections: 100,
      url: Env.secretKey('database', 'url'),
      schemaEpoch: 2,
      migrations: index === 0 ? [] : [Migration.renameColumn({ table: 'orders', from: 'status', to: `state_${index}` })],
    }),
  });
  return performance.now() - start;
}

if (require.main === module) {
  process.stdout.write(JSON.stringify(measure(process.argv[2] === 'judged')));
}
