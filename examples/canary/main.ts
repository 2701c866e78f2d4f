import { App, Chart, Duration } from 'cdk8s';
import { Analysis, Database, Health, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'payments', { namespace: 'shop' });

const payments = new ZeroDowntimeService(chart, 'Default', {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  startsWithin: Duration.seconds(40),
  longestRequest: Duration.seconds(20),
  health: Health.http({ startup: '/startup', readiness: '/ready', liveness: '/healthz' }),
  replicas: Replicas.autoscaled({ min: 4, max: 8, cpuPercent: 70 }),
  traffic: [Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] })],
  rollout: Rollout.canary({
    engine: RolloutEngine.argoRollouts(),
    steps: [5, 25, 50],
    header: { name: 'x-canary', value: 'true' },
    analysis: Analysis.prometheus({
      address: 'http://prometheus.monitoring:9090',
      maxErrorRate: 0.01,
      maxP99: Duration.millis(500),
      requestsPerSecond: 20,
    }),
  }),
  database: Database.postgres({ poolSize: 5, maxConnections: 200 }),
});

app.synth();
process.stdout.write(payments.plan.explain());
