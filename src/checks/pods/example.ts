/** Fields of a map, each as YAML on one line; `undefined` leaves one out. */
export type Lines = Readonly<Record<string, string | undefined>>;

/** What an example says besides the sound one, or instead of it. */
export interface ExampleParts {
  readonly service?: Lines;
  readonly kind?: string;
  /** The Deployment's own metadata. */
  readonly metadata?: Lines;
  readonly spec?: Lines;
  readonly podMetadata?: Lines;
  readonly pod?: Lines;
  readonly container?: Lines;
  /** Containers that run beside the program. */
  readonly beside?: readonly Lines[];
  /** Init containers. */
  readonly before?: readonly Lines[];
  /** Other objects, as whole texts. */
  readonly objects?: readonly string[];
}

const CONTAINER: Lines = {
  name: 'payments',
  image: 'registry.example.com/payments:2.1.0',
  ports: '[{ containerPort: 3000 }]',
  resources: '{ requests: { cpu: 100m, memory: 128Mi } }',
  readinessProbe: '{ httpGet: { path: /ready, port: 3000 } }',
  lifecycle: '{ preStop: { sleep: { seconds: 10 } } }',
};

/** A Service and the Deployment behind it, both in order but for what a rule is about. */
export function exampleOf(parts: ExampleParts = {}): string {
  const template = [
    ...block('metadata', { labels: '{ app: payments }', ...parts.podMetadata }),
    'spec:',
    ...indented([
      ...linesOf({ terminationGracePeriodSeconds: '30', ...parts.pod }),
      ...listOf('initContainers', parts.before ?? []),
      ...listOf('containers', [{ ...CONTAINER, ...parts.container }, ...(parts.beside ?? [])]),
    ]),
  ];
  const kind = parts.kind ?? 'Deployment';
  const deployment = [
    ...linesOf({ apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1', kind }),
    ...block('metadata', { name: 'payments', ...parts.metadata }),
    'spec:',
    ...indented([...linesOf({ replicas: '3', selector: '{ matchLabels: { app: payments } }', ...parts.spec }), 'template:', ...indented(template)]),
  ];
  const service = [
    ...linesOf({ apiVersion: 'v1', kind: 'Service' }),
    'metadata: { name: payments }',
    ...block('spec', { selector: '{ app: payments }', ports: '[{ port: 80, targetPort: 3000 }]', ...parts.service }),
  ];
  return [service.join('\n'), deployment.join('\n'), ...(parts.objects ?? []).map((text) => text.trim())].map((text) => `${text}\n`).join('---\n');
}

function linesOf(fields: Lines): string[] {
  return Object.entries(fields).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}: ${value}`);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function block(key: string, fields: Lines): string[] {
  return [`${key}:`, ...indented(linesOf(fields))];
}

function listOf(key: string, items: readonly Lines[]): string[] {
  const lines = items.flatMap((item) => linesOf(item).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`));
  return lines.length === 0 ? [] : [`${key}:`, ...indented(lines)];
}
