import { App, Chart, Duration } from 'cdk8s';
import { Analysis, Health, Promotion, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'checkout', { namespace: 'shop' });

const checkout = new ZeroDowntimeService(chart, 'Default', {
  image: 'registry.example.com/checkout:4.0.2',
  port: 8080,
  longestRequest: Duration.seconds(10),
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
  replicas: Replicas.fixed(4),
  traffic: [Traffic.ingressNginx({ hosts: ['checkout.example.com'] })],
  rollout: Rollout.blueGreen({
    engine: RolloutEngine.argoRollouts(),
    promotion: Promotion.AFTER_APPROVAL,
    bakeTime: Duration.minutes(15),
    analysis: Analysis.prometheus({
      address: 'http://prometheus.monitoring:9090',
      maxErrorRate: 0.01,
      maxP95: Duration.seconds(1),
    }),
  }),
});

app.synth();
process.stdout.write(checkout.plan.explain());
