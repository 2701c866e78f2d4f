import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Env, External, Health, Replicas, Traffic, ZeroDowntimeServiceProps } from '../src';

/** The namespace of every service. As with most teams, something else creates it. */
export const NAMESPACE = 'shop';

/** Names of one length, so that every service is as long as every other. */
export function serviceName(index: number): string {
  return `service-${String(index).padStart(5, '0')}`;
}

/** A service as teams have them: nine objects, of which two lead Istio's and one the load balancer's requests. */
export function declarationOf(name: string): ZeroDowntimeServiceProps {
  return {
    image: `registry.example.com/shop/${name}:1.4.2`,
    port: 8080,
    health: Health.http({ readiness: '/ready', liveness: '/live' }),
    longestRequest: Duration.seconds(20),
    replicas: Replicas.autoscaled({ min: 3, max: 12, cpuPercent: 65 }),
    resources: { cpu: Cpu.millis(250), memory: Size.mebibytes(256) },
    config: { LOG_LEVEL: 'info', FEATURES: 'basket,search', CATALOG_URL: 'http://catalog.shop.svc.cluster.local' },
    env: { DATABASE_PASSWORD: Env.secretKey('database', 'password') },
    externals: [External.secret('database')],
    traffic: [Traffic.awsLoadBalancer({ hosts: [`${name}.example.com`] }), Traffic.istio()],
  };
}
