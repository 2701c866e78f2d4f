import type { Service } from '../../cluster/service';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { PAYMENTS_SERVICE, paymentsPods } from './example-pods';
import { rulesForHost } from './istio-host';
import { workloadsBehind } from './pods-behind';
import { canariesIn } from './unread';

const REPORTS = `${paymentsPods().replaceAll('name: payments', 'name: reports').replaceAll('app: payments', 'app: payments, part: reports')}---`;

/** A Service sends requests to the pods of one workload. */
export const SERVICE_SELECTS_SEVERAL: Rule = {
  id: 'service-selects-several',
  severity: 'info',
  title: 'A Service selects the pods of one workload.',
  why: 'A Service spreads connections over all pods that carry its labels, whatever made them. Where two workloads share the labels, each gets '
    + 'requests that were meant for the other, in proportion to its number of pods: scaling or releasing one changes what the other receives.',
  sources: ['https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service'],
  failing: `${REPORTS}${paymentsPods()}---${PAYMENTS_SERVICE}`,
  passing: `${REPORTS.replaceAll('app: payments', 'app: reports')}${paymentsPods()}---${PAYMENTS_SERVICE}`,
  check: (context) => context.cluster.services.filter(({ isHeadless }) => !isHeadless).flatMap((service) => {
    const behind = workloadsBehind(context, service);
    return behind.length < 2 || areOneProgram(behind) || isDivided(context, service) ? [] : [{
      object: service,
      field: service.field.get('spec', 'selector'),
      message: `selects the pods of ${behind.map(({ kind, name }) => `${kind} ${name}`).join(' and ')}, so each gets requests in proportion to its pods`,
      actual: `${behind.length} workloads`,
      required: '1 workload',
      fix: 'add a label to spec.selector that only the pods of one of them carry',
    }];
  }),
};

/** What people and engines append to the name of one of two versions. */
const VERSION = /-(?:primary|canary|stable|baseline|blue|green|active|preview|current|next|v\d+)$/;

function areOneProgram(workloads: readonly Workload[]): boolean {
  return new Set(workloads.map(({ name }) => name.replace(VERSION, ''))).size === 1;
}

/** Subsets of the mesh, or an engine, divide the pods of one Service on purpose. */
function isDivided({ cluster }: RuleContext, { namespace, name }: Service): boolean {
  return canariesIn(cluster, namespace).length > 0 || rulesForHost(cluster, name, namespace).some(({ subsets }) => subsets.length > 0);
}
