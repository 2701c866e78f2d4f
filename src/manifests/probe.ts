import { withoutAbsent } from './manifest';
import type { PlannedProbe } from '../plan/probes';
import type { Probe } from '../spec/probe';

/** Renders one probe of the service's container. */
export function renderProbe(probe: Probe, rhythm: PlannedProbe, servicePort: { readonly name: string; readonly number: number }) {
  return {
    ...renderAction(probe, servicePort),
    periodSeconds: rhythm.period,
    timeoutSeconds: rhythm.timeout,
    failureThreshold: rhythm.failureThreshold,
  };
}

function renderAction({ _action: action }: Probe, servicePort: { readonly name: string; readonly number: number }) {
  switch (action.kind) {
    case 'http': return { httpGet: { path: action.path, port: action.port ?? servicePort.name, scheme: action.scheme } };
    case 'tcp': return { tcpSocket: { port: action.port ?? servicePort.name } };
    // The only action whose port cannot be a name.
    case 'grpc': return { grpc: withoutAbsent({ port: action.port ?? servicePort.number, service: action.service }) };
    case 'exec': return { exec: { command: [...action.command] } };
  }
}
