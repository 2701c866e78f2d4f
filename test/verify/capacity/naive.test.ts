import { rolling, workload } from './models';
import { NaiveRelease, naiveFewest } from './naive-release';
import { search } from '../../../src/verify/capacity/search';
import { settingsOf } from '../../../src/verify/capacity/setting';

function* releases(): Generator<NaiveRelease> {
  for (const replicas of [1, 2, 3]) {
    for (const surge of [0, 1, 2]) {
      for (const unavailable of [0, 1, 2]) {
        // With three pods, only so many of everything as can be tried in a second or two.
        for (const evictions of [0, 1, 2].filter((pods) => replicas < 3 || surge + unavailable + pods <= 3)) {
          yield { replicas, surge, unavailable, evictions };
          if (evictions > 0) {
            yield { replicas, surge, unavailable, evictions, wanted: replicas - 1 };
            yield { replicas, surge, unavailable, evictions, wanted: replicas - 1, readyFirst: true };
          }
        }
      }
    }
  }
}

function searched({ replicas, surge, unavailable, evictions, wanted, readyFirst }: NaiveRelease): number {
  const [setting] = settingsOf(workload(replicas, {
    strategy: rolling(surge, unavailable),
    evictions,
    minReadySeconds: readyFirst ? 5 : 0,
    budget: wanted === undefined ? undefined : { minAvailable: wanted },
  }));
  return search(setting, { maxStates: 300_000, floor: -1 }).fewest;
}

test('the search finds the fewest that trying everything pod by pod finds', () => {
  const different = [...releases()].map((release) => ({ ...release, naive: naiveFewest(release), searched: searched(release) }))
    .filter((release) => release.naive !== release.searched);
  expect(different).toEqual([]);
});

test('there are releases enough, of every kind of outcome', () => {
  const outcomes = [...releases()].filter(({ replicas, surge }) => replicas < 3 && surge < 2).map(naiveFewest);
  expect(outcomes.length).toBeGreaterThan(60);
  expect(new Set(outcomes)).toEqual(new Set([0, 1, 2]));
});
