/**
 * `everline migrate`: one numbered stream of plain SQL, one PostgreSQL schema per domain folder, two roles where they
 * may be made. See README.md.
 */
export { becomeOwner } from './arrange-roles.ts';
export { compareSchema, rolesAreSeparate, type SchemaStanding } from './compare-schema.ts';
export { MIGRATION_LOCK, type MigrationReport, migrate } from './migrate.ts';
export { type ProgramConnection, programConnection } from './program-connection.ts';
export { everlineSchemas, filledByMigrations, type Migration, readMigrations } from './read-migrations.ts';
export { MigrationTrouble, type MigrationTroubleCode } from './trouble.ts';
