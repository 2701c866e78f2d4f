import { App, Duration } from 'cdk8s';
import { Analysis, Health, RegionSequence, Replicas, Rollout, Traffic, ZeroDowntimeService } from 'zero-downtime';

/** The region with the fewest users comes first: what is wrong with a version is seen where it harms the least. */
const REPLICAS: Record<string, number> = { 'eu-north-1': 3, 'eu-central-1': 8, 'us-east-1': 12 };

const app = new App();
const sequence = new RegionSequence(app, 'payments', {
  namespace: 'shop',
  regions: [
    { name: 'eu-north-1', context: 'prod-eu-north-1', bakeTime: Duration.hours(2) },
    { name: 'eu-central-1', context: 'prod-eu-central-1' },
    { name: 'us-east-1', context: 'prod-us-east-1' },
  ],
  bakeTime: Duration.minutes(30),
});

for (const region of sequence.regions) {
  new ZeroDowntimeService(region, 'payments', {
    image: 'registry.example.com/payments:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    replicas: Replicas.fixed(REPLICAS[region.region]),
    traffic: [Traffic.istio()],
    rollout: Rollout.blueGreen({
      bakeTime: Duration.hours(3),
      analysis: Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01 }),
    }),
  });
}

app.synth();
process.stdout.write(sequence.explain());
