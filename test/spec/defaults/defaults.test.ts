import { CONTAINER_PROOFS } from './container-defaults';
import { documentedDefaults } from './documented';
import { LOAD_BALANCER_PROOFS } from './load-balancer-defaults';
import { SERVICE_PROOFS } from './service-defaults';
import { TRAFFIC_PROOFS } from './traffic-defaults';

const PROOFS = { ...CONTAINER_PROOFS, ...LOAD_BALANCER_PROOFS, ...SERVICE_PROOFS, ...TRAFFIC_PROOFS };
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
