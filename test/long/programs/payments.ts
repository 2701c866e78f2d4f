import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Database, Env, EnvFrom, External, Health, Metric, NetworkPeer, Pods, Replicas, Rollout, Traffic, ZeroDowntimeService } from 'zero-downtime';

const app = new App();
const chart = new Chart(app, 'payments', { namespace: 'shop' });

const payments = new ZeroDowntimeService(chart, 'payments', {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  startsWithin: Duration.seconds(40),
  longestRequest: Duration.seconds(20),
  health: Health.http({ startup: '/startup', readiness: '/ready', liveness: '/healthz' }),
  replicas: Replicas.autoscaled({ min: 4, max: 8, metrics: [Metric.cpu(70), Metric.memory(80)] }),
  rollout: Rollout.rolling({ maxSurge: Pods.count(2) }),
  traffic: [
    Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] }),
    Traffic.awsLoadBalancer({ hosts: ['pay.example.com'] }),
  ],
  database: Database.postgres({ poolSize: 8, maxConnections: 200 }),
  resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
  config: { LOG_LEVEL: 'info' },
  env: { POD_NAME: Env.field('metadata.name') },
  envFrom: [EnvFrom.secret('payments-db')],
  externals: [External.secret('payments-db')],
  allowFrom: [NetworkPeer.namespace('istio-system'), NetworkPeer.cidr('10.0.0.0/16')],
});

app.synth();
process.stdout.write(payments.plan.explain());
