import type { Rule } from '../rule';
import { CANARY, DEPLOYMENT, PODS } from './example-manifests';
import { isRead } from './serving-workloads';
import { flaggerCanariesOf } from '../../cluster/flagger-canary';

const RELEASED = `${DEPLOYMENT}
  replicas: 2
  ${PODS}
${CANARY}
  analysis:
    { interval: 1m, threshold: 5, stepWeight: 10, maxWeight: 50, metrics: [{ name: errors, templateRef: { name: errors }, thresholdRange: { max: 1 } }] }
---
apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata: { name: errors }
spec: { provider: { type: prometheus, address: "http://prometheus:9090" }, query: "sum(rate(errors[{{ interval }}]))" }
`;

/** The metrics of a Canary are there. */
export const CANARY_METRIC_MISSING: Rule = {
  id: 'canary-metric-missing',
  severity: 'error',
  title: 'A Flagger Canary names metric templates that exist.',
  why: 'A metric whose template is not there counts as a failed check at every interval, so every release is taken back once the threshold is reached.',
  sources: ['https://docs.flagger.app/usage/metrics#custom-metrics'],
  failing: RELEASED.replace('templateRef: { name: errors }', 'templateRef: { name: error-rate }'),
  passing: RELEASED,
  check: ({ cluster }) => flaggerCanariesOf(cluster).flatMap((canary) => canary.analysis.get('metrics').items().flatMap((metric) => {
    const reference = metric.get('templateRef');
    const name = reference.get('name').string() ?? '';
    const namespace = reference.get('namespace').string() ?? canary.namespace;
    const isMissing = reference.exists && isRead(cluster, 'MetricTemplate', namespace) && !cluster.find('MetricTemplate', namespace, name);
    return !isMissing ? [] : [{
      object: canary,
      field: reference.get('name'),
      message: `MetricTemplate ${name} is not among those read in namespace ${namespace}, so every release of Canary ${canary.name} is taken back`,
      fix: `name a MetricTemplate that exists, or add ${name}`,
    }];
  })),
};
