import { App, Chart } from 'cdk8s';
import { Health, ReleaseCharts, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from 'zero-downtime';

const outdir = process.env.CDK8S_OUTDIR ?? 'dist';
const app = new App({ outdir: `${outdir}/service` });
const service = new ZeroDowntimeService(new Chart(app, 'payments', { namespace: 'shop' }), 'payments', {
  image: 'registry.example.com/payments:2.0.0',
  port: 3000,
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
  replicas: Replicas.fixed(4),
  traffic: [Traffic.istio()],
  rollout: Rollout.canary({ steps: [5, 50], engine: RolloutEngine.native() }),
});

// The steps of the release: never applied together with the service.
const release = new App({ outdir: `${outdir}/release` });
new ReleaseCharts(release, 'payments', { service });

app.synth();
release.synth();
