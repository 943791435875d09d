import { z } from 'zod';

/*
 * Imported before any schema is made: the window's content security policy forbids `new Function`, and even the attempt
 * would be reported as a violation.
 */
z.config({ jitless: true });
