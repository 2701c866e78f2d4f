import { testEquality } from './equality';
import { releasesOf } from '../properties/release-arbitraries';
import { ENGINES, STRATEGIES } from '../properties/release-ways';

describe.each(ENGINES)('any declaration of a release by %s', (engine) => {
  describe.each(STRATEGIES)('%s', (strategy) => testEquality(releasesOf(engine, strategy), 12));
});
