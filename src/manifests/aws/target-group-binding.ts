import type { Planned } from '../../plan/planned-service';
import { portNameOf } from '../../spec/protocol';
import { type Manifest, metadataOf, withoutAbsent } from '../manifest';

/** What a binding joins. */
export interface Binding {
  /** The Service whose pods become targets. */
  readonly service: string;
  readonly targetGroupArn: string;
  readonly vpcId: string;
  /** The security group from which the pods are reached; none where their own let everything in already. */
  readonly securityGroupId?: string;
}

/** Renders what makes the pods of a Service the targets of a target group that something else has made. */
export function renderTargetGroupBinding(planned: Planned, { service, targetGroupArn, vpcId, securityGroupId }: Binding): Manifest {
  const { spec, traffic } = planned;
  const checked = traffic.flatMap((way) => way.kind === 'awsLoadBalancer' && way.health.port !== undefined ? [way.health.port] : []);
  return {
    apiVersion: 'elbv2.k8s.aws/v1beta1',
    kind: 'TargetGroupBinding',
    metadata: metadataOf(planned, {}, { name: service }),
    spec: withoutAbsent({
      serviceRef: { name: service, port: portNameOf(spec.protocol) },
      targetGroupARN: targetGroupArn,
      targetType: 'ip',
      vpcID: vpcId,
      networking: securityGroupId === undefined ? undefined : {
        ingress: [{
          from: [{ securityGroup: { groupID: securityGroupId } }],
          // By its name, because pods of another version may have another number.
          ports: [portNameOf(spec.protocol), ...checked].map((port) => ({ protocol: 'TCP', port })),
        }],
      },
    }),
  };
}
