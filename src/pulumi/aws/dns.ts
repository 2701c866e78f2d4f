import type * as pulumi from '@pulumi/pulumi';
import type { AwsScope } from './scope';
import type { DnsRecordsSpec } from '../vocabulary/dns-records';

/** The name that a record leads to. */
export interface Destination {
  readonly name: pulumi.Input<string>;
  readonly zoneId: pulumi.Input<string>;
}

/** Makes an alias for every host. */
export function createRecords(scope: AwsScope, { zoneId, weighted }: DnsRecordsSpec, destination: Destination): void {
  const { sdk: { route53 }, balanced: { traffic: { hosts } } } = scope;
  hosts.forEach((name, index) => scope.make(route53.Record, `dns-record-${index}`, {
    zoneId,
    name,
    type: 'A',
    aliases: [{ ...destination, evaluateTargetHealth: true }],
    ...(weighted && { setIdentifier: weighted.setIdentifier, weightedRoutingPolicies: [{ weight: weighted.weight }] }),
  }));
}
