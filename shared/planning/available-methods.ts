import type { MigrationMethod } from '../domain/migration.ts';

/** The methods this version carries out. The main process refuses the others with `method-unavailable`. */
export const availableMethods: readonly MigrationMethod[] = ['hot'];

export const isAvailable = (method: MigrationMethod): boolean => availableMethods.includes(method);
