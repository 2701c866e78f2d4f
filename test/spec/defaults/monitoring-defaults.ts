import { expectDefault, objectOf, type Proofs } from './proof';
import { PrometheusMetrics } from '../../../src/spec/analysis/prometheus-metrics';
import { Monitoring, type PrometheusOperatorOptions } from '../../../src/spec/monitoring';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { prometheus, WAYS } from '../../plan/analysis/declared';
import { type Props, seconds } from '../../plan/declare';

const monitored = (options: PrometheusOperatorOptions = {}, props: Props = {}): Props => ({
  monitoring: Monitoring.prometheusOperator(options), ...props,
});
const APPROVED: Props = { rollout: Rollout.canary({ steps: [50], approvalAt: [50] }), traffic: [WAYS.istio] };
const OWN = PrometheusMetrics.http({ requests: 'own_total' });

/** Who is told of a release. */
export const MONITORING_PROOFS: Proofs = {
  'ZeroDowntimeServiceProps.monitoring': () => {
    expect(objectOf('PrometheusRule')).toBeUndefined();
    expect(objectOf('PrometheusRule', monitored())).toBeDefined();
  },
  'PrometheusOperatorOptions.labels': () =>
    expect(objectOf('PrometheusRule', monitored()).metadata.labels).toEqual(objectOf('Service', monitored()).metadata.labels),
  'PrometheusOperatorOptions.availabilityTarget': () => {
    expect(JSON.stringify(objectOf('PrometheusRule', monitored()).spec)).not.toContain('http_requests_total');
    expect(JSON.stringify(objectOf('PrometheusRule', monitored({ availabilityTarget: 99 })).spec)).toContain('http_requests_total');
  },
  'PrometheusOperatorOptions.metrics': () => {
    const target = { availabilityTarget: 99 };
    const analysed: Props = { ...APPROVED, rollout: Rollout.canary({ analysis: prometheus({ metrics: OWN }) }) };
    const [own, istio] = [{ ...target, metrics: OWN }, { ...target, metrics: PrometheusMetrics.istio() }];
    expectDefault(monitored(target, analysed), monitored(own, analysed), monitored(istio, analysed));
    expectDefault(monitored(target, APPROVED), monitored(istio, APPROVED), monitored(own, APPROVED));
  },
  'PrometheusOperatorOptions.approvalWithin': () => expectDefault(
    monitored({}, APPROVED), monitored({ approvalWithin: seconds(3600) }, APPROVED), monitored({ approvalWithin: seconds(3601) }, APPROVED)),
  'PrometheusOperatorOptions.runbookUrl': () => expect(objectOf('PrometheusRule', monitored()).spec.groups[0].rules[0].annotations).not.toHaveProperty('runbook_url'),
};
