import type { Cluster } from '../../cluster/cluster';
import { ALB_PREFIX, type Ingress } from '../../cluster/ingress';
import type { ClusterWayIn } from '../../cluster/ways-in';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { servedOf } from './served';

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: payments }
spec:
  ingressClassName: nginx
  rules:
    - host: pay.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: payments, port: { number: 80 } } } }] }
`;

/** After how many idle seconds AWS' load balancer and ingress-nginx give up a connection where nothing is written. */
const CUSTOMARY_IDLE_SECONDS = 60;

/** Whoever keeps connections to the program gives them up before the program does. */
export const KEEP_ALIVE_TOO_SHORT: Rule = {
  id: 'keep-alive-too-short',
  severity: 'error',
  title: 'The program keeps idle connections for longer than the load balancer before it.',
  why: 'A load balancer sends requests over connections that it has kept. Where the program closes an idle one first, a request may be on its way on it at '
    + 'that very moment: the load balancer answers 502, now and then and without any release. Node.js closes idle connections after 5 s by default.',
  inequality: 'keep-alive-seconds > idle timeout of the load balancer',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues',
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#upstream-keepalive-timeout',
  ],
  failing: exampleOf({ metadata: { annotations: '{ zero-downtime/keep-alive-seconds: "5" }' }, objects: [INGRESS] }),
  passing: exampleOf({ metadata: { annotations: '{ zero-downtime/keep-alive-seconds: "65" }' }, objects: [INGRESS] }),
  check: (context) => servedOf(context).flatMap(({ workload, services }) => {
    const kept = context.assumptionsOf(workload).number('keep-alive-seconds');
    const ways = kept === undefined ? [] : context.waysInOf(workload).filter(({ service }) => services.includes(service));
    return ways.flatMap((way) => {
      const idle = idleSecondsOf(context.cluster, way);
      return kept === undefined || idle === undefined || kept > idle ? [] : [{
        object: workload,
        field: workload.template.spec,
        message: `the program closes idle connections after ${kept} s, but ${way.through.kind} ${way.through.name} keeps them for ${idle} s and sends `
          + 'requests on them: sporadic 502',
        actual: `${kept} s`,
        required: `> ${idle} s`,
        fix: `let the program keep idle connections for more than ${idle} s, and the time in which it reads headers too`,
      }];
    });
  }),
};

/** After how many idle seconds a way in gives up a connection; nothing where it keeps none, or nobody says for how long. */
function idleSecondsOf(cluster: Cluster, { path, through }: ClusterWayIn): number | undefined {
  if (path === 'awsLoadBalancer') {
    return albIdleSecondsOf(cluster, through as Ingress);
  }
  return path === 'ingressNginx' ? nginxIdleSecondsOf(cluster) : undefined;
}

/** One load balancer may be configured by any Ingress of its group, and by parameters of its class. */
function albIdleSecondsOf(cluster: Cluster, ingress: Ingress): number | undefined {
  const group = ingress.annotations.get(`${ALB_PREFIX}group.name`);
  const members = cluster.ingresses.filter((other) => group !== undefined && other.annotations.get(`${ALB_PREFIX}group.name`) === group);
  const written = [ingress, ...members].flatMap(({ annotations }) => {
    const match = /(?:^|,)\s*idle_timeout\.timeout_seconds=(\d+)/.exec(annotations.get(`${ALB_PREFIX}load-balancer-attributes`) ?? '');
    return match ? [Number(match[1])] : [];
  });
  return written[0] ?? (cluster.ofKind('IngressClassParams').length > 0 ? undefined : CUSTOMARY_IDLE_SECONDS);
}

function nginxIdleSecondsOf(cluster: Cluster): number {
  const written = cluster.ofKind('ConfigMap').map(({ field }) => Number(field.get('data', 'upstream-keepalive-timeout').value));
  return written.find((seconds) => seconds > 0) ?? CUSTOMARY_IDLE_SECONDS;
}
