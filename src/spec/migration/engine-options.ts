import type { Env } from '../env';
import type { Resources } from '../resources';
import type { Security } from '../security';
import type { Volume } from '../volume';

/** Another engine that changes the schema, in an image of its own. */
export interface EngineOptions {
  /** Its image, with a tag or a digest. It need not hold a shell. */
  readonly image: string;

  /**
   * What its container needs, and what it may use at most.
   * @default - 100m CPU and 128Mi memory reserved, no limits
   */
  readonly resources?: Resources;

  /**
   * How many connections to the database it has open at most, from 1 to 1000. They are counted beside those of the service.
   * @default 5
   */
  readonly connections?: number;
}

/** A command of another engine, such as Flyway, Liquibase, Prisma, Atlas or knex. */
export interface CommandOptions extends EngineOptions {
  /**
   * The program and, if one likes, its first arguments: what the image would run by itself is not known here. It must be safe to run again after it
   * was ended at any moment, as an engine is that has a history of its own in the database.
   */
  readonly command: string[];

  /**
   * Arguments of the program. Kubernetes puts the value of a variable of `env` where `$(NAME)` stands.
   * @default - none
   */
  readonly args?: string[];

  /**
   * Environment variables, by name. What holds a password comes from a Secret: `Env.secretKey`.
   * @default - `DATABASE_URL`, with the URL of the database
   */
  readonly env?: { readonly [name: string]: Env };

  /**
   * What is mounted, by absolute path.
   * @default - an emptyDir at `/tmp` where the root file system is read-only
   */
  readonly volumes?: { readonly [path: string]: Volume };

  /**
   * What the container may do on its node.
   * @default Security.restricted({ user: 1337, group: 1337 })
   */
  readonly security?: Security;
}

/** A migration of pgroll. */
export interface PgrollOptions extends EngineOptions {
  /**
   * What pgroll calls it: the name of its file without the extension, of lower-case letters, digits and `_`. With the schema and a `_` in front it is
   * at most 63 characters long.
   */
  readonly name: string;

  /** The file itself, as JSON: an object with a list of `operations`, at most 256 KiB long. */
  readonly migration: string;

  /**
   * The schema that it changes.
   * @default "public"
   */
  readonly schema?: string;
}
