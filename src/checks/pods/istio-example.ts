import { exampleOf, type Lines } from './example';

/** An example whose pods have Istio's proxy as an ordinary container, configured as `config` says. */
export function istioExampleOf(config: string | undefined, pod: Lines = { terminationGracePeriodSeconds: '40' }): string {
  const configured = config === undefined ? '' : `, proxy.istio.io/config: '${config}'`;
  return exampleOf({
    podMetadata: {
      labels: '{ app: payments, sidecar.istio.io/inject: "true" }',
      annotations: `{ sidecar.istio.io/nativeSidecar: "false"${configured} }`,
    },
    pod,
    container: { lifecycle: '{ preStop: { sleep: { seconds: 15 } } }' },
  });
}
