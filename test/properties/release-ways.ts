import * as fc from 'fast-check';
import { Traffic, type ZeroDowntimeServiceProps } from 'zero-downtime';

/** The engines, by the names of their factories. */
export const ENGINES = ['argoRollouts', 'flagger', 'native'] as const;
export type Engine = (typeof ENGINES)[number];

/** The releases in which two versions run side by side, by the names of their factories. */
export const STRATEGIES = ['canary', 'abTest', 'blueGreen'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** How a way in of a declaration is told from others. */
export type Way = Traffic['_spec']['kind'];

const SPLITTING: readonly Way[] = ['istio', 'awsLoadBalancer', 'ingressNginx', 'httpRoute', 'grpcRoute'];

/** Through which an engine moves traffic, as its documentation has it: the library's own table is what is tested. */
const ROUTERS: Readonly<Record<Engine, readonly Way[]>> = {
  argoRollouts: SPLITTING,
  flagger: ['istio', 'ingressNginx', 'httpRoute'],
  native: SPLITTING,
};

/** Leaves, of the ways that were drawn, those that an engine can move traffic through in such a release. */
export function waysFor(engine: Engine, strategy: Strategy): fc.Arbitrary<(props: ZeroDowntimeServiceProps) => Traffic[]> {
  const routers = ROUTERS[engine].filter((way) => engine !== 'argoRollouts' || strategy !== 'blueGreen' || way !== 'awsLoadBalancer');
  const needsOne = strategy === 'abTest' || (strategy === 'canary' && engine === 'flagger');
  const orders = fc.shuffledSubarray(routers, { minLength: routers.length });
  return fc.record({ order: orders, most: fc.integer({ min: needsOne ? 1 : 0, max: engine === 'flagger' ? 1 : 3 }) })
    .map(({ order, most }) => ({ traffic = [] }: ZeroDowntimeServiceProps) => {
      const rank = ({ _spec: { kind } }: Traffic) => order.indexOf(kind);
      const split = traffic.filter((way) => rank(way) >= 0).sort((one, other) => rank(one) - rank(other)).slice(0, most);
      const kept = [...traffic.filter(({ _spec }) => _spec.kind === 'clusterInternal'), ...engine === 'argoRollouts' ? apart(split) : split];
      return engine === 'native' ? kept : kept.map((way) => strategy === 'abTest' ? everyPath(unsticky(engine, way)) : unsticky(engine, way));
    });
}

/** Without what keeps a client with one pod, where an engine cannot. */
function unsticky(engine: Engine, way: Traffic): Traffic {
  const { _spec } = way;
  switch (_spec.kind) {
    case 'clusterInternal': return engine === 'flagger' ? Traffic.clusterInternal({ ..._spec.options, clientIpAffinity: undefined }) : way;
    case 'awsLoadBalancer': return engine === 'argoRollouts' ? Traffic.awsLoadBalancer({ ..._spec.options, stickiness: undefined }) : way;
    default: return way;
  }
}

/** Without a path: a header's rule of Argo Rollouts takes requests of every one. */
function everyPath(way: Traffic): Traffic {
  const { _spec } = way;
  return _spec.kind === 'awsLoadBalancer' ? Traffic.awsLoadBalancer({ ..._spec.options, path: undefined }) : way;
}

/** Under Argo Rollouts a load balancer's Services change their roles, which no Gateway may share. */
function apart(ways: Traffic[]): Traffic[] {
  const kinds = ways.map(({ _spec }) => _spec.kind);
  const first = kinds.find((kind) => kind === 'awsLoadBalancer' || isGateway(kind));
  return ways.filter(({ _spec: { kind } }) => first === 'awsLoadBalancer' ? !isGateway(kind) : first === undefined || kind !== 'awsLoadBalancer');
}

function isGateway(kind: Way): boolean {
  return kind === 'httpRoute' || kind === 'grpcRoute';
}
