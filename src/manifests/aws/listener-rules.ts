import type { AlbForward, AlbTarget } from '../traffic/alb-forward';

/** A rule of a listener, in the words of the Terraform provider for AWS. */
export interface ListenerRule {
  readonly id: string;
  /** Counted from the first of the service's rules: of two that match, the lower one counts. */
  readonly order: number;
  readonly conditions: object[];
  readonly actions: object[];
}

/** One of them for a header, so that one that comes and goes moves no other rule. */
const PLACES_A_HOST = 2;

/** Renders the rules of a listener that lead to a service: one for each host, and before it one for the header, where there is one. */
export function renderListenerRules(forward: AlbForward, arnOf: (service: string) => string): ListenerRule[] {
  const { header, targets, stickiness, traffic: { hosts, path } } = forward;
  const places = hosts.length === 0 ? [undefined] : hosts;
  return places.flatMap((host, index) => {
    const conditions = [...(host === undefined ? [] : [{ hostHeader: { values: [host] } }]), ...pathConditions(path, host === undefined)];
    return [
      ...(header ? [{
        id: `listener-rule-${index}-header`,
        order: PLACES_A_HOST * index,
        conditions: [...conditions, { httpHeader: { httpHeaderName: header.name, values: [header.value] } }],
        actions: [renderForward([{ service: header.service, weight: 100 }], arnOf)],
      }] : []),
      { id: `listener-rule-${index}`, order: PLACES_A_HOST * index + 1, conditions, actions: [renderForward(targets, arnOf, stickiness)] },
    ];
  });
}

/**
 * Renders a rule that no request meets. A target group that no rule names is not used: its targets are never found healthy, and pods
 * that wait for that never become ready.
 */
export function renderKeepingRule(service: string, { targets, traffic: { hosts } }: AlbForward, arnOf: (service: string) => string): ListenerRule {
  return {
    id: 'listener-rule-kept',
    order: PLACES_A_HOST * Math.max(1, hosts.length),
    // RFC 2606: no name ends in it.
    conditions: [{ hostHeader: { values: [`${service}.target-groups.invalid`] } }],
    actions: [renderForward(targets.map(({ service: name }) => ({ service: name, weight: 1 })), arnOf)],
  };
}

function renderForward(targets: readonly AlbTarget[], arnOf: (service: string) => string, stickiness?: AlbForward['stickiness']): object {
  return {
    type: 'forward',
    forward: {
      targetGroups: targets.map(({ service, weight }) => ({ arn: arnOf(service), weight })),
      ...(stickiness && { stickiness: { enabled: stickiness.enabled, duration: stickiness.durationSeconds } }),
    },
  };
}

/** What an Ingress' path of the type Prefix matches: itself, and what is below it. */
function pathConditions(path: string, mustBeThere: boolean): object[] {
  const prefix = path.replace(/\/+$/, '');
  return prefix === '' ? (mustBeThere ? [{ pathPattern: { values: ['/*'] } }] : []) : [{ pathPattern: { values: [prefix, `${prefix}/*`] } }];
}
