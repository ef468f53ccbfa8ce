import type { Checkout } from './checkout.ts';
import { EXCEPTIONS, type Exception } from './exceptions.ts';
import type { Finding, Rule } from './rule.ts';
import { RULES } from './rules.ts';

export type RuleFinding = Finding & { readonly rule: Rule };

/** What every rule finds, less what is excepted with a reason; an exception that excuses nothing is a finding itself. */
export function tidy(
  checkout: Checkout,
  rules: readonly Rule[] = RULES,
  exceptions: readonly Exception[] = EXCEPTIONS,
): readonly RuleFinding[] {
  const used = new Set<Exception>();
  const findings = rules.flatMap((rule) =>
    rule.find(checkout).flatMap((finding) => {
      const exception = exceptions.find((each) => each.rule === rule.name && covers(each, finding.path));
      if (exception === undefined) return [{ ...finding, rule }];
      used.add(exception);
      return [];
    }),
  );
  const stale = exceptions.filter((exception) => !used.has(exception) && !exception.path.endsWith('/'));
  return [
    ...findings,
    ...stale.map(({ rule, path }) => ({ path, line: 0, what: `the exception from ${rule} is no longer needed`, rule: STALE_EXCEPTION })),
  ];
}

const STALE_EXCEPTION: Rule = {
  name: 'exceptions-needed',
  why: 'An exception that excuses nothing hides the next one that would matter: take it out of tools/tidy/exceptions.ts.',
  find: () => [],
};

const covers = (exception: Exception, path: string): boolean =>
  exception.path.endsWith('/') ? path.startsWith(exception.path) : path === exception.path;

/** Grouped by rule, each with its reason; empty when there is nothing to tell. */
export function tellFindings(findings: readonly RuleFinding[]): string {
  const rules = [...new Set(findings.map((finding) => finding.rule))];
  return rules
    .map((rule) => {
      const lines = findings
        .filter((finding) => finding.rule === rule)
        .map(({ path, line, what, warning }) => `  ${path}${line > 0 ? `:${line}` : ''}  ${what}${warning ? ' (a warning)' : ''}\n`);
      return `${rule.name}: ${rule.why}\n${lines.join('')}`;
    })
    .join('\n');
}
