import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';

/** What a container needs, and what it may use at most. */
export interface Resources {
  /**
   * The CPU that the scheduler reserves.
   * @default - 100m
   */
  readonly cpu?: Cpu;

  /**
   * The memory that the scheduler reserves.
   * @default - 128Mi
   */
  readonly memory?: Size;

  /**
   * The CPU above which the container is throttled. At least the reserved CPU.
   * @default - none: a throttled program starts, answers and drains late
   */
  readonly cpuLimit?: Cpu;

  /**
   * The memory above which the container is killed. At least the reserved memory.
   * @default - the reserved memory where it is declared, else none
   */
  readonly memoryLimit?: Size;

  /**
   * The disk space that the scheduler reserves for logs, emptyDirs and what the container writes.
   * @default - none: the pod is among the first to be evicted where a node's disk runs full
   */
  readonly ephemeralStorage?: Size;

  /**
   * The disk space above which the pod is evicted. At least the reserved disk space.
   * @default - none
   */
  readonly ephemeralStorageLimit?: Size;
}
