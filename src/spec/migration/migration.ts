import type { CommandOptions, PgrollOptions } from './engine-options';
import { commandOf, type CommandSpec, pgrollOf, type PgrollSpec } from './engines';
import type {
  AddCheckOptions, AddColumnOptions, AddForeignKeyOptions, AddUniqueOptions, ChangeColumnTypeOptions, CreateIndexOptions, DropColumnOptions,
  FullTextSearchOptions, RenameColumnOptions, RenameTableOptions, NotNullOptions, SqlMigrationOptions, TableOptions,
} from './migration-options';
import type { ChangeEnumOptions, MergeColumnsOptions, SplitColumnOptions } from './move-options';
import { enumOf, mergeOf, splitOf } from './moves';
import { expression, named, namedColumns, tableOf } from './sql-values';
import { writtenOut } from './written-out';
import { refuse } from '../declaration-error';
import { flagOf, quoted, settingsOf } from '../values';

/** A migration as it was declared. */
export type MigrationSpec =
  | Omit<AddColumnOptions, 'defaultValue'> & { readonly kind: 'addColumn'; readonly default?: string }
  | RenameColumnOptions & { readonly kind: 'renameColumn' }
  | Omit<ChangeColumnTypeOptions, 'defaultValue'> & { readonly kind: 'changeColumnType'; readonly default?: string }
  | SplitColumnOptions & { readonly kind: 'splitColumn' }
  | MergeColumnsOptions & { readonly kind: 'mergeColumns' }
  | ChangeEnumOptions & { readonly kind: 'changeEnum' }
  | NotNullOptions & { readonly kind: 'setNotNull' }
  | AddCheckOptions & { readonly kind: 'addCheck' }
  | AddForeignKeyOptions & { readonly kind: 'addForeignKey' }
  | AddUniqueOptions & { readonly kind: 'addUnique' }
  | CreateIndexOptions & { readonly kind: 'createIndex' }
  | DropColumnOptions & { readonly kind: 'dropColumn' }
  | TableOptions & { readonly kind: 'dropTable' }
  | RenameTableOptions & { readonly kind: 'renameTable' }
  | FullTextSearchOptions & { readonly kind: 'fullTextSearch' }
  | SqlMigrationOptions & { readonly kind: 'sql' }
  | CommandSpec
  | PgrollSpec;

/**
 * A change of the schema that no running version notices.
 *
 * It is declared as what it comes to, and run in phases: the new shape is made beside the old one, a trigger keeps both the same, the rows that
 * are there are filled in and verified, the new version starts, and a later release lets the old shape go.
 */
export class Migration {
  /** A column more. The old version need not know it. */
  static addColumn(options: AddColumnOptions): Migration {
    const title = 'Migration.addColumn';
    return new Migration({
      ...tableOf(title, options),
      kind: 'addColumn',
      column: named(`${title} column`, options.column),
      type: expression(`${title} type`, options.type),
      ...optional('default', `${title} defaultValue`, options.defaultValue),
      ...optional('value', `${title} value`, options.value),
      // Said or left out, what is not so is the same migration.
      ...flagOf(`${title} notNull`, options.notNull, false) && { notNull: true },
    });
  }

  /**
   * A column under another name: both are there, and the same, until nobody knows the old one. Its key, indexes and constraints, and the foreign
   * keys of others that refer to it, stand on the new one before its version starts, and are called as they were in the end. An exclusion, a unique
   * constraint that is deferrable, and an index of a partitioned table do not come along.
   */
  static renameColumn(options: RenameColumnOptions): Migration {
    return new Migration({ ...tableOf('Migration.renameColumn', options), ...fromTo('Migration.renameColumn', options), kind: 'renameColumn' });
  }

  /**
   * A column of another type, under another name: both are there, and follow each other, until nobody knows the old one. Its plain indexes stand on
   * the new one before its version starts; any other must be declared beside it, as must constraints.
   */
  static changeColumnType(options: ChangeColumnTypeOptions): Migration {
    const title = 'Migration.changeColumnType';
    return new Migration({
      ...tableOf(title, options),
      ...fromTo(title, options),
      kind: 'changeColumnType',
      type: expression(`${title} type`, options.type),
      up: expression(`${title} up`, options.up),
      down: expression(`${title} down`, options.down),
      ...optional('default', `${title} defaultValue`, options.defaultValue),
    });
  }

  /**
   * One column as several: all are there, and follow each other, until nobody knows the old one. Indexes and constraints must be declared beside it.
   */
  static splitColumn(options: SplitColumnOptions): Migration {
    return new Migration({ ...splitOf('Migration.splitColumn', options), kind: 'splitColumn' });
  }

  /**
   * Several columns as one: all are there, and follow each other, until nobody knows the old ones. Indexes and constraints must be declared beside it.
   */
  static mergeColumns(options: MergeColumnsOptions): Migration {
    return new Migration({ ...mergeOf('Migration.mergeColumns', options), kind: 'mergeColumns' });
  }

  /**
   * A column of an enum of other values: values may come, go, or be called otherwise, which no enum can do in use. Its plain indexes stand on the new
   * one before its version starts; any other must be declared beside it, as must constraints.
   */
  static changeEnum(options: ChangeEnumOptions): Migration {
    return new Migration({ ...enumOf('Migration.changeEnum', options), kind: 'changeEnum' });
  }

  /** A column that must be given, once every row has it. */
  static notNull(options: NotNullOptions): Migration {
    const title = 'Migration.notNull';
    const column = named(`${title} column`, options.column);
    return new Migration({ ...tableOf(title, options), kind: 'setNotNull', column, ...optional('value', `${title} value`, options.value) });
  }

  /** A CHECK, which holds for new rows at once, and is proven of old ones while others write. */
  static addCheck(options: AddCheckOptions): Migration {
    const title = 'Migration.addCheck';
    const constraint = named(`${title} constraint`, options.constraint);
    return new Migration({ ...tableOf(title, options), kind: 'addCheck', constraint, check: expression(`${title} check`, options.check) });
  }

  /** A foreign key, which holds for new rows at once, and is proven of old ones while others write. */
  static addForeignKey(options: AddForeignKeyOptions): Migration {
    const title = 'Migration.addForeignKey';
    const constraint = named(`${title} constraint`, options.constraint);
    const columns = namedColumns(`${title} columns`, options.columns);
    const referenced = namedColumns(`${title} references columns`, settingsOf(`${title} references`, options.references).columns);
    if (columns.length !== referenced.length) {
      refuse(`${title} columns are ${columns.length} and references columns ${referenced.length}; give as many of one as of the other`);
    }
    const references = { ...tableOf(`${title} references`, options.references), columns: referenced };
    return new Migration({ ...tableOf(title, options), kind: 'addForeignKey', constraint, columns, references });
  }

  /** A unique constraint, over an index that is built while others write. */
  static addUnique(options: AddUniqueOptions): Migration {
    const title = 'Migration.addUnique';
    const constraint = named(`${title} constraint`, options.constraint);
    return new Migration({ ...tableOf(title, options), kind: 'addUnique', constraint, columns: namedColumns(`${title} columns`, options.columns) });
  }

  /** An index, built while others write. */
  static createIndex(options: CreateIndexOptions): Migration {
    const title = 'Migration.createIndex';
    return new Migration({
      ...tableOf(title, options),
      kind: 'createIndex',
      index: named(`${title} index`, options.index),
      columns: namedColumns(`${title} columns`, options.columns),
      ...optional('where', `${title} where`, options.where),
      ...flagOf(`${title} unique`, options.unique, false) && { unique: true },
    });
  }

  /**
   * A column less: as one of `migrations` the new version can do without it, and as one of `contracts` it goes. In between the old version reads
   * null in rows of the new one, and must bear that.
   */
  static dropColumn(options: DropColumnOptions): Migration {
    const title = 'Migration.dropColumn';
    return new Migration({ ...tableOf(title, options), kind: 'dropColumn', column: named(`${title} column`, options.column) });
  }

  /** A table less: nothing happens to it until it is one of `contracts`. */
  static dropTable(options: TableOptions): Migration {
    return new Migration({ ...tableOf('Migration.dropTable', options), kind: 'dropTable' });
  }

  /** A table under another name: a view of the new name stands for it until nobody knows the old one. */
  static renameTable(options: RenameTableOptions): Migration {
    const title = 'Migration.renameTable';
    const to = named(`${title} to`, options.to);
    if (to === options.table) {
      refuse(`${title} to ${quoted(to)} must be another name than table`);
    }
    return new Migration({ ...tableOf(title, options), kind: 'renameTable', to });
  }

  /** A column in which the words of others are found, kept by a trigger, with an index. */
  static fullTextSearch(options: FullTextSearchOptions): Migration {
    const title = 'Migration.fullTextSearch';
    return new Migration({
      ...tableOf(title, options),
      kind: 'fullTextSearch',
      column: named(`${title} column`, options.column),
      columns: namedColumns(`${title} columns`, options.columns),
      configuration: named(`${title} configuration`, options.configuration),
    });
  }

  /** What is none of the others, as SQL for each phase. Whether the old version notices it is for whoever writes it to see. */
  static sql(options: SqlMigrationOptions): Migration {
    return new Migration({ ...writtenOut('Migration.sql', options), kind: 'sql' });
  }

  /**
   * A command of another engine, in its own image: as one of `migrations` it ends before what is declared after it begins, and as one of `contracts`
   * it begins once nobody needs the old shape. Whether the old version notices it is for whoever writes it to see.
   * @throws where a text holds a password, or something is not what Kubernetes takes
   */
  static command(options: CommandOptions): Migration {
    return new Migration(commandOf('Migration.command', options));
  }

  /**
   * A migration of pgroll: as one of `migrations` it is started, and as one of `contracts` it is completed. The program finds its tables by the
   * search path that `PGOPTIONS` says.
   * @throws where the file is none that pgroll reads as JSON, or the name makes no schema
   */
  static pgroll(options: PgrollOptions): Migration {
    return new Migration(pgrollOf('Migration.pgroll', options));
  }

  /** @internal */
  readonly _spec: MigrationSpec;

  private constructor(spec: MigrationSpec) {
    this._spec = spec;
  }
}

function fromTo(title: string, { from, to }: RenameColumnOptions): { readonly from: string; readonly to: string } {
  const names = { from: named(`${title} from`, from), to: named(`${title} to`, to) };
  return names.from === names.to ? refuse(`${title} to ${quoted(to)} must be another name than from: both columns are there for a while`) : names;
}

function optional<K extends string>(key: K, title: string, text: string | undefined): { readonly [P in K]?: string } {
  return (text === undefined ? {} : { [key]: expression(title, text) }) as { readonly [P in K]?: string };
}
