import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Assumptions } from '../../../src/assumptions/assumptions';
import { checkCluster } from '../../../src/checks/check-cluster';
import { TRAFFIC_RULES } from '../../../src/checks/traffic/rules';
import { clusterOf } from '../../../src/cluster/cluster';
import { readText } from '../../../src/reading/read-text';

const FOLDER = join(__dirname, '../../../src/checks/traffic');
const PUBLIC = join(__dirname, '../../../../shared/services/manifests');

test('every file that exports a rule is registered', () => {
  const exported = readdirSync(FOLDER).filter((file) => /: Rule = \{/.test(readFileSync(join(FOLDER, file), 'utf8')));
  expect(TRAFFIC_RULES.map(({ id }) => `${id}.ts`).sort()).toEqual(exported.sort());
});

/** Public manifests, each file read by itself, as somebody tries a tool for the first time. */
(existsSync(PUBLIC) ? describe : describe.skip)('public manifests', () => {
  test('have no finding but those that are known to be right', () => {
    const files = readdirSync(PUBLIC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file));
    const found = files.flatMap((file) => {
      const { cluster } = clusterOf(readText(file, readFileSync(join(PUBLIC, file), 'utf8')).objects);
      const { findings } = checkCluster(cluster, { assumptions: new Assumptions(), kubernetesMinor: 34, ignores: [], rules: TRAFFIC_RULES });
      return findings.map(({ source, ruleId }) => `${source} ${ruleId}`);
    });
    expect(files.length).toBeGreaterThan(100);
    expect(found).toEqual(['eks-workshop-retail-store/manifests/modules/exposing/load-balancer/nlb/nlb.yaml nlb-instance-targets']);
  });
});
