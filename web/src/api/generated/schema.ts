// Written by `npm run generate:api` from the server's OpenAPI document; do not edit.

export interface paths {
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was asked for and what came of it, newest first
         * @description An intent is listed until its outcome is there. Who holds Sys.Audit on / sees everything, others what they did themselves.
         */
        get: {
            parameters: {
                query?: {
                    actor?: string;
                    before?: number;
                    deployment?: string;
                    limit?: number;
                    operation?: string;
                    os?: string;
                    q?: string;
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    until?: string;
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            all: boolean;
                            entries: {
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                durationMs: number | null;
                                error: string | null;
                                id: number;
                                operation: string;
                                reason: string | null;
                                /** @enum {string} */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                vms: number | null;
                            }[];
                            next: number | null;
                            verified: {
                                database: {
                                    entries: number;
                                    fault: {
                                        id: number;
                                        /** @enum {string} */
                                        kind: "changed" | "missing" | "reordered" | "foreign";
                                        message: string;
                                    } | null;
                                    last: {
                                        at: string;
                                        hash: string;
                                        id: number;
                                    } | null;
                                };
                                files: {
                                    entries: number;
                                    fault: {
                                        file: string;
                                        id: number;
                                        /** @enum {string} */
                                        kind: "changed" | "missing" | "reordered" | "foreign";
                                        line: number;
                                        message: string;
                                    } | null;
                                    first: number | null;
                                    last: {
                                        hash: string;
                                        id: number;
                                    } | null;
                                    unchained: number;
                                };
                                milliseconds: number;
                                ok: boolean;
                                verifiedAt: string;
                            } | null;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entry whole, and those that belong to it
         * @description Who holds Sys.Audit on / sees everything, others what they did themselves.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            entry: {
                                operation: string;
                                timestamp: string;
                            } & {
                                [key: string]: unknown;
                            };
                            head: {
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                durationMs: number | null;
                                error: string | null;
                                id: number;
                                operation: string;
                                reason: string | null;
                                /** @enum {string} */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                vms: number | null;
                            };
                            related: {
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                durationMs: number | null;
                                error: string | null;
                                id: number;
                                operation: string;
                                reason: string | null;
                                /** @enum {string} */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                vms: number | null;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All of them, as JSON Lines or CSV, oldest first
         * @description JSON Lines are those of the log file, intents too; without filters, `npm run audit -- verify --log-file` can verify them. CSV has no intents whose outcome is there. Who holds Sys.Audit on / sees everything, others what they did themselves.
         */
        get: {
            parameters: {
                query: {
                    actor?: string;
                    deployment?: string;
                    format: "jsonl" | "csv";
                    operation?: string;
                    os?: string;
                    q?: string;
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    until?: string;
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many of each kind
         * @description Takes the filters of `GET /audit`. Who holds Sys.Audit on / sees everything, others what they did themselves.
         */
        get: {
            parameters: {
                query?: {
                    actor?: string;
                    deployment?: string;
                    operation?: string;
                    os?: string;
                    q?: string;
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    until?: string;
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            actors: {
                                count: number;
                                name: string;
                            }[];
                            firstAt: string | null;
                            lastAt: string | null;
                            operations: {
                                count: number;
                                name: string;
                            }[];
                            osTypes: {
                                count: number;
                                name: string;
                            }[];
                            statuses: {
                                count: number;
                                name: string;
                            }[];
                            total: number;
                            validations: {
                                count: number;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether entries were changed, removed or moved since they were written
         * @description Reads the whole chain in the database, and the log files of the server that answers. For holders of Sys.Audit on /.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            database: {
                                entries: number;
                                fault: {
                                    id: number;
                                    /** @enum {string} */
                                    kind: "changed" | "missing" | "reordered" | "foreign";
                                    message: string;
                                } | null;
                                last: {
                                    at: string;
                                    hash: string;
                                    id: number;
                                } | null;
                            };
                            files: {
                                entries: number;
                                fault: {
                                    file: string;
                                    id: number;
                                    /** @enum {string} */
                                    kind: "changed" | "missing" | "reordered" | "foreign";
                                    line: number;
                                    message: string;
                                } | null;
                                first: number | null;
                                last: {
                                    hash: string;
                                    id: number;
                                } | null;
                                unchained: number;
                            };
                            milliseconds: number;
                            ok: boolean;
                            verifiedAt: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blueprints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Blueprints: your own, those that others share, and examples */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blueprints: components["schemas"]["BlueprintHead"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Save a request as a blueprint
         * @description Its source may leave `vmid` out, or give the `name` of the template instead; VMIDs and passwords have no place in it. 409 where you have one of this name, unless `replace` is true: then it takes its place.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        description?: string | null;
                        name: string;
                        replace?: boolean;
                        request: components["schemas"]["BlueprintRequest"];
                        shared?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blueprints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One blueprint with its request */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Delete a blueprint of yours; deployments made from it stay as they are */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Rename, describe, share or replace a blueprint of yours
         * @description What is left out stays as it is.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        description?: string | null;
                        name?: string;
                        request?: components["schemas"]["BlueprintRequest"];
                        shared?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/blueprints/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One blueprint as a file, to keep or to hand on
         * @description Who owns it and whether it is shared is not part of the file.
         */
        get: {
            parameters: {
                query?: {
                    format?: "yaml" | "json";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file; YAML unless `format` says otherwise */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BlueprintFile"];
                        "application/yaml": string;
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blueprints/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save a blueprint from a file in YAML or JSON
         * @description As `POST /blueprints`, with the file as the body. `application/yaml` takes JSON as well, so that the sender need not look into the file.
         */
        post: {
            parameters: {
                query?: {
                    replace?: "true" | "false";
                    shared?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["BlueprintFile"];
                    "application/yaml": components["schemas"]["BlueprintFile"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cpu-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CPU types that each node knows, models of your own included */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cpuTypes: {
                                names: string[];
                                node: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deployments that you may see, newest first
         * @description Those that you began, and those of others on whose pool, or on `/vms`, you hold VM.Audit. All other calls answer 404 for a deployment that you may not see.
         */
        get: {
            parameters: {
                query?: {
                    before?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deployments: components["schemas"]["DeploymentHead"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Deploy: plan again, and start the work
         * @description With `planHash` the work starts only as the plan with that hash said, with its VMIDs and nodes where they are still to be had; else 409 with the new plan. 422 where the plan has blockers, each at its field. The same `Idempotency-Key` by the same caller answers the deployment that the first call made; 422 where the request is another.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        planHash?: string;
                        request: components["schemas"]["DeploymentRequest"];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deployment"];
                    };
                };
                /** @description The cluster has changed since the plan with `planHash` was made; `plan` is the new one */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            detail: string;
                            errors?: {
                                message: string;
                                path: string;
                            }[];
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            requestId: string;
                            status: number;
                            title: string;
                            type: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One deployment with its VMs and their steps */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deployment"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop what runs, remove half VMs, keep finished ones
         * @description All of it, or only the VMs in `vms`: the others go on. A VM that has ended stays as it is; one that was being tried again is removed like any other half VM. 404 where one of them is no VM of the deployment, and then nothing is cancelled. For who started the deployment, and for holders of Sys.Modify on /.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deployment"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow one deployment */
        get: {
            parameters: {
                query?: {
                    lastEventId?: string;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Server-sent events `deployment`, `vm` and `step`, each with an id. `Last-Event-ID`, or `lastEventId` in the query, resumes behind that event without loss; without either the stream starts now. It ends when its caller signs out. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["DeploymentEvent"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take it along as code
         * @description `json`: the request. `curl`: every call of the plan as a shell script. `terraform`: for the provider bpg/proxmox. `ansible`: for the collection community.proxmox. Secrets are variables; what a format has no words for is said in it.
         */
        get: {
            parameters: {
                query?: {
                    format?: "json" | "curl" | "terraform" | "ansible";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                        "application/yaml": string;
                        "text/plain": string;
                        "text/x-shellscript": string;
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Failed VMs go on from the step that failed, or are made anew with changes
         * @description All that failed, or those in `vms`. A VM that is gone by then, or no longer carries the stamp of the deployment, is made anew from its first step on. With `planHash` only if the plan of `POST /deployments/:id/retry/plan` is still that one; else 409 with the new plan. 409 where nothing failed, or one of them did not; 422 where `changes` cannot be made. For who started the deployment, and for holders of Sys.Modify on /; it goes on with the rights of the caller.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        changes?: {
                            cloudInit?: {
                                agent?: boolean;
                                commands?: (string | string[])[];
                                defaultUser?: ("keep" | "none") | {
                                    password?: string;
                                    passwordHash?: string;
                                    sshKeys?: string[];
                                };
                                /** @enum {string} */
                                delivery?: "auto" | "native" | "seed" | "snippet";
                                domain?: string;
                                hostname?: string;
                                /** @enum {string} */
                                inherited?: "clear" | "keep";
                                locale?: string;
                                openssh?: boolean;
                                packages?: string[];
                                packageUpdate?: boolean;
                                packageUpgrade?: boolean;
                                sshPasswordLogin?: boolean;
                                timezone?: string;
                                userData?: {
                                    document: string;
                                    /** @enum {string} */
                                    mode: "replace" | "extend";
                                };
                                users?: {
                                    gecos?: string;
                                    groups?: string[];
                                    name: string;
                                    password?: string;
                                    passwordHash?: string;
                                    shell?: string;
                                    sshKeys?: string[];
                                    sudo?: boolean;
                                }[];
                                writeFiles?: {
                                    append?: boolean;
                                    content: string;
                                    /** @enum {string} */
                                    encoding?: "text" | "base64";
                                    owner?: string;
                                    path: string;
                                    permissions?: string;
                                }[];
                            };
                            cores?: number;
                            description?: string;
                            diskGiB?: number;
                            hardware?: {
                                agent?: boolean;
                                balloonMiB?: number;
                                bootOrder?: string[];
                                cpuType?: string;
                                disk?: {
                                    /** @enum {string} */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /** @enum {string} */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    discard?: boolean;
                                    /** @enum {string} */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    iothread?: boolean;
                                    ssd?: boolean;
                                };
                                disks?: {
                                    /** @enum {string} */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /** @enum {string} */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    discard?: boolean;
                                    /** @enum {string} */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    iothread?: boolean;
                                    sizeGiB: number;
                                    ssd?: boolean;
                                    storage?: string;
                                }[];
                                /** @enum {string} */
                                display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                                /** @enum {string} */
                                firmware?: "bios" | "uefi";
                                machine?: string;
                                /** @enum {string} */
                                scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                                secureBoot?: boolean;
                                serialConsole?: boolean;
                                sockets?: number;
                                tablet?: boolean;
                                tpm?: boolean;
                            };
                            memoryMiB?: number;
                            networks?: {
                                bridge?: string;
                                firewall?: boolean;
                                gateway?: string;
                                gateway6?: string;
                                ip?: string;
                                ip6?: string;
                                mac?: string;
                                /** @enum {string} */
                                model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                                nameservers?: string[];
                                rateMBps?: number;
                                searchDomains?: string[];
                                vlan?: number;
                            }[];
                            node?: string;
                            onBoot?: boolean;
                            start?: boolean;
                            storage?: string;
                            tags?: string[];
                            validate?: {
                                agentTimeoutSeconds?: number;
                                ports?: number[];
                            };
                        };
                        planHash?: string;
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deployment"];
                    };
                };
                /** @description The cluster has changed since the plan with `planHash` was made; `plan` is the new one */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            detail: string;
                            errors?: {
                                message: string;
                                path: string;
                            }[];
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            requestId: string;
                            status: number;
                            title: string;
                            type: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/retry/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a retry would do, call by call; changes nothing
         * @description A plan as of `POST /plans`, with the steps that are still to be done. Fields of blockers and warnings are those of `changes`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        changes?: {
                            cloudInit?: {
                                agent?: boolean;
                                commands?: (string | string[])[];
                                defaultUser?: ("keep" | "none") | {
                                    password?: string;
                                    passwordHash?: string;
                                    sshKeys?: string[];
                                };
                                /** @enum {string} */
                                delivery?: "auto" | "native" | "seed" | "snippet";
                                domain?: string;
                                hostname?: string;
                                /** @enum {string} */
                                inherited?: "clear" | "keep";
                                locale?: string;
                                openssh?: boolean;
                                packages?: string[];
                                packageUpdate?: boolean;
                                packageUpgrade?: boolean;
                                sshPasswordLogin?: boolean;
                                timezone?: string;
                                userData?: {
                                    document: string;
                                    /** @enum {string} */
                                    mode: "replace" | "extend";
                                };
                                users?: {
                                    gecos?: string;
                                    groups?: string[];
                                    name: string;
                                    password?: string;
                                    passwordHash?: string;
                                    shell?: string;
                                    sshKeys?: string[];
                                    sudo?: boolean;
                                }[];
                                writeFiles?: {
                                    append?: boolean;
                                    content: string;
                                    /** @enum {string} */
                                    encoding?: "text" | "base64";
                                    owner?: string;
                                    path: string;
                                    permissions?: string;
                                }[];
                            };
                            cores?: number;
                            description?: string;
                            diskGiB?: number;
                            hardware?: {
                                agent?: boolean;
                                balloonMiB?: number;
                                bootOrder?: string[];
                                cpuType?: string;
                                disk?: {
                                    /** @enum {string} */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /** @enum {string} */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    discard?: boolean;
                                    /** @enum {string} */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    iothread?: boolean;
                                    ssd?: boolean;
                                };
                                disks?: {
                                    /** @enum {string} */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /** @enum {string} */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    discard?: boolean;
                                    /** @enum {string} */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    iothread?: boolean;
                                    sizeGiB: number;
                                    ssd?: boolean;
                                    storage?: string;
                                }[];
                                /** @enum {string} */
                                display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                                /** @enum {string} */
                                firmware?: "bios" | "uefi";
                                machine?: string;
                                /** @enum {string} */
                                scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                                secureBoot?: boolean;
                                serialConsole?: boolean;
                                sockets?: number;
                                tablet?: boolean;
                                tpm?: boolean;
                            };
                            memoryMiB?: number;
                            networks?: {
                                bridge?: string;
                                firewall?: boolean;
                                gateway?: string;
                                gateway6?: string;
                                ip?: string;
                                ip6?: string;
                                mac?: string;
                                /** @enum {string} */
                                model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                                nameservers?: string[];
                                rateMBps?: number;
                                searchDomains?: string[];
                                vlan?: number;
                            }[];
                            node?: string;
                            onBoot?: boolean;
                            start?: boolean;
                            storage?: string;
                            tags?: string[];
                            validate?: {
                                agentTimeoutSeconds?: number;
                                ports?: number[];
                            };
                        };
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Plan"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What undoing it would stop and destroy
         * @description A plan as of `POST /plans`, from what is there now: each VM of the deployment that carries its stamp. VMs that are gone, whose stamp is gone, or that are protected are warnings, and left alone. Changes nothing.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Plan"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Undo: destroy what this deployment made, and nothing else
         * @description Begins a deployment of its own (`undoOf`) that carries out the plan of `GET /deployments/:id/undo`, made anew. With `planHash` only if it is still that one; else 409 with the new plan. The stamp of each VM is read again at the moment of its deletion. 409 while the deployment runs, or is being undone, or where nothing is left. For who started the deployment, and for holders of Sys.Modify on /.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        planHash?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Deployment"];
                    };
                };
                /** @description The cluster has changed since the plan with `planHash` was made; `plan` is the new one */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            detail: string;
                            errors?: {
                                message: string;
                                path: string;
                            }[];
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            requestId: string;
                            status: number;
                            title: string;
                            type: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that should be so before VMs are deployed
         * @description Connection, certificates, clocks, version, quorum, what the caller may do and the commands that would grant the rest, storages, templates, database, disk. Only reads. Each finding is `ok`, `info` (worth knowing), `warn` (should be fixed) or `fail` (stops deployments), the worst first. 200 also where Proxmox does not answer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: string | null;
                            checkedAt: string;
                            cluster: string;
                            findings: {
                                commands: {
                                    text: string;
                                    /** @enum {string} */
                                    where: "node" | "here" | "env";
                                }[];
                                found: string;
                                id: string;
                                /** @enum {string} */
                                level: "ok" | "info" | "warn" | "fail";
                                remedy: string | null;
                                subject: string | null;
                                title: string;
                            }[];
                            milliseconds: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/doctor/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why there is no connection to Proxmox, and what to do
         * @description Each host of PROXMOX_HOST: whether it answers, its certificate, its clock.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: string | null;
                            checkedAt: string;
                            cluster: string;
                            findings: {
                                commands: {
                                    text: string;
                                    /** @enum {string} */
                                    where: "node" | "here" | "env";
                                }[];
                                found: string;
                                id: string;
                                /** @enum {string} */
                                level: "ok" | "info" | "warn" | "fail";
                                remedy: string | null;
                                subject: string | null;
                                title: string;
                            }[];
                            milliseconds: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow all deployments that you may see: their heads, without VMs and steps */
        get: {
            parameters: {
                query?: {
                    lastEventId?: string;
                };
                header?: {
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Server-sent events `deployment`, `vm` and `step`, each with an id. `Last-Event-ID`, or `lastEventId` in the query, resumes behind that event without loss; without either the stream starts now. It ends when its caller signs out. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["DeploymentEvent"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                            uptimeSeconds: number;
                            version: string;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * ISOs and disk images of the storages that you may see
         * @description Drivers come first, the newest of them `preferred`. What a file is comes from its name. Files of one name and size on local storages of several nodes count as one.
         */
        get: {
            parameters: {
                query?: {
                    content?: "iso" | "import";
                    fresh?: "true" | "false";
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            images: components["schemas"]["Image"][];
                            unread: {
                                node: string;
                                reason: string;
                                storage: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{volid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an ISO or image
         * @description The volume id is one segment of the path: `local%3Aiso%2Fdebian.iso`. Of a local storage that several nodes have, name the node. Refused with 409 where a VM has it in a drive or a running deployment installs from it, unless `force=true`.
         */
        delete: {
            parameters: {
                query?: {
                    force?: "true" | "false";
                    node?: string;
                };
                header?: never;
                path: {
                    volid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{volid}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** VMs and running deployments that use an ISO or image */
        get: {
            parameters: {
                query?: {
                    node?: string;
                };
                header?: never;
                path: {
                    volid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            complete: boolean;
                            deployments: {
                                id: string;
                                name: string | null;
                            }[];
                            vms: {
                                drive: string;
                                name: string | null;
                                node: string;
                                template: boolean;
                                vmid: number;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Well-known cloud images and the VirtIO drivers, with those of CATALOGUE_FILE */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            entries: components["schemas"]["CatalogueEntry"][];
                            problem: string | null;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/catalogue/{id}/checksum": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The checksum of an entry, as its publisher states it now */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            algorithm: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
                            value: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have Proxmox download an ISO or disk image
         * @description The node fetches it itself. Follow it by `GET /images/transfers`. With a checksum Proxmox keeps the file only if it is right, and takes a file that is there already and right for done.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        algorithm?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
                        checksum?: string;
                        /** @enum {string} */
                        content: "iso" | "import";
                        fileName: string;
                        node: string;
                        storage: string;
                        /** Format: uri */
                        url: string;
                        verifyCertificates?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            upid: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/look-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an address gives: file name, size, media type
         * @description Asked by the node, not by this server.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        node: string;
                        /** Format: uri */
                        url: string;
                        verifyCertificates?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            fileName: string | null;
                            mediaType: string | null;
                            sizeBytes: number | null;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Storages that take ISOs or disk images, with what you may do there */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            targets: {
                                availableGiB: number | null;
                                /** @enum {string} */
                                content: "iso" | "import";
                                delete: string | null;
                                download: string | null;
                                node: string;
                                shared: boolean;
                                storage: string;
                                upload: string | null;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Downloads of the last day, also those that were started elsewhere
         * @description From the task lists of the nodes: your own, and those of others with Sys.Audit.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            transfers: components["schemas"]["Transfer"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/transfers/{upid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One download or upload */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    upid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Transfer"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** End a running download; Proxmox throws away what it has */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    upid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload an ISO or disk image
         * @description The body is the file itself, with its `Content-Length`: `curl -T file.iso -X POST -H "Content-Type: application/octet-stream" …`. It streams to Proxmox and is kept nowhere here; cut off in the middle, nothing of it stays. The answer comes when Proxmox has every byte; its task then puts the file into the storage: follow it by `GET /images/transfers/{upid}`.
         */
        post: {
            parameters: {
                query: {
                    algorithm?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
                    checksum?: string;
                    content: "iso" | "import";
                    fileName: string;
                    node: string;
                    overwrite?: "true" | "false";
                    storage: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/octet-stream": unknown;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            upid: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/isos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ISOs among the images */
        get: {
            parameters: {
                query?: {
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            isos: components["schemas"]["Image"][];
                            unread: {
                                node: string;
                                reason: string;
                                storage: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What monitoring reads, in the format of Prometheus
         * @description Answers callers on the same machine; with METRICS_TOKEN set, everybody who sends `Authorization: Bearer TOKEN`. Nothing else signs in here.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Metrics */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bridges and vnets that a VM can use */
        get: {
            parameters: {
                query?: {
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            networks: components["schemas"]["Network"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes of the cluster */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            nodes: components["schemas"]["Node"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a request would do, call by call; changes nothing */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DeploymentRequest"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Plan"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resource pools */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            pools: components["schemas"]["Pool"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proxmox/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connection to Proxmox; 200 also where there is none */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checkedAt: string;
                            clusterName: string | null;
                            connected: boolean;
                            demo: boolean;
                            failingSince: string | null;
                            hint: string | null;
                            host: string;
                            latencyMs: number | null;
                            message: string;
                            nodes: number | null;
                            nodesOnline: number | null;
                            quorate: boolean | null;
                            /** @enum {string} */
                            tls: "system-ca" | "ca-file" | "fingerprint" | "off";
                            tlsVerified: boolean;
                            untrustedCertificate: {
                                fingerprint: string;
                                host: string;
                                line: string;
                            } | null;
                            version: string | null;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it do its work: database and Proxmox, with reasons */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                message: string;
                                /** @enum {string} */
                                name: "database" | "proxmox";
                                ok: boolean;
                            }[];
                            ready: boolean;
                        };
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                message: string;
                                /** @enum {string} */
                                name: "database" | "proxmox";
                                ok: boolean;
                            }[];
                            ready: boolean;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign-in realms of Proxmox, and how the connection to it stands */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            connection: {
                                checkedAt: string;
                                connected: boolean;
                                demo: boolean;
                                failingSince: string | null;
                                hint: string | null;
                                host: string;
                                latencyMs: number | null;
                                message: string;
                                /** @enum {string} */
                                tls: "system-ca" | "ca-file" | "fingerprint" | "off";
                                tlsVerified: boolean;
                                untrustedCertificate: {
                                    fingerprint: string;
                                    host: string;
                                    line: string;
                                } | null;
                            };
                            realms: {
                                comment: string | null;
                                default: boolean;
                                realm: string;
                                secondFactor: string | null;
                                type: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in; 401 where nobody is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            expiresAt: string | null;
                            /** @enum {string} */
                            method: "session" | "token";
                            username: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Sign in with a Proxmox account
         * @description Sets an HttpOnly cookie. Where the account has a second factor and `otp` is missing, the answer is a 401 whose `type` ends in `/second-factor-required` and whose `factors` names the kinds that the account has; repeat the call with `otp`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        otp?: string;
                        password: string;
                        realm?: string;
                        username: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            expiresAt: string | null;
                            /** @enum {string} */
                            method: "session" | "token";
                            username: string;
                        };
                    };
                };
                /** @description Not signed in: wrong name or password, or a second factor is missing or wrong */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            detail: string;
                            errors?: {
                                message: string;
                                path: string;
                            }[];
                            factors?: string[];
                            hint?: string;
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            requestId: string;
                            status: number;
                            title: string;
                            type: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Sign out; also where nobody is signed in */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ssh-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public SSH keys that you keep here
         * @description Nobody sees those of others. A token sees those of its user.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            keys: components["schemas"]["SshKey"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Keep public SSH keys
         * @description One line for each key, as in an `authorized_keys` file; empty lines and comments are left out. A key that you keep already is told in `known`, a line that is no public key in `refused` with the reason; the others are kept. One account keeps at most 100.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        keys: string;
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            added: components["schemas"]["SshKey"][];
                            known: {
                                key: components["schemas"]["SshKey"];
                                line: number;
                            }[];
                            refused: {
                                line: number;
                                reason: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            added: components["schemas"]["SshKey"][];
                            known: {
                                key: components["schemas"]["SshKey"];
                                line: number;
                            }[];
                            refused: {
                                line: number;
                                reason: string;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ssh-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a public SSH key of yours; guests that have it keep it */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/storages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Storages; a shared one appears once for each node */
        get: {
            parameters: {
                query?: {
                    content?: string;
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            storages: components["schemas"]["Storage"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{upid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A task of Proxmox, with the end of its log
         * @description Of others only with Sys.Audit on its node.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    upid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            finishedAt: string | null;
                            log: string[];
                            message: string | null;
                            node: string;
                            startedAt: string;
                            /** @enum {string} */
                            status: "running" | "ok" | "warnings" | "failed" | "unknown";
                            type: string;
                            upid: string;
                            user: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates, with disks, cloud-init drive, agent, and whether linked clones are possible */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            templates: components["schemas"]["Template"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{vmid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Template"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The health of each template, with what to fix, and the linked clones that hang on it
         * @description From its config: agent, cloud-init drive, disk bus, serial console, firmware, TPM, age and more. Those whose node does not answer are left out.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            templates: {
                                checks: {
                                    /** @enum {string} */
                                    code: "agent" | "cloud-init" | "disk-bus" | "serial" | "firmware" | "tpm" | "network" | "cd" | "age" | "lock" | "protection" | "linked-clones";
                                    detail: string;
                                    fix: {
                                        command: string | null;
                                        text: string;
                                    } | null;
                                    /** @enum {string} */
                                    status: "good" | "note" | "warning" | "bad";
                                    title: string;
                                }[];
                                linkedClones: {
                                    name: string | null;
                                    node: string;
                                    vmid: number;
                                }[] | null;
                                /** @enum {string} */
                                status: "good" | "note" | "warning" | "bad";
                                vmid: number;
                            }[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/validations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A validation, while it runs and afterwards
         * @description For who asked for it, and for those who may see the VM.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmValidation"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/validations/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Validations that are done again and again
         * @description Your own; holders of Sys.Modify on / see all.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            schedules: components["schemas"]["ValidationSchedule"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Have VMs validated again and again
         * @description Of up to 100 VMs that you may see, or of all VMs of a deployment, in as far as they still carry its tag. It survives restarts. It is done with your own account, which is kept, encrypted, for as long as the schedule is there, or with the service account where there is one; then it takes no commands. The audit log has an entry where the outcome is another one than before.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        intervalMinutes: number;
                        name?: string;
                        order?: {
                            checks?: ({
                                /** @enum {string} */
                                kind: "tcp";
                                port: number;
                            } | {
                                host?: string;
                                /** @enum {string} */
                                kind: "http";
                                path?: string;
                                port?: number;
                                status?: number;
                                tls?: boolean;
                            } | {
                                command: string[];
                                exitCode?: number;
                                /** @enum {string} */
                                kind: "command";
                            })[];
                            /** @enum {string} */
                            osType?: "linux" | "windows";
                            patienceSeconds?: number;
                            ports?: number[];
                        };
                        target: {
                            vmids: number[];
                        } | {
                            deploymentId: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ValidationSchedule"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/validations/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a schedule; what it found is kept
         * @description For its owner, and for holders of Sys.Modify on /.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All VMs that you may see
         * @description Without templates and containers. State and figures are as new as Proxmox reports them: every 10 s. All of them come at once; send `If-None-Match` with the last `ETag`, and the answer is 304 while nothing has changed.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmList"];
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One VM whole
         * @description Config, pending changes, state, hardware, cloud-init as configured and as on its drive, snapshots, recent tasks, its deployment, and your privileges on it.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Vm"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete a VM with its disks
         * @description Only with its exact `name`, and where ENABLE_VM_DELETION allows it. A protected VM stays; a running one is refused, or with `stop` its power is cut first. Disks that its config does not name stay. The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        /** @default false */
                        stop?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change cores, memory, protection, start with the node, tags
         * @description With `digest` of `GET /vms/:vmid` it is refused (409) where somebody else changed the VM meanwhile. `pending` of the answer waits for a restart of the VM.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        cores?: number;
                        digest?: string;
                        memoryMiB?: number;
                        protection?: boolean;
                        sockets?: number;
                        startsWithNode?: boolean;
                        tags?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            digest: string | null;
                            pending: {
                                key: string;
                                pending: string | null;
                                value: string | null;
                            }[];
                            restartNeeded: boolean;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/vms/{vmid}/agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What its guest agent tells
         * @description Host name, system, addresses; or why it tells nothing. May take some seconds.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            addresses: string[];
                            hostName: string | null;
                            silent: string | null;
                            system: string | null;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/cloud-init": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write its cloud-init drive anew, as it is configured now
         * @description The guest reads it at its next start; changed users or keys make cloud-init run again as on a first boot. Done at once: `upid` is null. Proxmox asks for VM.Config.Cloudinit.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/cloud-init/{document}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A document of its cloud-init drive, as Proxmox would write it now
         * @description Passwords in it are hashes, or hidden from who lacks VM.Config.Cloudinit.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    document: "user" | "network" | "meta";
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            text: string;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open its console (WebSocket)
         * @description Binary messages of at most 64 KiB. `vnc`: RFB 3.8 without a password. `serial`: what its serial port writes comes as it is; what is typed goes as `0:<bytes>:<text>`, the size of the terminal as `1:<columns>:<rows>:`, and `2` keeps it open. A close says why: 1001 server-stops, 4000 vm-stopped, 4001 signed-out, 4003 not-permitted, 4004 no-such-vm, 4009 not-running, 4010 no-serial-port, 4029 too-many, 4500 lost, 4502 failed.
         */
        get: {
            parameters: {
                query?: {
                    type?: "vnc" | "serial";
                };
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/convert-to-template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a VM a template, for good
         * @description It must be stopped and have no snapshots. A VM that a deployment made belongs to it no longer: the undo of the deployment leaves the template alone.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/disks/{disk}/resize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a disk larger
         * @description To this size in all; disks never shrink (422). The file system follows inside the guest. The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    disk: string;
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        sizeGiB: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its figures over the last hour, day or week
         * @description From the round-robin database of its node, averages. Null where it was off.
         */
        get: {
            parameters: {
                query?: {
                    range?: "hour" | "day" | "week";
                };
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cpuFraction: (number | null)[];
                            diskRead: (number | null)[];
                            diskWrite: (number | null)[];
                            memoryMiB: (number | null)[];
                            memoryTotalMiB: (number | null)[];
                            networkIn: (number | null)[];
                            networkOut: (number | null)[];
                            /** @enum {string} */
                            range: "hour" | "day" | "week";
                            times: number[];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/power": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start, shut down, stop, reboot, reset, suspend or resume a VM
         * @description 409 where it is not in a state for that. The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it. Proxmox asks for VM.PowerMgmt on the VM.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        action: "start" | "shutdown" | "stop" | "reboot" | "reset" | "suspend" | "resume";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a snapshot
         * @description `withMemory` keeps the memory of a running VM too. The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it. Proxmox asks for VM.Snapshot.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default  */
                        description?: string;
                        name: string;
                        /** @default false */
                        withMemory?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/snapshots/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a snapshot; the VM stays as it is
         * @description The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it. Proxmox asks for VM.Snapshot.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/snapshots/{name}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a VM back to a snapshot; what came after is lost
         * @description `start`: it runs afterwards. The answer has the UPID of the task; `GET /tasks/:upid` says what becomes of it. Proxmox asks for VM.Snapshot or VM.Snapshot.Rollback.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default false */
                        start?: boolean;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                            node: string;
                            upid: string | null;
                            vmid: number;
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a VM: does it run, answer, have its address, and are its ports open
         * @description Everything is looked at with the rights of the caller, and nothing is changed, unless a command is asked for. Ports and HTTP are tried on the address of the VM alone, as its agent or its cloud-init configuration tells it. Answers 200 with the outcome where it is known within `waitSeconds`; else 202 with what is known so far, and `GET /validations/:id` tells the rest. Outcomes: `healthy`, `degraded` (part of it works), `unhealthy`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        checks?: ({
                            /** @enum {string} */
                            kind: "tcp";
                            port: number;
                        } | {
                            host?: string;
                            /** @enum {string} */
                            kind: "http";
                            path?: string;
                            port?: number;
                            status?: number;
                            tls?: boolean;
                        } | {
                            command: string[];
                            exitCode?: number;
                            /** @enum {string} */
                            kind: "command";
                        })[];
                        /** @enum {string} */
                        osType?: "linux" | "windows";
                        patienceSeconds?: number;
                        ports?: number[];
                        waitSeconds?: number;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmValidation"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmValidation"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/{vmid}/validations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was found of a VM, newest first
         * @description Those at the end of its deployment among them (`deploymentId`). By VMID: an earlier VM with the same one has left its own. Kept for 90 days.
         */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: never;
                path: {
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            validations: components["schemas"]["VmValidation"][];
                        };
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of an action on several VMs
         * @description For who asked for it, for a week.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete several VMs with their disks, each with its exact name
         * @description Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE. What holds for `DELETE /vms/:vmid` holds for each of them.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default false */
                        stop?: boolean;
                        vms: {
                            name: string;
                            vmid: number;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/power": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start, shut down, stop, reboot, reset, suspend or resume several VMs
         * @description Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE. Those that are not in a state for it are skipped.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        action: "start" | "shutdown" | "stop" | "reboot" | "reset" | "suspend" | "resume";
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a snapshot of several VMs, with the same name
         * @description Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default  */
                        description?: string;
                        name: string;
                        vmids: number[];
                        /** @default false */
                        withMemory?: boolean;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add tags to several VMs, and take tags away
         * @description Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE. Tags that are not named stay as they are.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default [] */
                        add?: string[];
                        /** @default [] */
                        remove?: string[];
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vms/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check several VMs, as `POST /vms/:vmid/validate` checks one
         * @description Answers at once; `GET /vms/bulk/:id` has the result of each VM. A few go at once on each node: STARTS_PER_NODE. `ok` means healthy; else `message` says what is not.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BulkAction"];
                    };
                };
                /** @description A problem document (RFC 9457): what happened, why, and what to do */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Blueprint: {
            createdAt: string | null;
            description: string | null;
            id: string;
            mine: boolean;
            name: string;
            names: string[];
            owner: string | null;
            request: components["schemas"]["BlueprintRequest"];
            shared: boolean;
            source: {
                /** @enum {string} */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                vmid?: number;
            } | {
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /** @enum {string} */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                unattended?: {
                    commands?: string[];
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    keyboard?: string;
                    language?: string;
                    remoteDesktop?: boolean;
                    timeZone?: string;
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                volid?: string;
            } | {
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /** @enum {string} */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                volid?: string;
            };
            updatedAt: string | null;
            vmCount: number;
        };
        BlueprintFile: {
            description?: string;
            /** @constant */
            kind: "proxmox-vm-deployer/blueprint";
            name: string;
            request: components["schemas"]["BlueprintRequest"];
            /** @constant */
            version: 1;
        };
        BlueprintHead: {
            createdAt: string | null;
            description: string | null;
            id: string;
            mine: boolean;
            name: string;
            names: string[];
            owner: string | null;
            shared: boolean;
            source: {
                /** @enum {string} */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                vmid?: number;
            } | {
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /** @enum {string} */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                unattended?: {
                    commands?: string[];
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    keyboard?: string;
                    language?: string;
                    remoteDesktop?: boolean;
                    timeZone?: string;
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                volid?: string;
            } | {
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /** @enum {string} */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                volid?: string;
            };
            updatedAt: string | null;
            vmCount: number;
        };
        BlueprintRequest: {
            defaults?: {
                cloudInit?: {
                    agent?: boolean;
                    /** @constant */
                    askAdminPassword?: true;
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        /** @constant */
                        askPassword?: true;
                        sshKeys?: string[];
                    };
                    /** @enum {string} */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    domain?: string;
                    hostname?: string;
                    /** @enum {string} */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    openssh?: boolean;
                    packages?: string[];
                    packageUpdate?: boolean;
                    packageUpgrade?: boolean;
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    userData?: {
                        document: string;
                        /** @enum {string} */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        /** @constant */
                        askPassword?: true;
                        gecos?: string;
                        groups?: string[];
                        name: string;
                        shell?: string;
                        sshKeys?: string[];
                        sudo?: boolean;
                    }[];
                    writeFiles?: {
                        append?: boolean;
                        content: string;
                        /** @enum {string} */
                        encoding?: "text" | "base64";
                        owner?: string;
                        path: string;
                        permissions?: string;
                    }[];
                };
                cores?: number;
                description?: string;
                diskGiB?: number;
                hardware?: {
                    agent?: boolean;
                    balloonMiB?: number;
                    bootOrder?: string[];
                    cpuType?: string;
                    disk?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        ssd?: boolean;
                    };
                    disks?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        sizeGiB: number;
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /** @enum {string} */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /** @enum {string} */
                    firmware?: "bios" | "uefi";
                    machine?: string;
                    /** @enum {string} */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    secureBoot?: boolean;
                    serialConsole?: boolean;
                    sockets?: number;
                    tablet?: boolean;
                    tpm?: boolean;
                };
                memoryMiB?: number;
                networks?: {
                    bridge?: string;
                    firewall?: boolean;
                    gateway?: string;
                    gateway6?: string;
                    ip?: string;
                    ip6?: string;
                    mac?: string;
                    /** @enum {string} */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    nameservers?: string[];
                    rateMBps?: number;
                    searchDomains?: string[];
                    vlan?: number;
                }[];
                onBoot?: boolean;
                start?: boolean;
                storage?: string;
                tags?: string[];
                validate?: {
                    agentTimeoutSeconds?: number;
                    ports?: number[];
                };
            };
            name?: string;
            placement?: {
                /** @enum {string} */
                strategy: "spread" | "pack";
            } | {
                node: string;
            };
            pool?: string;
            source: {
                /** @enum {string} */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                vmid?: number;
            } | {
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /** @enum {string} */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                unattended?: {
                    commands?: string[];
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    keyboard?: string;
                    language?: string;
                    remoteDesktop?: boolean;
                    timeZone?: string;
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                volid?: string;
            } | {
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /** @enum {string} */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                volid?: string;
            };
            vms: {
                cloudInit?: {
                    agent?: boolean;
                    /** @constant */
                    askAdminPassword?: true;
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        /** @constant */
                        askPassword?: true;
                        sshKeys?: string[];
                    };
                    /** @enum {string} */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    domain?: string;
                    hostname?: string;
                    /** @enum {string} */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    openssh?: boolean;
                    packages?: string[];
                    packageUpdate?: boolean;
                    packageUpgrade?: boolean;
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    userData?: {
                        document: string;
                        /** @enum {string} */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        /** @constant */
                        askPassword?: true;
                        gecos?: string;
                        groups?: string[];
                        name: string;
                        shell?: string;
                        sshKeys?: string[];
                        sudo?: boolean;
                    }[];
                    writeFiles?: {
                        append?: boolean;
                        content: string;
                        /** @enum {string} */
                        encoding?: "text" | "base64";
                        owner?: string;
                        path: string;
                        permissions?: string;
                    }[];
                };
                cores?: number;
                count?: number;
                description?: string;
                diskGiB?: number;
                hardware?: {
                    agent?: boolean;
                    balloonMiB?: number;
                    bootOrder?: string[];
                    cpuType?: string;
                    disk?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        ssd?: boolean;
                    };
                    disks?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        sizeGiB: number;
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /** @enum {string} */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /** @enum {string} */
                    firmware?: "bios" | "uefi";
                    machine?: string;
                    /** @enum {string} */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    secureBoot?: boolean;
                    serialConsole?: boolean;
                    sockets?: number;
                    tablet?: boolean;
                    tpm?: boolean;
                };
                memoryMiB?: number;
                name: string;
                networks?: {
                    bridge?: string;
                    firewall?: boolean;
                    gateway?: string;
                    gateway6?: string;
                    ip?: string;
                    ip6?: string;
                    mac?: string;
                    /** @enum {string} */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    nameservers?: string[];
                    rateMBps?: number;
                    searchDomains?: string[];
                    vlan?: number;
                }[];
                node?: string;
                onBoot?: boolean;
                start?: boolean;
                storage?: string;
                tags?: string[];
                validate?: {
                    agentTimeoutSeconds?: number;
                    ports?: number[];
                };
            }[];
        };
        BulkAction: {
            action: string;
            createdAt: string;
            createdBy: string;
            finishedAt: string | null;
            id: string;
            items: {
                message: string | null;
                name: string | null;
                node: string | null;
                /** @enum {string} */
                status: "queued" | "running" | "ok" | "failed" | "skipped";
                upid: string | null;
                vmid: number;
            }[];
        };
        Call: {
            changes: boolean;
            /** @enum {string} */
            method: "GET" | "POST" | "PUT" | "DELETE";
            params: {
                [key: string]: string | number | boolean;
            };
            path: string;
        };
        CatalogueEntry: {
            /** @enum {string} */
            algorithm?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
            checksum?: string;
            checksumsUrl?: string | null;
            fileName: string;
            id: string;
            /** @enum {string} */
            kind: "image" | "iso" | "drivers";
            name: string;
            note?: string;
            osType: ("linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other") | null;
            /** Format: uri */
            url: string;
        };
        DeployedVm: {
            cancelRequested: boolean;
            changes: {
                cloudInit?: {
                    agent?: boolean;
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        password?: string;
                        passwordHash?: string;
                        sshKeys?: string[];
                    };
                    /** @enum {string} */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    domain?: string;
                    hostname?: string;
                    /** @enum {string} */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    openssh?: boolean;
                    packages?: string[];
                    packageUpdate?: boolean;
                    packageUpgrade?: boolean;
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    userData?: {
                        document: string;
                        /** @enum {string} */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        gecos?: string;
                        groups?: string[];
                        name: string;
                        password?: string;
                        passwordHash?: string;
                        shell?: string;
                        sshKeys?: string[];
                        sudo?: boolean;
                    }[];
                    writeFiles?: {
                        append?: boolean;
                        content: string;
                        /** @enum {string} */
                        encoding?: "text" | "base64";
                        owner?: string;
                        path: string;
                        permissions?: string;
                    }[];
                };
                cores?: number;
                description?: string;
                diskGiB?: number;
                hardware?: {
                    agent?: boolean;
                    balloonMiB?: number;
                    bootOrder?: string[];
                    cpuType?: string;
                    disk?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        ssd?: boolean;
                    };
                    disks?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        sizeGiB: number;
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /** @enum {string} */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /** @enum {string} */
                    firmware?: "bios" | "uefi";
                    machine?: string;
                    /** @enum {string} */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    secureBoot?: boolean;
                    serialConsole?: boolean;
                    sockets?: number;
                    tablet?: boolean;
                    tpm?: boolean;
                };
                memoryMiB?: number;
                networks?: {
                    bridge?: string;
                    firewall?: boolean;
                    gateway?: string;
                    gateway6?: string;
                    ip?: string;
                    ip6?: string;
                    mac?: string;
                    /** @enum {string} */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    nameservers?: string[];
                    rateMBps?: number;
                    searchDomains?: string[];
                    vlan?: number;
                }[];
                node?: string;
                onBoot?: boolean;
                start?: boolean;
                storage?: string;
                tags?: string[];
                validate?: {
                    agentTimeoutSeconds?: number;
                    ports?: number[];
                };
            } | null;
            earlier?: {
                finishedAt: string;
                /** @enum {string} */
                kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                startedAt: string;
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
                title: string;
                waits: {
                    from: string;
                    until: string | null;
                    why: string | null;
                }[];
            }[];
            error: components["schemas"]["Failure"] | null;
            finishedAt: string | null;
            id: string;
            ip: string | null;
            name: string;
            node: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            steps: components["schemas"]["Step"][];
            validation: components["schemas"]["Validation"] | null;
            vmid: number;
        };
        Deployment: {
            cancelRequested: boolean;
            createdAt: string;
            createdBy: string;
            finishedAt: string | null;
            id: string;
            lastEventId: string;
            name: string | null;
            planHash: string;
            request: {
                defaults?: {
                    cloudInit?: {
                        adminPassword?: string;
                        agent?: boolean;
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            password?: string;
                            passwordHash?: string;
                            sshKeys?: string[];
                        };
                        /** @enum {string} */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        domain?: string;
                        hostname?: string;
                        /** @enum {string} */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        openssh?: boolean;
                        packages?: string[];
                        packageUpdate?: boolean;
                        packageUpgrade?: boolean;
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        userData?: {
                            document: string;
                            /** @enum {string} */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            gecos?: string;
                            groups?: string[];
                            name: string;
                            password?: string;
                            passwordHash?: string;
                            shell?: string;
                            sshKeys?: string[];
                            sudo?: boolean;
                        }[];
                        writeFiles?: {
                            append?: boolean;
                            content: string;
                            /** @enum {string} */
                            encoding?: "text" | "base64";
                            owner?: string;
                            path: string;
                            permissions?: string;
                        }[];
                    };
                    cores?: number;
                    description?: string;
                    diskGiB?: number;
                    hardware?: {
                        agent?: boolean;
                        balloonMiB?: number;
                        bootOrder?: string[];
                        cpuType?: string;
                        disk?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            ssd?: boolean;
                        };
                        disks?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            sizeGiB: number;
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /** @enum {string} */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /** @enum {string} */
                        firmware?: "bios" | "uefi";
                        machine?: string;
                        /** @enum {string} */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        secureBoot?: boolean;
                        serialConsole?: boolean;
                        sockets?: number;
                        tablet?: boolean;
                        tpm?: boolean;
                    };
                    memoryMiB?: number;
                    networks?: {
                        bridge?: string;
                        firewall?: boolean;
                        gateway?: string;
                        gateway6?: string;
                        ip?: string;
                        ip6?: string;
                        mac?: string;
                        /** @enum {string} */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        nameservers?: string[];
                        rateMBps?: number;
                        searchDomains?: string[];
                        vlan?: number;
                    }[];
                    onBoot?: boolean;
                    start?: boolean;
                    storage?: string;
                    tags?: string[];
                    validate?: {
                        agentTimeoutSeconds?: number;
                        ports?: number[];
                    };
                };
                name?: string;
                placement?: {
                    /** @enum {string} */
                    strategy: "spread" | "pack";
                } | {
                    node: string;
                };
                pool?: string;
                source: {
                    /** @enum {string} */
                    clone: "linked" | "full";
                    /** @constant */
                    kind: "template";
                    vmid: number;
                } | {
                    driversVolid?: string;
                    /** @constant */
                    kind: "iso";
                    /** @enum {string} */
                    osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                    unattended?: {
                        administratorPassword: string;
                        commands?: string[];
                        edition: {
                            index: number;
                        } | {
                            name: string;
                        };
                        keyboard?: string;
                        language?: string;
                        productKey?: string;
                        remoteDesktop?: boolean;
                        timeZone?: string;
                        user?: {
                            administrator?: boolean;
                            name: string;
                            password: string;
                        };
                    };
                    volid: string;
                } | {
                    convertToTemplate?: boolean;
                    /** @constant */
                    kind: "image";
                    /** @enum {string} */
                    osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                    volid: string;
                };
                vms: {
                    cloudInit?: {
                        adminPassword?: string;
                        agent?: boolean;
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            password?: string;
                            passwordHash?: string;
                            sshKeys?: string[];
                        };
                        /** @enum {string} */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        domain?: string;
                        hostname?: string;
                        /** @enum {string} */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        openssh?: boolean;
                        packages?: string[];
                        packageUpdate?: boolean;
                        packageUpgrade?: boolean;
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        userData?: {
                            document: string;
                            /** @enum {string} */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            gecos?: string;
                            groups?: string[];
                            name: string;
                            password?: string;
                            passwordHash?: string;
                            shell?: string;
                            sshKeys?: string[];
                            sudo?: boolean;
                        }[];
                        writeFiles?: {
                            append?: boolean;
                            content: string;
                            /** @enum {string} */
                            encoding?: "text" | "base64";
                            owner?: string;
                            path: string;
                            permissions?: string;
                        }[];
                    };
                    cores?: number;
                    count?: number;
                    description?: string;
                    diskGiB?: number;
                    hardware?: {
                        agent?: boolean;
                        balloonMiB?: number;
                        bootOrder?: string[];
                        cpuType?: string;
                        disk?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            ssd?: boolean;
                        };
                        disks?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            sizeGiB: number;
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /** @enum {string} */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /** @enum {string} */
                        firmware?: "bios" | "uefi";
                        machine?: string;
                        /** @enum {string} */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        secureBoot?: boolean;
                        serialConsole?: boolean;
                        sockets?: number;
                        tablet?: boolean;
                        tpm?: boolean;
                    };
                    memoryMiB?: number;
                    name: string;
                    networks?: {
                        bridge?: string;
                        firewall?: boolean;
                        gateway?: string;
                        gateway6?: string;
                        ip?: string;
                        ip6?: string;
                        mac?: string;
                        /** @enum {string} */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        nameservers?: string[];
                        rateMBps?: number;
                        searchDomains?: string[];
                        vlan?: number;
                    }[];
                    node?: string;
                    onBoot?: boolean;
                    start?: boolean;
                    storage?: string;
                    tags?: string[];
                    validate?: {
                        agentTimeoutSeconds?: number;
                        ports?: number[];
                    };
                    vmid?: number;
                }[];
            };
            sourceLabel: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            summary: {
                cancelled: number;
                failed: number;
                queued: number;
                running: number;
                succeeded: number;
                total: number;
            };
            undoneBy: string | null;
            undoOf: string | null;
            vms: components["schemas"]["DeployedVm"][];
        };
        DeploymentEvent: {
            deployment: components["schemas"]["DeploymentHead"];
            /** @constant */
            type: "deployment";
        } | {
            deploymentId: string;
            /** @constant */
            type: "vm";
            vm: {
                cancelRequested: boolean;
                changes: {
                    cloudInit?: {
                        agent?: boolean;
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            password?: string;
                            passwordHash?: string;
                            sshKeys?: string[];
                        };
                        /** @enum {string} */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        domain?: string;
                        hostname?: string;
                        /** @enum {string} */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        openssh?: boolean;
                        packages?: string[];
                        packageUpdate?: boolean;
                        packageUpgrade?: boolean;
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        userData?: {
                            document: string;
                            /** @enum {string} */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            gecos?: string;
                            groups?: string[];
                            name: string;
                            password?: string;
                            passwordHash?: string;
                            shell?: string;
                            sshKeys?: string[];
                            sudo?: boolean;
                        }[];
                        writeFiles?: {
                            append?: boolean;
                            content: string;
                            /** @enum {string} */
                            encoding?: "text" | "base64";
                            owner?: string;
                            path: string;
                            permissions?: string;
                        }[];
                    };
                    cores?: number;
                    description?: string;
                    diskGiB?: number;
                    hardware?: {
                        agent?: boolean;
                        balloonMiB?: number;
                        bootOrder?: string[];
                        cpuType?: string;
                        disk?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            ssd?: boolean;
                        };
                        disks?: {
                            /** @enum {string} */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /** @enum {string} */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            discard?: boolean;
                            /** @enum {string} */
                            format?: "raw" | "qcow2" | "vmdk";
                            iothread?: boolean;
                            sizeGiB: number;
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /** @enum {string} */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /** @enum {string} */
                        firmware?: "bios" | "uefi";
                        machine?: string;
                        /** @enum {string} */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        secureBoot?: boolean;
                        serialConsole?: boolean;
                        sockets?: number;
                        tablet?: boolean;
                        tpm?: boolean;
                    };
                    memoryMiB?: number;
                    networks?: {
                        bridge?: string;
                        firewall?: boolean;
                        gateway?: string;
                        gateway6?: string;
                        ip?: string;
                        ip6?: string;
                        mac?: string;
                        /** @enum {string} */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        nameservers?: string[];
                        rateMBps?: number;
                        searchDomains?: string[];
                        vlan?: number;
                    }[];
                    node?: string;
                    onBoot?: boolean;
                    start?: boolean;
                    storage?: string;
                    tags?: string[];
                    validate?: {
                        agentTimeoutSeconds?: number;
                        ports?: number[];
                    };
                } | null;
                earlier?: {
                    finishedAt: string;
                    /** @enum {string} */
                    kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                    startedAt: string;
                    /** @enum {string} */
                    status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
                    title: string;
                    waits: {
                        from: string;
                        until: string | null;
                        why: string | null;
                    }[];
                }[];
                error: components["schemas"]["Failure"] | null;
                finishedAt: string | null;
                id: string;
                ip: string | null;
                name: string;
                node: string;
                startedAt: string | null;
                /** @enum {string} */
                status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
                steps?: components["schemas"]["Step"][];
                validation: components["schemas"]["Validation"] | null;
                vmid: number;
            };
        } | {
            deploymentId: string;
            step: components["schemas"]["Step"];
            /** @constant */
            type: "step";
            vmId: string;
        };
        DeploymentHead: {
            cancelRequested: boolean;
            createdAt: string;
            createdBy: string;
            finishedAt: string | null;
            id: string;
            name: string | null;
            sourceLabel: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            summary: {
                cancelled: number;
                failed: number;
                queued: number;
                running: number;
                succeeded: number;
                total: number;
            };
            undoneBy: string | null;
            undoOf: string | null;
        };
        DeploymentRequest: {
            defaults?: {
                cloudInit?: {
                    adminPassword?: string;
                    agent?: boolean;
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        password?: string;
                        passwordHash?: string;
                        sshKeys?: string[];
                    };
                    /** @enum {string} */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    domain?: string;
                    hostname?: string;
                    /** @enum {string} */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    openssh?: boolean;
                    packages?: string[];
                    packageUpdate?: boolean;
                    packageUpgrade?: boolean;
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    userData?: {
                        document: string;
                        /** @enum {string} */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        gecos?: string;
                        groups?: string[];
                        name: string;
                        password?: string;
                        passwordHash?: string;
                        shell?: string;
                        sshKeys?: string[];
                        sudo?: boolean;
                    }[];
                    writeFiles?: {
                        append?: boolean;
                        content: string;
                        /** @enum {string} */
                        encoding?: "text" | "base64";
                        owner?: string;
                        path: string;
                        permissions?: string;
                    }[];
                };
                cores?: number;
                description?: string;
                diskGiB?: number;
                hardware?: {
                    agent?: boolean;
                    balloonMiB?: number;
                    bootOrder?: string[];
                    cpuType?: string;
                    disk?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        ssd?: boolean;
                    };
                    disks?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        sizeGiB: number;
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /** @enum {string} */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /** @enum {string} */
                    firmware?: "bios" | "uefi";
                    machine?: string;
                    /** @enum {string} */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    secureBoot?: boolean;
                    serialConsole?: boolean;
                    sockets?: number;
                    tablet?: boolean;
                    tpm?: boolean;
                };
                memoryMiB?: number;
                networks?: {
                    bridge?: string;
                    firewall?: boolean;
                    gateway?: string;
                    gateway6?: string;
                    ip?: string;
                    ip6?: string;
                    mac?: string;
                    /** @enum {string} */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    nameservers?: string[];
                    rateMBps?: number;
                    searchDomains?: string[];
                    vlan?: number;
                }[];
                onBoot?: boolean;
                start?: boolean;
                storage?: string;
                tags?: string[];
                validate?: {
                    agentTimeoutSeconds?: number;
                    ports?: number[];
                };
            };
            name?: string;
            placement?: {
                /** @enum {string} */
                strategy: "spread" | "pack";
            } | {
                node: string;
            };
            pool?: string;
            source: {
                /** @enum {string} */
                clone: "linked" | "full";
                /** @constant */
                kind: "template";
                vmid: number;
            } | {
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /** @enum {string} */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                unattended?: {
                    administratorPassword: string;
                    commands?: string[];
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    keyboard?: string;
                    language?: string;
                    productKey?: string;
                    remoteDesktop?: boolean;
                    timeZone?: string;
                    user?: {
                        administrator?: boolean;
                        name: string;
                        password: string;
                    };
                };
                volid: string;
            } | {
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /** @enum {string} */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                volid: string;
            };
            vms: {
                cloudInit?: {
                    adminPassword?: string;
                    agent?: boolean;
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        password?: string;
                        passwordHash?: string;
                        sshKeys?: string[];
                    };
                    /** @enum {string} */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    domain?: string;
                    hostname?: string;
                    /** @enum {string} */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    openssh?: boolean;
                    packages?: string[];
                    packageUpdate?: boolean;
                    packageUpgrade?: boolean;
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    userData?: {
                        document: string;
                        /** @enum {string} */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        gecos?: string;
                        groups?: string[];
                        name: string;
                        password?: string;
                        passwordHash?: string;
                        shell?: string;
                        sshKeys?: string[];
                        sudo?: boolean;
                    }[];
                    writeFiles?: {
                        append?: boolean;
                        content: string;
                        /** @enum {string} */
                        encoding?: "text" | "base64";
                        owner?: string;
                        path: string;
                        permissions?: string;
                    }[];
                };
                cores?: number;
                count?: number;
                description?: string;
                diskGiB?: number;
                hardware?: {
                    agent?: boolean;
                    balloonMiB?: number;
                    bootOrder?: string[];
                    cpuType?: string;
                    disk?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        ssd?: boolean;
                    };
                    disks?: {
                        /** @enum {string} */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        discard?: boolean;
                        /** @enum {string} */
                        format?: "raw" | "qcow2" | "vmdk";
                        iothread?: boolean;
                        sizeGiB: number;
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /** @enum {string} */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /** @enum {string} */
                    firmware?: "bios" | "uefi";
                    machine?: string;
                    /** @enum {string} */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    secureBoot?: boolean;
                    serialConsole?: boolean;
                    sockets?: number;
                    tablet?: boolean;
                    tpm?: boolean;
                };
                memoryMiB?: number;
                name: string;
                networks?: {
                    bridge?: string;
                    firewall?: boolean;
                    gateway?: string;
                    gateway6?: string;
                    ip?: string;
                    ip6?: string;
                    mac?: string;
                    /** @enum {string} */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    nameservers?: string[];
                    rateMBps?: number;
                    searchDomains?: string[];
                    vlan?: number;
                }[];
                node?: string;
                onBoot?: boolean;
                start?: boolean;
                storage?: string;
                tags?: string[];
                validate?: {
                    agentTimeoutSeconds?: number;
                    ports?: number[];
                };
                vmid?: number;
            }[];
        };
        Failure: {
            cause: string | null;
            code: string;
            proxmox: string | null;
            remedy: string | null;
            title: string;
        };
        Image: {
            /** @enum {string} */
            content: "iso" | "import";
            createdAt: string | null;
            /** @enum {string} */
            kind: "iso" | "drivers" | "image" | "seed";
            name: string;
            nodes: string[];
            os: {
                name: string;
                osType: ("linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other") | null;
            } | null;
            preferred: boolean;
            shared: boolean;
            sizeBytes: number | null;
            storage: string;
            volid: string;
        };
        Issue: {
            code: string;
            field?: string;
            message: string;
            vm?: string;
        };
        Network: {
            active: boolean;
            comment: string | null;
            /** @enum {string} */
            kind: "bridge" | "OVSBridge" | "vnet";
            name: string;
            node: string;
            zone: string | null;
        };
        Node: {
            architecture: string;
            cores: number | null;
            cpuFraction: number | null;
            memoryMiB: number | null;
            memoryUsedMiB: number | null;
            name: string;
            online: boolean;
            uptimeSeconds: number | null;
        };
        Plan: {
            blockers: components["schemas"]["Issue"][];
            capacity: {
                nodes: {
                    memoryMiB: number | null;
                    memoryPendingMiB: number;
                    memoryPlannedMiB: number;
                    memoryUsedMiB: number | null;
                    node: string;
                    vms: number;
                }[];
                storages: {
                    availableGiB: number | null;
                    node: string | null;
                    pendingGiB: number;
                    plannedGiB: number;
                    storage: string;
                    totalGiB: number | null;
                }[];
            };
            hash: string;
            privileges: {
                granted: boolean;
                path: string;
                privilege: string;
            }[];
            totals: {
                calls: number;
                cores: number;
                diskGiB: number;
                memoryMiB: number;
                vms: number;
            };
            vms: components["schemas"]["PlannedVm"][];
            warnings: components["schemas"]["Issue"][];
            worker?: {
                serviceAccount: boolean;
                username: string;
            };
        };
        PlannedVm: {
            allocations: {
                node: string | null;
                sizeGiB: number;
                storage: string;
            }[];
            cloudInit: {
                /** @enum {string} */
                delivery: "native" | "seed" | "snippet";
                reason: string;
            } | null;
            cores: number;
            diskGiB: number;
            ip: string | null;
            memoryMiB: number;
            name: string;
            node: string;
            placementReason: string;
            row: number;
            steps: {
                calls: components["schemas"]["Call"][];
                id: string;
                /** @enum {string} */
                kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                note: string | null;
                slots: {
                    key: string;
                    /** @enum {string} */
                    kind: "clone-local" | "clone-shared" | "full-copy" | "start";
                }[];
                spec: {
                    /** @constant */
                    kind: "reserve-id";
                } | {
                    description: string;
                    full: boolean;
                    /** @constant */
                    kind: "clone";
                    name: string;
                    pool: string | null;
                    sourceNode: string;
                    sourceVmid: number;
                    storage: string | null;
                    targetNode: string | null;
                } | {
                    description: string;
                    /** @constant */
                    kind: "create";
                    name: string;
                    node: string;
                    pool: string | null;
                    settings: {
                        [key: string]: string | number | boolean;
                    };
                } | {
                    /** @constant */
                    kind: "configure";
                    node: string;
                    remove: string[];
                    settings: {
                        [key: string]: string | number | boolean;
                    };
                } | {
                    disk: string;
                    /** @constant */
                    kind: "resize-disk";
                    node: string;
                    sizeGiB: number;
                } | {
                    answers?: {
                        computerName: string;
                        /** @enum {string} */
                        diskBus: "scsi" | "virtio" | "sata" | "ide";
                        /** @enum {string} */
                        firmware: "bios" | "uefi";
                        networks: {
                            gateway: string | null;
                            gateway6: string | null;
                            ip: string | null;
                            ip6: string | null;
                            mac: string;
                            nameservers: string[];
                            searchDomains: string[];
                        }[];
                        /** @enum {string} */
                        osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                        unattended: {
                            administratorPassword: string;
                            commands?: string[];
                            edition: {
                                index: number;
                            } | {
                                name: string;
                            };
                            keyboard?: string;
                            language?: string;
                            productKey?: string;
                            remoteDesktop?: boolean;
                            timeZone?: string;
                            user?: {
                                administrator?: boolean;
                                name: string;
                                password: string;
                            };
                        };
                    };
                    documents: {
                        [key: string]: string;
                    };
                    file: string;
                    /** @constant */
                    kind: "upload-seed";
                    label?: string;
                    node: string;
                    storage: string;
                } | {
                    answers?: boolean;
                    drive: string;
                    /** @constant */
                    kind: "attach-seed";
                    node: string;
                    replaces: string | null;
                    volume: string;
                } | {
                    files: {
                        [key: string]: string;
                    };
                    /** @constant */
                    kind: "write-snippet";
                    node: string;
                    places: {
                        address: string | null;
                        folder: string;
                        node: string;
                    }[];
                    storage: string;
                } | {
                    /** @constant */
                    kind: "convert-to-template";
                    node: string;
                } | {
                    /** @constant */
                    kind: "start";
                    node: string;
                } | {
                    key: string;
                    /** @constant */
                    kind: "send-keys";
                    node: string;
                    seconds: number;
                } | {
                    /** @constant */
                    interfaces?: true;
                    /** @constant */
                    kind: "wait-for-agent";
                    node: string;
                    timeoutSeconds: number;
                } | {
                    expected: string | null;
                    /** @constant */
                    kind: "read-address";
                    node: string;
                    timeoutSeconds: number;
                } | {
                    /** @constant */
                    kind: "read-cloud-init";
                    node: string;
                    timeoutSeconds: number;
                } | {
                    answers?: boolean;
                    deletes: boolean;
                    drive: string;
                    /** @constant */
                    kind: "detach-seed";
                    node: string;
                    storage: string;
                    volume: string;
                } | {
                    address: string | null;
                    /** @constant */
                    kind: "check-port";
                    node: string;
                    port: number;
                    timeoutSeconds: number;
                } | {
                    deployment: string;
                    /** @constant */
                    kind: "stop";
                    node: string;
                } | {
                    deployment: string;
                    /** @constant */
                    kind: "destroy";
                    node: string;
                } | {
                    /** @constant */
                    kind: "delete-seed";
                    node: string;
                    storage: string;
                    volume: string;
                } | {
                    files: string[];
                    /** @constant */
                    kind: "delete-snippet";
                    places: {
                        address: string | null;
                        folder: string;
                        node: string;
                    }[];
                };
                title: string;
            }[];
            storage: string;
            vmid: number;
        };
        Pool: {
            comment: string | null;
            id: string;
        };
        Problem: {
            detail: string;
            errors?: {
                message: string;
                path: string;
            }[];
            hint?: string;
            proxmox?: {
                errors?: {
                    [key: string]: string;
                };
                message: string;
                status: number;
            };
            requestId: string;
            status: number;
            title: string;
            type: string;
        };
        SshKey: {
            createdAt: string;
            fingerprint: string;
            id: string;
            name: string;
            publicKey: string;
            type: string;
        };
        Step: {
            attempt: number;
            call: string | null;
            detail: string | null;
            error: components["schemas"]["Failure"] | null;
            finishedAt: string | null;
            id: string;
            /** @enum {string} */
            kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
            log: string[];
            progress: number | null;
            startedAt: string | null;
            /** @enum {string} */
            status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
            title: string;
            upid: string | null;
            waits: {
                from: string;
                until: string | null;
                why: string | null;
            }[];
        };
        Storage: {
            active: boolean;
            availableGiB: number | null;
            content: string[];
            name: string;
            node: string;
            shared: boolean;
            totalGiB: number | null;
            type: string;
        };
        Task: {
            finishedAt: string | null;
            message: string | null;
            node: string;
            startedAt: string;
            /** @enum {string} */
            status: "running" | "ok" | "warnings" | "failed" | "unknown";
            type: string;
            upid: string;
            user: string;
        };
        Template: {
            agent: boolean;
            cdVolumes: string[];
            cloudInitDrive: string | null;
            cloudInitVolume: string | null;
            copies: {
                node: string;
                vmid: number;
            }[];
            cores: number;
            createdAt: string | null;
            description: string | null;
            disks: {
                boot: boolean;
                key: string;
                sizeGiB: number;
                storage: string;
                volid: string;
            }[];
            inherited: {
                [key: string]: string;
            };
            linkedClone: {
                possible: boolean;
                reason: string | null;
            };
            lock: string | null;
            memoryMiB: number;
            name: string;
            nics: {
                bridge: string | null;
                firewall: boolean;
                key: string;
                model: string;
                options: string;
                vlan: number | null;
            }[];
            node: string;
            osType: string | null;
            sockets: number;
            tags: string[];
            vmid: number;
        };
        Transfer: {
            failure: {
                cause: string;
                proxmox: string;
                remedy: string;
                title: string;
            } | null;
            fileName: string | null;
            finishedAt: string | null;
            fraction: number | null;
            /** @enum {string} */
            kind: "download" | "upload";
            node: string;
            startedAt: string;
            startedBy: string;
            /** @enum {string} */
            status: "running" | "done" | "failed";
            upid: string;
        };
        Validation: {
            checkedAt: string;
            checks: {
                evidence: string;
                /** @enum {string} */
                name: "proxmox" | "agent" | "address" | "cloud-init" | "port";
                passed: boolean;
                port: number | null;
            }[];
            /** @enum {string} */
            outcome: "healthy" | "degraded" | "unhealthy";
        };
        ValidationSchedule: {
            createdAt: string;
            id: string;
            intervalMinutes: number;
            lastRunAt: string | null;
            name: string | null;
            nextAt: string;
            order: {
                checks?: ({
                    /** @constant */
                    kind: "tcp";
                    port: number;
                } | {
                    host?: string;
                    /** @constant */
                    kind: "http";
                    path?: string;
                    port?: number;
                    status?: number;
                    tls?: boolean;
                } | {
                    command: string[];
                    exitCode?: number;
                    /** @constant */
                    kind: "command";
                })[];
                /** @enum {string} */
                osType?: "linux" | "windows";
                patienceSeconds?: number;
                ports?: number[];
            };
            owner: string;
            problem: string | null;
            runsAs: string;
            target: {
                vmids: number[];
            } | {
                deploymentId: string;
            };
        };
        Vm: {
            address: string | null;
            agent: boolean;
            cloudInit: {
                drive: string;
                keys: {
                    actual: string | null;
                    differs: boolean;
                    key: string;
                    wanted: string | null;
                }[];
                outdated: boolean;
            } | null;
            cpuFraction: number | null;
            createdAt: string | null;
            deletion: boolean;
            description: string;
            digest: string | null;
            hardware: {
                balloonMiB: number | null;
                bios: string;
                cores: number;
                cpuType: string | null;
                display: string | null;
                drives: {
                    boot: boolean;
                    key: string;
                    /** @enum {string} */
                    kind: "disk" | "cd" | "cloud-init" | "efi" | "tpm" | "unused";
                    options: string;
                    sizeGiB: number;
                    storage: string;
                    volid: string;
                }[];
                machine: string | null;
                memoryMiB: number;
                nics: {
                    bridge: string | null;
                    firewall: boolean;
                    key: string;
                    mac: string | null;
                    model: string;
                    options: string;
                    vlan: number | null;
                }[];
                scsiController: string | null;
                serialPorts: string[];
                sockets: number;
            };
            health: ("healthy" | "degraded" | "unhealthy") | null;
            highAvailability: boolean;
            lock: string | null;
            memoryUsedMiB: number | null;
            name: string;
            node: string;
            origin: {
                createdAt: string;
                createdBy: string | null;
                deployment: {
                    id: string;
                    name: string | null;
                } | null;
                differences: {
                    actual: string | null;
                    key: string;
                    wanted: string | null;
                }[];
                source: string;
                stamp: boolean;
            } | null;
            osType: string | null;
            pending: {
                key: string;
                pending: string | null;
                value: string | null;
            }[];
            pool: string | null;
            privileges: string[];
            protection: boolean;
            snapshots: {
                createdAt: string | null;
                current: boolean;
                description: string;
                name: string;
                parent: string | null;
                withMemory: boolean;
            }[];
            startsWithNode: boolean;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "unknown";
            tags: string[];
            tasks: components["schemas"]["Task"][];
            uptimeSeconds: number | null;
            vmid: number;
        };
        VmList: {
            asOf: string;
            deletion: boolean;
            vms: components["schemas"]["VmRow"][];
        };
        VmRow: {
            address: string | null;
            cores: number | null;
            cpuFraction: number | null;
            createdAt: string | null;
            deployment: {
                id: string;
                name: string | null;
            } | null;
            diskGiB: number | null;
            health: ("healthy" | "degraded" | "unhealthy") | null;
            lock: string | null;
            memoryMiB: number | null;
            memoryUsedMiB: number | null;
            name: string | null;
            node: string;
            pool: string | null;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "unknown";
            tags: string[];
            uptimeSeconds: number | null;
            vmid: number;
        };
        VmValidation: {
            address: string | null;
            checks: {
                checkedAt: string;
                evidence: string;
                /** @enum {string} */
                kind: "proxmox" | "agent" | "address" | "cloud-init" | "port" | "tcp" | "http" | "command";
                name: string;
                /** @enum {string} */
                state: "passed" | "failed" | "skipped";
                tries: number;
            }[];
            deploymentId: string | null;
            error: string | null;
            finishedAt: string | null;
            id: string;
            name: string | null;
            node: string;
            order: {
                checks?: ({
                    /** @constant */
                    kind: "tcp";
                    port: number;
                } | {
                    host?: string;
                    /** @constant */
                    kind: "http";
                    path?: string;
                    port?: number;
                    status?: number;
                    tls?: boolean;
                } | {
                    command: string[];
                    exitCode?: number;
                    /** @constant */
                    kind: "command";
                })[];
                /** @enum {string} */
                osType?: "linux" | "windows";
                patienceSeconds?: number;
                ports?: number[];
            };
            outcome: ("healthy" | "degraded" | "unhealthy") | null;
            requestedBy: string;
            scheduleId: string | null;
            startedAt: string;
            /** @enum {string} */
            status: "running" | "finished" | "interrupted";
            vmid: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
