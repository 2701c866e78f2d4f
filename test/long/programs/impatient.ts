import { App, Chart, Duration } from 'cdk8s';
import { Health, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

// The pods would be killed while they still answer.
new ZeroDowntimeService(chart, 'payments', {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  longestRequest: Duration.seconds(20),
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
  overrides: { terminationGracePeriod: Duration.seconds(5) },
});

app.synth();
