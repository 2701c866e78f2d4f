/** The type of the resources that these policies are about. */
export const RDS_INSTANCE = 'aws:rds/instance:Instance';

/** Engines that RDS makes blue/green deployments of. */
export const BLUE_GREEN_ENGINES: readonly string[] = ['mariadb', 'mysql', 'postgres'];

/**
 * An RDS instance as a program declares it, with the provider's defaults.
 *
 * Whatever is not known yet throws the SDK's own error, and the engine then says which policy has to wait for which property.
 */
export class RdsInstance {
  constructor(private readonly props: Readonly<Record<string, unknown>>) {}

  /** Nothing where a snapshot or a source decides it. */
  get engine(): string | undefined {
    return this.text('engine');
  }

  /** Whether updates are made on a copy, and switched to. */
  get isUpdatedBlueGreen(): boolean {
    const { blueGreenUpdate } = this.props;
    return typeof blueGreenUpdate === 'object' && blueGreenUpdate !== null && isOn((blueGreenUpdate as Record<string, unknown>).enabled);
  }

  get isBlueGreenPossible(): boolean {
    return this.engine !== undefined && BLUE_GREEN_ENGINES.includes(this.engine) && !this.isReplica;
  }

  get isReplica(): boolean {
    return this.text('replicateSourceDb') !== undefined;
  }

  get backupRetentionDays(): number {
    const days = Number(this.props.backupRetentionPeriod ?? 0);
    return Number.isFinite(days) ? days : 0;
  }

  get parameterGroup(): string | undefined {
    return this.text('parameterGroupName');
  }

  get allowsMajorUpgrade(): boolean {
    return isOn(this.props.allowMajorVersionUpgrade);
  }

  get isUpgradedByAws(): boolean {
    return isOn(this.props.autoMinorVersionUpgrade ?? true);
  }

  get appliesImmediately(): boolean {
    return isOn(this.props.applyImmediately);
  }

  get isMultiAz(): boolean {
    return isOn(this.props.multiAz);
  }

  get isProtected(): boolean {
    return isOn(this.props.deletionProtection);
  }

  get hasManagedPassword(): boolean {
    return isOn(this.props.manageMasterUserPassword);
  }

  private text(name: string): string | undefined {
    const value = this.props[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}
