import { Duration } from 'cdk8s';
import { measuredVersionsOf } from '../src/plan/analysis/measured-versions';
import { planService } from '../src/plan/plan-service';
import { Analysis } from '../src/spec/analysis/analysis';
import { PrometheusMetrics } from '../src/spec/analysis/prometheus-metrics';
import { Health } from '../src/spec/health';
import { Rollout } from '../src/spec/rollout/rollout';
import { IstioSplit, RolloutEngine } from '../src/spec/rollout/rollout-engine';
import { Traffic } from '../src/spec/traffic/traffic';

interface Preset {
  readonly title: string;
  readonly metrics: PrometheusMetrics;
  readonly engine: RolloutEngine;
  readonly traffic: Traffic;
}

const ISTIO = Traffic.istio();
const PRESETS: readonly Preset[] = [
  { title: 'Istio, native', metrics: PrometheusMetrics.istio(), engine: RolloutEngine.native(), traffic: ISTIO },
  { title: 'Istio, Flagger', metrics: PrometheusMetrics.istio(), engine: RolloutEngine.flagger(), traffic: ISTIO },
  {
    title: 'Istio, Argo Rollouts with `IstioSplit.HOSTS`',
    metrics: PrometheusMetrics.istio(),
    engine: RolloutEngine.argoRollouts({ istioSplit: IstioSplit.HOSTS }),
    traffic: ISTIO,
  },
  { title: 'Istio, Argo Rollouts with subsets', metrics: PrometheusMetrics.istio(), engine: RolloutEngine.argoRollouts(), traffic: ISTIO },
  {
    title: 'ingress-nginx, any engine',
    metrics: PrometheusMetrics.ingressNginx(),
    engine: RolloutEngine.argoRollouts(),
    traffic: Traffic.ingressNginx({ hosts: ['pay.example.com'] }),
  },
  { title: 'the program\'s own metrics, Flagger', metrics: PrometheusMetrics.http(), engine: RolloutEngine.flagger(), traffic: ISTIO },
];

/** The queries of each preset, for the service `payments` of the namespace `shop`. */
export function analysisQueries(): string {
  return PRESETS.map(({ title, ...preset }) => [
    `**${title}**`,
    '',
    '```',
    ...queriesOf(preset).flatMap((query, index) => index === 0 ? [wrapped(query)] : ['', wrapped(query)]),
    '```',
  ].join('\n')).join('\n\n');
}

function queriesOf({ metrics, engine, traffic }: Omit<Preset, 'title'>): string[] {
  const analysis = Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', metrics, maxErrorRate: 0.01, maxP99: Duration.millis(500) });
  const { rollout } = planService({
    name: 'payments',
    namespace: 'shop',
    path: 'docs/payments',
    props: {
      image: 'registry.example.com/payments:2.1.0',
      port: 3000,
      health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
      traffic: [traffic],
      rollout: Rollout.canary({ analysis, engine }),
    },
  }).planned;
  const versions = measuredVersionsOf(rollout, 'payments');
  return (rollout.kind === 'canary' ? rollout.analysis?.metrics ?? [] : []).map(({ queryFor }) => queryFor(versions));
}

/** A line for each term. White space says nothing in PromQL. */
function wrapped(query: string): string {
  return query.replaceAll(' and (', '\n  and (').replaceAll(') / sum', ')\n  / sum');
}
