import { PolicyPack } from '@pulumi/policy';
import { ReleasePolicies } from 'zero-downtime/pulumi/policy';

new PolicyPack('zero-downtime', {
  policies: ReleasePolicies.of({
    kubernetesVersion: '1.34',
    // What manifests do not show: every service of ours ends its requests when it is sent SIGTERM.
    assume: { shutdown: 'drains' },
    ignore: { 'moving-image-tag': 'the registry makes tags immutable' },
  }),
});
