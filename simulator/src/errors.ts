/** An answer that is not 200: what a Perl `die` or `raise` becomes on the wire. */
export class ApiError extends Error {
  readonly status: number
  /** Per parameter, for 400 (`raise_param_exc`). */
  readonly errors: Record<string, string> | undefined
  /** `raise` sets the code as a string, a plain `die` does not: the extjs format shows the difference. */
  readonly raised: boolean

  constructor(
    status: number,
    message: string,
    options: { errors?: Record<string, string>; raised?: boolean } = {},
  ) {
    super(message)
    this.status = status
    this.errors = options.errors
    this.raised = options.raised ?? options.errors !== undefined
  }
}

/** A plain `die`: 500. The text is the only thing that a client can tell it by. */
export const die: (message: string) => never = (message) => {
  throw new ApiError(500, message)
}

/** 400 with one text per parameter (pve-common src/PVE/Exception.pm, raise_param_exc). */
export const parameterError = (errors: Record<string, string>): ApiError =>
  new ApiError(400, 'Parameter verification failed.', { errors })

/** 403 (pve-common src/PVE/Exception.pm, raise_perm_exc). */
export const permissionError = (what?: string): ApiError =>
  new ApiError(
    403,
    what === undefined ? 'Permission check failed' : `Permission check failed (${what})`,
    { raised: true },
  )

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
