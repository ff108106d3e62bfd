/** Bounds that also pages need which check no request: request.ts brings its schemas along. */

export const MAX_VMS_PER_DEPLOYMENT = 500
