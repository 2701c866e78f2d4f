import { Chart, Testing } from 'cdk8s';
import { Health, ZeroDowntimeService, ZeroDowntimeServiceProps } from 'zero-downtime';

/** The least that a team declares. */
export const MINIMAL: ZeroDowntimeServiceProps = {
  image: 'registry.example.com/payments:2.1.0',
  port: 3000,
  health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
};

/** The objects of one service, as they are written to a file. */
export class Synthesized {
  constructor(readonly objects: any[]) {}

  get kinds(): string[] {
    return this.objects.map(({ kind }) => kind);
  }

  get deployment(): any {
    return this.find('Deployment');
  }

  get template(): any {
    return this.deployment.spec.template;
  }

  get podSpec(): any {
    return this.template.spec;
  }

  /** The service's own container. */
  get container(): any {
    return this.podSpec.containers[0];
  }

  /** The variables of the service's own container by name. */
  get env(): Record<string, any> {
    return Object.fromEntries(this.container.env.map(({ name, ...source }: any) => [name, source]));
  }

  find(kind: string, name?: string): any {
    const found = this.tryFind(kind, name);
    if (!found) {
      throw new Error(`no ${kind} ${name ?? ''} among ${this.kinds.join(', ')}`);
    }
    return found;
  }

  tryFind(kind: string, name?: string): any {
    return this.objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  }
}

/** Synthesizes a service named `payments` in the namespace `shop`, declared as little as possible but for `props`. */
export function synthesize(props: Partial<ZeroDowntimeServiceProps> = {}): Synthesized {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
  new ZeroDowntimeService(chart, 'payments', { ...MINIMAL, ...props });
  return new Synthesized(Testing.synth(chart));
}
