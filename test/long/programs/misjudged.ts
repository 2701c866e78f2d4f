import { App, Chart } from 'cdk8s';
import { Database, Env, External, Health, Migration, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

// Nobody could write while the table is written.
new ZeroDowntimeService(chart, 'payments', {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
  externals: [External.secret('database', ['url'])],
  database: Database.postgres({
    poolSize: 2,
    maxConnections: 100,
    url: Env.secretKey('database', 'url'),
    schemaEpoch: 2,
    migrations: [Migration.sql({ title: 'reset', expand: ['UPDATE payments SET total = 0'] })],
  }),
});

app.synth();
