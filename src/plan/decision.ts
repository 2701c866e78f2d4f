/** One inequality that a planned value satisfies. */
export interface Inequality {
  /** How the value stands to the limit: `≥`, `>`, `≤`, `<` or `=`. */
  readonly relation: string;

  /** The limit's value, in the unit of the decision. */
  readonly limit: number;

  /** The limit as the expression that it comes from, such as `preStop 10s + drain 30s + margin 5s`. */
  readonly expression: string;

  /** What happens where it is violated. */
  readonly because: string;

  /** Where the inequality or its number comes from. */
  readonly source: string;
}

/** One number of the manifests, with the inequalities that it comes from. */
export interface Decision {
  /** Its name, in the vocabulary of Kubernetes, Istio or AWS where they have a word. */
  readonly name: string;

  /** Its value. */
  readonly value: number;

  /** Its unit: `s`, `pods`, `%`, `connections`, `replicas`, or empty for a plain count. */
  readonly unit: string;

  /**
   * `derived` from its inequalities, `preferred` where they leave room for a customary value, `declared` where it states a
   * fact about the program, or `overridden`.
   */
  readonly origin: string;

  /** What it satisfies. */
  readonly inequalities: Inequality[];
}

/** A bound that the plan relies on and cannot check. */
export interface Assumption {
  /** Its name. */
  readonly name: string;

  /** Its value. */
  readonly value: number;

  /** Its unit. */
  readonly unit: string;

  /** `declared` by the team, or `default`. */
  readonly origin: string;

  /** Where the number comes from. */
  readonly source: string;
}

/** Something that must hold outside the manifests. */
export interface Requirement {
  /** Who sees to it: `program` or `cluster`. */
  readonly of: string;

  /** What must hold. */
  readonly text: string;
}

/** A weakness of the declaration that is not an error. */
export interface Warning {
  /** Its permanent name, by which it is accepted: see `Risk`, and `PostgresOptions.accept` for the SQL of migrations. */
  readonly id: string;

  /** What it is and what it leads to. */
  readonly text: string;

  /** Why the team accepts it, where it does. */
  readonly acceptedBecause?: string;
}
