import { ANALYSIS_PROOFS } from './analysis-defaults';
import { AUTOSCALING_PROOFS } from './autoscaling-defaults';
import { CONTAINER_PROOFS } from './container-defaults';
import { documentedDefaults } from './documented';
import { FLAGGER_PROOFS } from './flagger-defaults';
import { LOAD_BALANCER_PROOFS } from './load-balancer-defaults';
import { MIGRATION_PROOFS } from './migration-defaults';
import { MONITORING_PROOFS } from './monitoring-defaults';
import { REGION_PROOFS } from './region-defaults';
import { ROLLOUT_PROOFS } from './rollout-defaults';
import { SERVICE_PROOFS } from './service-defaults';
import { TRAFFIC_PROOFS } from './traffic-defaults';

const PROOFS = {
  ...ANALYSIS_PROOFS,
  ...AUTOSCALING_PROOFS,
  ...CONTAINER_PROOFS,
  ...FLAGGER_PROOFS,
  ...LOAD_BALANCER_PROOFS,
  ...MIGRATION_PROOFS,
  ...REGION_PROOFS,
  ...MONITORING_PROOFS,
  ...ROLLOUT_PROOFS,
  ...SERVICE_PROOFS,
  ...TRAFFIC_PROOFS,
};
const STRUCTS = [...new Set(Object.keys(PROOFS).map((name) => name.split('.')[0]))].sort();

test('every default that a docstring states has a proof, and no proof is of anything else', () => {
  expect(documentedDefaults().length).toBeGreaterThan(140);
  expect(Object.keys(PROOFS).sort()).toEqual(documentedDefaults().sort());
});

describe.each(STRUCTS)('%s has the documented default of', (struct) => {
  const proofs = Object.entries(PROOFS).filter(([name]) => name.startsWith(`${struct}.`));

  test.each(proofs.map(([name, proof]): [string, () => void] => [name.split('.')[1], proof]))('%s', (_, proof) => {
    proof();
  });
});
