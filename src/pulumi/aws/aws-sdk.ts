import type * as acm from '@pulumi/aws/acm';
import type * as ec2 from '@pulumi/aws/ec2';
import type * as lb from '@pulumi/aws/lb';
import type * as route53 from '@pulumi/aws/route53';
import type * as vpc from '@pulumi/aws/vpc';
import { refuseWithout } from '../installed';

/** The parts of AWS' SDK that a load balancer is made with. */
export interface AwsSdk {
  readonly acm: typeof acm;
  readonly ec2: typeof ec2;
  readonly lb: typeof lb;
  readonly route53: typeof route53;
  readonly vpc: typeof vpc;
}

/* eslint-disable @typescript-eslint/no-require-imports */
/** Loads AWS' SDK. Only who has Pulumi make a load balancer needs it, and to load it takes a while. */
export function awsSdk(): AwsSdk {
  refuseWithout('awsLoadBalancer.loadBalancer', ['@pulumi/aws'], require.resolve);
  return {
    acm: require('@pulumi/aws/acm'),
    ec2: require('@pulumi/aws/ec2'),
    lb: require('@pulumi/aws/lb'),
    route53: require('@pulumi/aws/route53'),
    vpc: require('@pulumi/aws/vpc'),
  };
}
/* eslint-enable @typescript-eslint/no-require-imports */
