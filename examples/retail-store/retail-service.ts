import { App, Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Security, Volume, ZeroDowntimeService, ZeroDowntimeServiceProps } from 'zero-downtime';

/** Where the images of the store are mirrored to. */
const REGISTRY = process.env.IMAGE_REGISTRY ?? 'registry.example.com/aws-containers';

/** What one service of the store says about itself; what all of them have in common is filled in here. */
export interface RetailServiceProps extends Omit<ZeroDowntimeServiceProps, 'image' | 'port' | 'resources'> {
  readonly imageName: string;
  readonly memory: Size;
  readonly metricsPath: string;
}

/** Declares one service of the store, in a chart and a namespace of its own. */
export function retailService(app: App, name: string, props: RetailServiceProps): ZeroDowntimeService {
  const { imageName, memory, metricsPath, ...declaration } = props;
  const chart = new Chart(app, name, { namespace: name });
  // The chart names the service.
  return new ZeroDowntimeService(chart, 'Default', {
    image: `${REGISTRY}/retail-store-sample-${imageName}:1.2.1`,
    port: 8080,
    longestRequest: Duration.seconds(15),
    resources: { cpu: Cpu.millis(250), memory },
    security: Security.restricted({ user: 1000, group: 1000 }),
    volumes: { '/tmp': Volume.memory() },
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8080',
      'prometheus.io/path': metricsPath,
    },
    ...declaration,
  });
}
