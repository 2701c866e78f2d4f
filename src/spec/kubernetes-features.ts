/**
 * The minor version of Kubernetes from which each feature is on by default.
 *
 * What every supported version has (`matchLabelKeys`, `unhealthyPodEvictionPolicy`, gRPC probes) is not listed.
 */
export const FEATURE_SINCE = {
  /** `status.hostIPs` in the downward API (KEP-2681): beta in 1.29. */
  hostIPs: 29,
  /** Init containers that always restart (KEP-753): beta in 1.29. */
  nativeSidecars: 29,
  /** The sleep action of lifecycle hooks (KEP-3960): beta in 1.30. */
  sleepAction: 30,
  /** `trafficDistribution` of a Service (KEP-4444): beta in 1.31. */
  trafficDistribution: 31,
  /** `PreferSameZone`, the new name of `PreferClose` (KEP-3015): beta in 1.34. */
  preferSameZone: 34,
} as const;
