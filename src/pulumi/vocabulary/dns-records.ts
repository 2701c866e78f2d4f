import type * as pulumi from '@pulumi/pulumi';
import { wholeNumber } from '../../spec/values';

/** Records that share their names with those of another load balancer. */
export interface WeightedRecordsArgs {
  /** The hosted zone that the hosts are in. */
  readonly zoneId: pulumi.Input<string>;

  /** What tells these records from the others of the same names. */
  readonly setIdentifier: string;

  /** Their part of the answers, from 0 to 255, of the sum of all weights. */
  readonly weight: number;
}

/** @internal */
export interface DnsRecordsSpec {
  readonly zoneId: pulumi.Input<string>;
  readonly weighted?: { readonly setIdentifier: string; readonly weight: number };
}

/**
 * Records of Route 53 for every host. They are aliases: clients ask again after 60 seconds, the lifetime that AWS gives the names of
 * load balancers.
 */
export class DnsRecords {
  /**
   * Records that lead to this load balancer alone.
   * @param zoneId the hosted zone that the hosts are in
   */
  static alias(zoneId: pulumi.Input<string>): DnsRecords {
    return new DnsRecords({ zoneId });
  }

  /**
   * Records that lead a part of the clients to this load balancer: to move to it from another one, share by share.
   * @throws where the weight is out of range
   */
  static weighted({ zoneId, setIdentifier, weight }: WeightedRecordsArgs): DnsRecords {
    return new DnsRecords({ zoneId, weighted: { setIdentifier, weight: wholeNumber('DnsRecords.weighted weight', weight, 0, 255) } });
  }

  /** @internal */
  readonly _spec: DnsRecordsSpec;

  private constructor(spec: DnsRecordsSpec) {
    this._spec = spec;
  }
}
