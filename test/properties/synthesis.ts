import { App, Chart, Yaml } from 'cdk8s';
import { ZeroDowntimeService } from 'zero-downtime';
import type { LegalDeclaration } from './arbitraries';

/** What a declaration became, in an app of its own. */
export interface Synthesized {
  readonly service: ZeroDowntimeService;
  readonly manifests: object[];
  readonly text: string;
}

export function synthesize({ namespace, props }: LegalDeclaration): Synthesized {
  const chart = new Chart(new App(), 'shop', { namespace });
  const service = new ZeroDowntimeService(chart, 'service', props);
  const problems = service.node.validate();
  if (problems.length > 0) {
    throw new Error(`[${service.node.path}] ${problems.join('\n')}`);
  }
  const manifests = chart.toJson() as object[];
  return { service, manifests, text: Yaml.stringify(...manifests) };
}
