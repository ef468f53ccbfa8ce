import { boundSqlSchemas } from './bound-sql-schemas.ts';
import { coverMissions } from './cover-missions.ts';
import { explainCasts } from './explain-casts.ts';
import { forbidAmbientRandomness, forbidAmbientTime } from './forbid-ambient.ts';
import { forbidJunkNames } from './forbid-junk-names.ts';
import { forbidLeftovers } from './forbid-leftovers.ts';
import { forbidMachinePaths } from './forbid-machine-paths.ts';
import { forbidSqlTime } from './forbid-sql-time.ts';
import { keepRefusalsTogether } from './keep-refusals-together.ts';
import { limitFiles, limitFunctions } from './limit-length.ts';
import { matchStatements } from './match-statements.ts';
import { numberMigrations } from './number-migrations.ts';
import { requireWholeLock } from './require-whole-lock.ts';
import type { Rule } from './rule.ts';
import { runAllTests } from './run-all-tests.ts';
import { showDomainFaces } from './show-domain-faces.ts';
import { speakGlossary } from './speak-glossary.ts';

export const RULES: readonly Rule[] = [
  limitFiles,
  limitFunctions,
  forbidJunkNames,
  showDomainFaces,
  keepRefusalsTogether,
  forbidAmbientTime,
  forbidAmbientRandomness,
  forbidSqlTime,
  boundSqlSchemas,
  matchStatements,
  numberMigrations,
  forbidLeftovers,
  runAllTests,
  coverMissions,
  speakGlossary,
  explainCasts,
  forbidMachinePaths,
  requireWholeLock,
];
