/** ms since 1970 as a part of a file name that sorts like time and is legal everywhere: `20260131T094500123Z`. */
export const fileTimestamp = (at: number): string => new Date(at).toISOString().replace(/[-:.]/g, '');
