import { addressProblem, isPrivateWay, queryUrl } from '../../src/analysis/address';

test.each([
  ['http://prometheus:9090', 'http://prometheus:9090/api/v1/query'], ['http://mimir/prometheus', 'http://mimir/prometheus/api/v1/query'],
  ['https://thanos.example.com/a/b//', 'https://thanos.example.com/a/b/api/v1/query'], ['http://[::1]:9090/', 'http://[::1]:9090/api/v1/query'],
])('%s is asked at %s', (address, url) => {
  expect([addressProblem(address), queryUrl(address).href]).toEqual([undefined, url]);
});

test.each([
  ['', 'starts with http'], ['prometheus:9090', 'starts with http'], ['ftp://a', 'starts with http'], ['javascript:alert(1)', 'starts with http'], ['http://', 'starts with http'],
  ['http://a/?x=y', 'remove what follows the ?'], ['http://a/#b', 'remove what follows the #'], ['http://user@a', 'must hold no user'],
])('%j is refused: %s', (address, problem) => {
  expect(addressProblem(address)).toContain(problem);
});

test.each([
  ['https://prometheus.example.com', true], ['http://localhost:9090', true], ['http://127.1.2.3', true], ['http://127.1', true], ['http://[::1]', true], ['http://a.localhost', true],
  ['http://prometheus.monitoring:9090', false], ['http://10.0.0.1', false], ['http://127.0.0.1.example.com', false], ['http://localhost.example.com', false], ['http://0.0.0.0', false],
])('nobody reads along on the way to %s: %s', (address, isPrivate) => {
  expect(isPrivateWay(address)).toBe(isPrivate);
});
