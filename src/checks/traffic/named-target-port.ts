import { runningContainersOf } from '../../cluster/pod-template';
import type { Service, ServicePort } from '../../cluster/service';
import type { Workload } from '../../cluster/workload';
import type { RuleContext } from '../rule';
import { workloadsBehind } from './pods-behind';

/** A port of a Service, with a workload behind it whose containers do not declare what it targets. */
export interface UndeclaredTarget {
  readonly service: Service;
  readonly port: ServicePort;
  readonly workload: Workload;
  /** What they declare: `http (8080), 9090`; never empty for a target that is a number. */
  readonly declared: string;
}

/** The ports of Services that target, by name or by number, what the containers behind do not declare. */
export function undeclaredTargets(context: RuleContext, by: 'name' | 'number'): readonly UndeclaredTarget[] {
  return context.cluster.services.flatMap((service) => service.ports
    .filter(({ targetPort }) => (typeof targetPort === 'string') === (by === 'name'))
    .flatMap((port) => workloadsBehind(context, service).flatMap((workload) => {
      const declared = runningContainersOf(workload.template).flatMap(({ ports }) => ports);
      const isDeclared = declared.some(({ name, containerPort, protocol }) => protocol === port.protocol
        && port.targetPort === (by === 'name' ? name : containerPort));
      // A number needs no declaration, so it is doubtful only where others are declared; and without containers nothing is known.
      const isKnown = by === 'name' ? workload.template.containers.length > 0 : declared.length > 0;
      return isDeclared || !isKnown ? [] : [{ service, port, workload, declared: declared.map(portText).join(', ') }];
    })));
}

function portText({ name, containerPort }: { readonly name?: string; readonly containerPort: number }): string {
  return name === undefined ? `${containerPort}` : `${name} (${containerPort})`;
}
