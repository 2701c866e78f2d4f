import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { markdownTable } from './markdown-table';
import { Analysis, Health, ReleaseCharts, Replicas, Rollout, RolloutEngine, Traffic, ZeroDowntimeService } from '../src';

const ENGINES = { 'Argo Rollouts': RolloutEngine.argoRollouts(), 'Flagger': RolloutEngine.flagger(), 'no controller': RolloutEngine.native() };

/** What objects are for, in the order in which a reader asks. */
const PURPOSES: ReadonlyMap<string, RegExp> = new Map([
  ['the pods', /^(Rollout|Deployment) /],
  ['the release', /^Canary |^ConfigMap .*-release$/],
  ['what is measured', /^(AnalysisTemplate|MetricTemplate) |^ConfigMap .*-analysis$/],
  ['Services', /^Service /],
  ['routes', /^(DestinationRule|VirtualService) /],
  ['disruption budgets', /^PodDisruptionBudget /],
  ['replicas', /^HorizontalPodAutoscaler /],
]);

/** The objects that one declaration becomes under each engine, side by side. */
export function engineOutputs(): string {
  const outputs = Object.values(ENGINES).map(objectsOf);
  return markdownTable(['', ...Object.keys(ENGINES)], [...PURPOSES].map(([purpose, pattern]) => [
    purpose,
    ...outputs.map((objects) => objects.filter(({ kind, name }) => pattern.test(`${kind} ${name}`)).map(({ kind, name }) => `${kind} \`${name}\``).join(', ') || '–'),
  ]));
}

function objectsOf(engine: RolloutEngine): ApiObject[] {
  const chart = new Chart(new App(), 'docs', { namespace: 'shop' });
  const service = new ZeroDowntimeService(chart, 'payments', {
    image: 'registry.example.com/payments:2.1.0',
    port: 3000,
    health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
    replicas: Replicas.fixed(4),
    traffic: [Traffic.istio({ hosts: ['api.example.com'], gateways: ['istio-system/public'] })],
    rollout: Rollout.canary({
      engine,
      steps: [5, 25, 50],
      analysis: Analysis.prometheus({ address: 'http://prometheus.monitoring:9090', maxErrorRate: 0.01, maxP99: Duration.millis(500) }),
    }),
  });
  return [...service.objects, ...(engine === ENGINES['no controller'] ? objectsOfRelease(service) : [])];
}

/** What the steps make besides. */
function objectsOfRelease(service: ZeroDowntimeService): ApiObject[] {
  const { steps, index } = new ReleaseCharts(new App(), 'payments', { service });
  const made = [...steps, index].flatMap((chart) => chart.apiObjects);
  const key = ({ kind, name }: ApiObject) => `${kind} ${name}`;
  const known = new Set(service.objects.map(key));
  return made.filter((object, at) => !known.has(key(object)) && made.findIndex((other) => key(other) === key(object)) === at);
}
