import type { Workload } from '../../cluster/workload';
import { imageOf } from '../pods/image';

/** What has to come before a second pod where the first keeps data: two that know nothing of each other answer differently. */
export const REPLICATE = ', once its pods keep the same data (several that know nothing of each other answer differently)';

/** Words in the names of images whose programs keep data, in memory or on a disk. */
const STORES: ReadonlySet<string> = new Set(['postgres', 'postgresql', 'mysql', 'mariadb', 'mongo', 'mongodb', 'documentdb', 'dynamodb', 'redis', 'valkey',
  'memcached', 'cassandra', 'etcd', 'rabbitmq', 'kafka', 'nats', 'elasticsearch', 'opensearch', 'minio', 'couchdb', 'cockroach', 'neo4j', 'clickhouse']);

/** Whether a workload's pods keep data of their own: by a volume for each, or by programs that are known for it. */
export function keepsData({ kind, field, template }: Workload): boolean {
  const hasVolumes = kind === 'StatefulSet' && field.get('spec', 'volumeClaimTemplates').items().length > 0;
  return hasVolumes || template.containers.some((container) => wordsOf(container.field.get('image').string() ?? '').some((word) => STORES.has(word)));
}

function wordsOf(image: string): readonly string[] {
  return imageOf(image).repository.slice(image.split('@')[0].lastIndexOf('/') + 1).toLowerCase().split(/[-_.]/);
}
