import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { KEEP_ALIVE_TOO_SHORT } from '../../../src/checks/pods/keep-alive-too-short';
import { POD_RULES } from '../../../src/checks/pods/rules';
import { legalDeclarations } from '../../properties/arbitraries';
import { releaseOf, type Manifest } from '../../properties/oracle-reading';
import { synthesize } from '../../properties/synthesis';
import { checked } from '../../support/checked';

/** Legal in a text, and refused by whoever reads a file, because it mostly means that the file is in another encoding. */
const UNREADABLE = /[\ufffd-\uffff]/g;

beforeEach(() => {
  // Weaknesses of random declarations are told by the thousand; that they are told at all is another test's matter.
  jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

test('what the library plans for any legal declaration loses no requests by any rule of pods', () => {
  fc.assert(fc.property(legalDeclarations, (declaration) => {
    const { manifests } = synthesize(declaration);
    const { propagation } = releaseOf(manifests as Manifest[], declaration.oracle).facts;
    const findings = checked(Yaml.stringify(...manifests).replace(UNREADABLE, '?'), {
      // For how long ingress-nginx keeps connections is in its own ConfigMap, which belongs to the cluster.
      rules: POD_RULES.filter((rule) => rule !== KEEP_ALIVE_TOO_SHORT || propagation.ingressNginx === undefined),
      kubernetes: declaration.oracle.kubernetesMinor,
      // A class of the user's own does not tell a stranger which controller serves it.
      assume: { 'propagation-seconds.otherIngress': Math.max(0, propagation.ingressNginx ?? 0, propagation.awsLoadBalancer ?? 0) },
    });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  }), { numRuns: 150 });
});
