import * as pulumi from '@pulumi/pulumi';
import { Cpu, Duration, Security, Size, Volume, ZeroDowntimeService, ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';

/** What one service of the store says about itself; what all of them have in common is filled in here. */
export interface RetailServiceArgs extends Omit<ZeroDowntimeServiceArgs, 'image' | 'port' | 'resources'> {
  readonly namespace: pulumi.Input<string>;
  readonly imageName: string;
  readonly memory: Size;
  readonly metricsPath: string;
}

/** Declares one service of the store. */
export function retailService(name: string, args: RetailServiceArgs): ZeroDowntimeService {
  const { imageName, memory, metricsPath, ...declaration } = args;
  const registry = new pulumi.Config().get('imageRegistry') ?? 'registry.example.com/aws-containers';
  return new ZeroDowntimeService(name, {
    image: `${registry}/retail-store-sample-${imageName}:1.2.1`,
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
