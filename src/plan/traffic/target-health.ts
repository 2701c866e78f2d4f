import { named } from '../amount';
import { atLeast, atMost, lessThan } from '../bound';
import type { Context } from '../context';
import type { PlannedTargetHealth } from './planned-traffic';
import { pathProblem } from '../../spec/names';
import type { TargetHealthCheck } from '../../spec/traffic/aws';
import { quoted, secondsOf, wholeNumberProblem } from '../../spec/values';

const AWS = 'Elastic Load Balancing API: health check settings of a target group';

/** What a target group can ask: a Network Load Balancer's may also only connect. */
export type TargetProtocol = 'HTTP' | 'GRPC' | 'TCP';

/** Decides how a target group asks its targets about their health: the readiness question, unless told otherwise. */
export function planTargetHealth(context: Context, path: string, check: TargetHealthCheck, speaks: TargetProtocol): PlannedTargetHealth {
  const { ledger } = context;
  const interval = ledger.decide({
    name: `${path}.healthCheck.interval`,
    unit: 's',
    override: check.interval && secondsOf(check.interval),
    preferred: 10,
    bounds: [
      atLeast(named('AWS minimum', 5, 's'), { because: 'AWS refuses it', source: AWS }),
      atMost(named('AWS maximum', 300, 's'), { because: 'AWS refuses it', source: AWS }),
    ],
  });
  const timeout = ledger.decide({
    name: `${path}.healthCheck.timeout`,
    unit: 's',
    override: check.timeout && secondsOf(check.timeout),
    preferred: 5,
    bounds: [
      atLeast(named('AWS minimum', 2, 's'), { because: 'AWS refuses it', source: AWS }),
      atMost(named('AWS maximum', 120, 's'), { because: 'AWS refuses it', source: AWS }),
      lessThan(interval, { because: 'AWS refuses a timeout that does not end before the next check', source: AWS }),
    ],
  });
  for (const threshold of ['healthyThreshold', 'unhealthyThreshold'] as const) {
    ledger.problem(wholeNumberProblem(`${path}.healthCheck.${threshold}`, check[threshold] ?? 2, 2, 10));
  }
  return {
    ...askedAt(context, path, check, speaks),
    interval: interval.value,
    timeout: timeout.value,
    healthyThreshold: check.healthyThreshold ?? 2,
    unhealthyThreshold: check.unhealthyThreshold ?? 2,
  };
}

type Asked = Pick<PlannedTargetHealth, 'protocol' | 'path' | 'successCodes' | 'port'>;

/** The readiness question where the load balancer can ask it, and otherwise the nearest that it can. */
function askedAt({ spec, ledger }: Context, path: string, check: TargetHealthCheck, speaks: TargetProtocol): Asked {
  const action = spec.health.readiness._action;
  const port = action.kind !== 'exec' && action.port !== spec.port ? action.port : undefined;
  if (check.path !== undefined) {
    ledger.problem(pathProblem(`${path}.healthCheck.path`, check.path));
  }
  if (check.successCodes !== undefined && !/^\d{1,3}([-,]\d{1,3})*$/.test(check.successCodes)) {
    ledger.problem(`${path}.healthCheck.successCodes ${quoted(check.successCodes)} must be statuses, such as "200", "200,204" or "200-399"`);
  }
  if (speaks === 'GRPC') {
    if (check.path !== undefined && !/^\/[\w.]+\/\w+$/.test(check.path)) {
      ledger.problem(`${path}.healthCheck.path ${quoted(check.path)} must be a method as "/package.service/method", because the load balancer asks over gRPC`);
    }
    if (check.path === undefined && action.kind !== 'grpc') {
      ledger.problem(`${path}.healthCheck.path must be given as "/package.service/method", because with protocol GRPC the load balancer asks over gRPC `
        + `and the readiness probe is ${action.kind}`);
    }
    return { protocol: 'HTTP', path: check.path ?? '/grpc.health.v1.Health/Check', successCodes: check.successCodes ?? '0', port };
  }
  if (action.kind === 'http') {
    return { protocol: action.scheme, path: check.path ?? action.path, successCodes: check.successCodes ?? '200-399', port };
  }
  if (check.path !== undefined) {
    return { protocol: 'HTTP', path: check.path, successCodes: check.successCodes ?? '200-399', port };
  }
  if (speaks === 'HTTP') {
    ledger.problem(`${path}.healthCheck.path must be given, because the readiness probe is ${action.kind} and the load balancer asks over HTTP`);
  }
  return { protocol: 'TCP', port };
}
