import { App, Chart } from 'cdk8s';
import { Health, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'hello', { namespace: 'demo' });

new ZeroDowntimeService(chart, 'hello', {
  image: 'registry.example.com/hello:1.0.0',
  port: 8080,
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
});

app.synth();
