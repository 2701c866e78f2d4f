import type { CommandEffect } from './alter-target';
import { lockAll, type Work } from './effect';
import { defaultPartitionsOf, familyOf, storedOf, workOn } from './storage';
import { as } from '../sql/node';

/** ATTACH PARTITION: the new partition is read, and the default one, unless a CHECK says what would be looked for. */
export const attachPartition: CommandEffect = ({ def }, { id, relation }, { catalog, version }) => {
  const command = as(def, 'PartitionCmd');
  const child = catalog.idOf(command?.name ?? {});
  const attached = catalog.tryFind(child);
  const others = defaultPartitionsOf(id, catalog);
  const isProven = command?.bound?.is_default !== true && attached?.constraints.some(({ kind, isValidated, columns }) => kind === 'CHECK' && isValidated && columns.length > 0) === true;
  const lacksIndex = relation?.indexes.some(({ columns }) => !attached?.indexes.some((index) => index.columns.join() === columns.join())) === true;
  const scans = [...isProven ? [] : storedOf(child, catalog), ...others];
  return {
    command: 'ATTACH PARTITION',
    name: child,
    locks: [
      ...lockAll([id], version >= 12 ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'),
      ...lockAll(familyOf(child, catalog), 'ACCESS EXCLUSIVE'),
      ...lockAll(others, 'ACCESS EXCLUSIVE'),
    ],
    work: [
      ...scans.map((each): Work => ({ kind: 'scan', relation: each, because: each === child ? 'every row is held against the bounds' : 'rows of the new partition are looked for' })),
      ...lacksIndex ? workOn('index build', child, catalog, 'an index of the partitioned table is built') : [],
    ],
  };
};

/** DETACH PARTITION. */
export const detachPartition: CommandEffect = ({ def, subtype }, { id }, { catalog, version }) => {
  const command = as(def, 'PartitionCmd');
  const child = catalog.idOf(command?.name ?? {});
  const isGentle = command?.concurrent === true || subtype === 'AT_DetachPartitionFinalize';
  const others = defaultPartitionsOf(id, catalog).filter((each) => each !== child);
  return {
    command: command?.concurrent ? 'DETACH PARTITION CONCURRENTLY' : subtype === 'AT_DetachPartitionFinalize' ? 'DETACH PARTITION FINALIZE' : 'DETACH PARTITION',
    name: child,
    locks: [...lockAll([id], isGentle ? 'SHARE UPDATE EXCLUSIVE' : 'ACCESS EXCLUSIVE'), ...lockAll([child], version >= 14 ? 'ACCESS EXCLUSIVE' : 'SHARE UPDATE EXCLUSIVE'), ...lockAll(isGentle ? [] : others, 'ACCESS EXCLUSIVE')],
    work: [],
    needsNoTransaction: command?.concurrent === true,
    refusal: command?.concurrent && version < 14 ? { sqlstate: '42601', message: 'DETACH PARTITION … CONCURRENTLY is known to PostgreSQL 14 and later' } : undefined,
  };
};
