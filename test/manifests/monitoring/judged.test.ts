import { stringify } from 'yaml';
import { renderService } from '../../../src/manifests/render';
import { planned } from '../../plan/declare';
import { RELEASES, type Release } from '../../plan/monitoring/declared';
import { ruleIds } from '../../support/checked';

const textOf = (release: Release, isMonitored: boolean) => {
  const { monitoring, ...others } = RELEASES[release];
  return renderService(planned({ ...others, monitoring: isMonitored ? monitoring : undefined }).planned).map(({ manifest }) => stringify(manifest)).join('---\n');
};

test.each(Object.keys(RELEASES) as Release[])('%s: the checks find no more with monitoring than without', (release) => {
  expect(ruleIds(textOf(release, true))).toEqual(ruleIds(textOf(release, false)));
});
