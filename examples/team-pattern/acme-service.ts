import { readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import { External, Health, KubernetesVersion, Replicas, Spread, Traffic, ZeroDowntimeService } from 'zero-downtime';

const { version } = JSON.parse(readFileSync(join(__dirname, 'package.json'), 'utf8')) as { version: string };

/** What an Acme team says about its service; the rest is company policy. */
export interface AcmeServiceProps {
  readonly image: string;

  /** The team that is called at night. */
  readonly team: string;

  /**
   * The host under acme.example, for services that customers reach.
   * @default - reached from inside the mesh only
   */
  readonly publicHost?: string;

  /**
   * The most replicas.
   * @default 12
   */
  readonly maxReplicas?: number;
}

/**
 * A service at Acme, release 3 of the pattern.
 *
 * Every program answers /ready and /live on port 8080, runs in three zones behind Istio, and pulls from the company's
 * registry.
 */
export class AcmeService extends Construct {
  readonly service: ZeroDowntimeService;

  constructor(scope: Construct, id: string, props: AcmeServiceProps) {
    super(scope, id);
    // The id "Default" leaves no trace in names: the service is called as this construct.
    this.service = new ZeroDowntimeService(this, 'Default', {
      image: props.image,
      port: 8080,
      health: Health.http({ readiness: '/ready', liveness: '/live' }),
      replicas: Replicas.autoscaled({ min: 3, max: props.maxReplicas ?? 12 }),
      spread: Spread.required({ zones: 3 }),
      traffic: [Traffic.istio(props.publicHost === undefined ? {} : { hosts: [props.publicHost], gateways: ['istio-system/public'] })],
      imagePullSecrets: ['acme-registry'],
      externals: [External.secret('acme-registry')],
      kubernetesVersion: KubernetesVersion.V1_33,
      labels: { 'acme.example/team': props.team, 'acme.example/pattern': version },
    });
  }
}
