/** Another product's SQL, by what only it writes. */
interface Dialect {
  readonly name: string;
  readonly sign: RegExp;
  readonly what: string;
}

const DIALECTS: readonly Dialect[] = [
  { name: 'MySQL', sign: /\bauto_increment\b/i, what: 'AUTO_INCREMENT' },
  { name: 'MySQL', sign: /\)\s*engine\s*=/i, what: 'ENGINE=' },
  { name: 'MySQL', sign: /`[^`\n]+`/, what: 'names in backticks' },
  { name: 'MySQL', sign: /^delimiter\s/im, what: 'DELIMITER' },
  { name: 'MySQL', sign: /\b(modify|change)\s+column\b/i, what: 'MODIFY COLUMN' },
  { name: 'SQL Server', sign: /^\s*go\s*$/im, what: 'GO' },
  { name: 'SQL Server', sign: /\[\w+\]\.\[\w+\]|\bcreate\s+table\s+\[/i, what: 'names in square brackets' },
  { name: 'SQL Server', sign: /\bidentity\s*\(\s*\d+\s*,\s*\d+\s*\)|\bnvarchar\b/i, what: 'IDENTITY(1,1)' },
  { name: 'Oracle', sign: /\bvarchar2\b|\bnumber\s*\(\d+/i, what: 'VARCHAR2' },
  { name: 'SQLite', sign: /\bautoincrement\b|^\s*pragma\b/im, what: 'AUTOINCREMENT' },
];

/** Which product a statement was written for that PostgreSQL does not take, by what of it. */
export function dialectOf(text: string): string | undefined {
  const dialect = DIALECTS.find(({ sign }) => sign.test(text));
  return dialect && `this is ${dialect.name}'s SQL (${dialect.what}), and only PostgreSQL's is judged; name its files alone`;
}

/** What PostgreSQL does instead of something that it does not take. */
export function remedyOf(text: string, message: string): string | undefined {
  if (/^(update|delete)\b/i.test(text) && /"limit"/i.test(message)) {
    return 'PostgreSQL has no UPDATE … LIMIT: choose a range of the key, WHERE id > $last AND id <= $upto, and take the next after it';
  }
  if (/near ":"/.test(message)) {
    return 'variables of psql (:name) are not known here; write what they stand for';
  }
  return /\{\{|\$\{/.test(text) ? 'templates are not filled in here; check what they become' : undefined;
}
