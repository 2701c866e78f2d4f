/** Names that containers may refer to: of the declaration's own ConfigMaps, and of objects that it declares external. */
export interface Referable {
  readonly configMaps: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const EXTERNAL_SECRET = 'database-credentials';
export const EXTERNAL_CONFIG = 'company-settings';
