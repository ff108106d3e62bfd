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
                    /** @description Person or token: `mira@pve`. */
                    actor?: string;
                    /** @description Number of the last one of the page before. */
                    before?: number;
                    /** @description Id of a deployment. */
                    deployment?: string;
                    /** @description How many at most. Left out = 100. */
                    limit?: number;
                    /** @description Such as `vm_power`; entries have its name. */
                    operation?: string;
                    /** @description Of created VMs. */
                    os?: string;
                    /** @description In names, ids, addresses, tasks and errors. */
                    q?: string;
                    /** @description Inclusive. */
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    /** @description Inclusive. */
                    until?: string;
                    /** @description Name or VMID. */
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Whether it is everybody's entries, or the caller's own. */
                            all: boolean;
                            entries: {
                                /** @description From where the call came. */
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                /** @description From the intent to the outcome. */
                                durationMs: number | null;
                                /** @description In words. */
                                error: string | null;
                                /** @description Number in the chain of entries. */
                                id: number;
                                /** @description Of an intent without an outcome: what is intended. */
                                operation: string;
                                /** @description Why it failed, where it is none of the ordinary ways: `refused`, `cancelled`, `interrupted`. */
                                reason: string | null;
                                /**
                                 * @description `pending`: an intent without an outcome.
                                 * @enum {string}
                                 */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                /** @description How many VMs it is about, where it is about a deployment. */
                                vms: number | null;
                            }[];
                            /** @description For `before`; null on the last page. */
                            next: number | null;
                            /** @description What the last verification found; null for who may not see everything, and before the first. */
                            verified: {
                                database: {
                                    entries: number;
                                    fault: {
                                        /** @description Number of the first entry that is not as it must be. */
                                        id: number;
                                        /** @enum {string} */
                                        kind: "changed" | "missing" | "reordered" | "foreign";
                                        message: string;
                                    } | null;
                                    /** @description Keep its hash elsewhere: whoever rewrites the whole chain cannot rewrite that. */
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
                                        /** @description Number of the first entry that is not as it must be. */
                                        id: number;
                                        /** @enum {string} */
                                        kind: "changed" | "missing" | "reordered" | "foreign";
                                        line: number;
                                        message: string;
                                    } | null;
                                    /** @description Older ones were rotated away. */
                                    first: number | null;
                                    last: {
                                        hash: string;
                                        id: number;
                                    } | null;
                                    /** @description Lines in front, of another program. */
                                    unchained: number;
                                };
                                milliseconds: number;
                                /** @description Neither the database nor the files of this server have a fault. */
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
                /** @description The answer */
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
                                /** @description From where the call came. */
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                /** @description From the intent to the outcome. */
                                durationMs: number | null;
                                /** @description In words. */
                                error: string | null;
                                /** @description Number in the chain of entries. */
                                id: number;
                                /** @description Of an intent without an outcome: what is intended. */
                                operation: string;
                                /** @description Why it failed, where it is none of the ordinary ways: `refused`, `cancelled`, `interrupted`. */
                                reason: string | null;
                                /**
                                 * @description `pending`: an intent without an outcome.
                                 * @enum {string}
                                 */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                /** @description How many VMs it is about, where it is about a deployment. */
                                vms: number | null;
                            };
                            related: {
                                /** @description From where the call came. */
                                address: string | null;
                                at: string;
                                deployment: {
                                    id: string;
                                    name: string | null;
                                } | null;
                                /** @description From the intent to the outcome. */
                                durationMs: number | null;
                                /** @description In words. */
                                error: string | null;
                                /** @description Number in the chain of entries. */
                                id: number;
                                /** @description Of an intent without an outcome: what is intended. */
                                operation: string;
                                /** @description Why it failed, where it is none of the ordinary ways: `refused`, `cancelled`, `interrupted`. */
                                reason: string | null;
                                /**
                                 * @description `pending`: an intent without an outcome.
                                 * @enum {string}
                                 */
                                status: "success" | "partial" | "failed" | "pending";
                                username: string;
                                vm: {
                                    name: string | null;
                                    vmid: number | null;
                                } | null;
                                /** @description How many VMs it is about, where it is about a deployment. */
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
                    /** @description Person or token: `mira@pve`. */
                    actor?: string;
                    /** @description Id of a deployment. */
                    deployment?: string;
                    format: "jsonl" | "csv";
                    /** @description Such as `vm_power`; entries have its name. */
                    operation?: string;
                    /** @description Of created VMs. */
                    os?: string;
                    /** @description In names, ids, addresses, tasks and errors. */
                    q?: string;
                    /** @description Inclusive. */
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    /** @description Inclusive. */
                    until?: string;
                    /** @description Name or VMID. */
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file, as it is read */
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
                    /** @description Person or token: `mira@pve`. */
                    actor?: string;
                    /** @description Id of a deployment. */
                    deployment?: string;
                    /** @description Such as `vm_power`; entries have its name. */
                    operation?: string;
                    /** @description Of created VMs. */
                    os?: string;
                    /** @description In names, ids, addresses, tasks and errors. */
                    q?: string;
                    /** @description Inclusive. */
                    since?: string;
                    status?: "success" | "partial" | "failed" | "pending";
                    /** @description Inclusive. */
                    until?: string;
                    /** @description Name or VMID. */
                    vm?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                            /** @description Of created VMs. */
                            osTypes: {
                                count: number;
                                name: string;
                            }[];
                            statuses: {
                                count: number;
                                name: string;
                            }[];
                            total: number;
                            /** @description Outcomes of validations. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            database: {
                                entries: number;
                                fault: {
                                    /** @description Number of the first entry that is not as it must be. */
                                    id: number;
                                    /** @enum {string} */
                                    kind: "changed" | "missing" | "reordered" | "foreign";
                                    message: string;
                                } | null;
                                /** @description Keep its hash elsewhere: whoever rewrites the whole chain cannot rewrite that. */
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
                                    /** @description Number of the first entry that is not as it must be. */
                                    id: number;
                                    /** @enum {string} */
                                    kind: "changed" | "missing" | "reordered" | "foreign";
                                    line: number;
                                    message: string;
                                } | null;
                                /** @description Older ones were rotated away. */
                                first: number | null;
                                last: {
                                    hash: string;
                                    id: number;
                                } | null;
                                /** @description Lines in front, of another program. */
                                unchained: number;
                            };
                            milliseconds: number;
                            /** @description Neither the database nor the files of this server have a fault. */
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
                /** @description The answer */
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
                        /** @description In the place of one of yours that has this name. */
                        replace?: boolean;
                        request: components["schemas"]["BlueprintRequest"];
                        /** @description Everybody who is signed in sees it. Left out = false. */
                        shared?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description Made; `Location` has its address */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                    /** @description As its list and its answers have it. */
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
                        /** @description Everybody who is signed in sees it. */
                        shared?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
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
                    /** @description As its list and its answers have it. */
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
                    /** @description In the place of one of yours that has this name. */
                    replace?: "true" | "false";
                    /** @description Everybody who is signed in sees it. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Blueprint"];
                    };
                };
                /** @description Made; `Location` has its address */
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
                /** @description The answer */
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
                    /** @description Id of the last one of the page before. */
                    before?: string;
                    /** @description How many at most. Left out = 100. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description Any text of your own. The same call with the same key never begins a second deployment. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description `hash` of the plan that was read: nothing starts but that one. */
                        planHash?: string;
                        request: components["schemas"]["DeploymentRequest"];
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                            /** @description What happened and why, in one or two sentences. */
                            detail: string;
                            /** @description Single fields that are not as they must be. */
                            errors?: {
                                message: string;
                                /** @description Of the field, dotted: `request.vms.0.name`. */
                                path: string;
                            }[];
                            /** @description What to do. */
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            /** @description Proxmox's own words, where it was Proxmox that said no. */
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            /** @description Also in the header `X-Request-Id`, in the log and in the audit log. */
                            requestId: string;
                            /** @description The HTTP status again. */
                            status: number;
                            /** @description What happened, in a few words. */
                            title: string;
                            /** @description Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do. */
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
        /**
         * One deployment with its VMs and their steps
         * @description As it is now; `GET /deployments/:id/events` tells what changes from here on.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Ids of VMs of this deployment (`vms[].id`), not VMIDs. */
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
        /**
         * Follow one deployment
         * @description Events `deployment`, `vm` and `step`, each with the whole new state of what it names. Read the deployment first and send its `lastEventId`: then nothing is missed in between.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The last event that the reader has; the header `Last-Event-ID` counts before it. */
                    lastEventId?: string;
                };
                header?: {
                    /** @description The last event that the reader has. */
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
                    /** @description As its list and its answers have it. */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Settings that replace those of the request for these VMs; what is left out stays as it is. With `validate` alone a VM goes on with what there is of it. With anything else it is made anew under the same VMID, and what there is of it, if it carries the stamp, is destroyed first. An address pattern counts over these VMs. */
                        changes?: {
                            /** @description Parts of the first boot; those left out stay, as does the administrator password of Windows. */
                            cloudInit?: {
                                /** @description Installs and starts the QEMU guest agent. Left out = true. */
                                agent?: boolean;
                                /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                                commands?: (string | string[])[];
                                /** @description The user that the image brings (debian, ubuntu, cloud-user …): kept, kept with keys and a password, or not made. Left out = `keep` without `users`, else `none`. */
                                defaultUser?: ("keep" | "none") | {
                                    /** @description In plain words; it is hashed before it is stored. */
                                    password?: string;
                                    /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                                    passwordHash?: string;
                                    /** @description Public keys, a line each as in `authorized_keys`. */
                                    sshKeys?: string[];
                                };
                                /**
                                 * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                                 * @enum {string}
                                 */
                                delivery?: "auto" | "native" | "seed" | "snippet";
                                /** @description Makes the full name out of the host name. */
                                domain?: string;
                                /** @description With dots it is the full name. Left out = the VM's name. */
                                hostname?: string;
                                /**
                                 * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                                 * @enum {string}
                                 */
                                inherited?: "clear" | "keep";
                                locale?: string;
                                /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                                openssh?: boolean;
                                /** @description Packages that are installed. */
                                packages?: string[];
                                /** @description Refreshes the package lists. Left out = where packages are installed. */
                                packageUpdate?: boolean;
                                /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                                packageUpgrade?: boolean;
                                /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                                sshPasswordLogin?: boolean;
                                timezone?: string;
                                /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                                userData?: {
                                    /** @description With its first line: `#cloud-config`. */
                                    document: string;
                                    /**
                                     * @description In place of the generated document, or merged into it.
                                     * @enum {string}
                                     */
                                    mode: "replace" | "extend";
                                };
                                /** @description Users that are made. */
                                users?: {
                                    /** @description The full name. */
                                    gecos?: string;
                                    /** @description Groups besides the user's own; those that do not exist are made. */
                                    groups?: string[];
                                    name: string;
                                    /** @description In plain words; it is hashed before it is stored. */
                                    password?: string;
                                    /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                                    passwordHash?: string;
                                    /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                                    shell?: string;
                                    /** @description Public keys, a line each as in `authorized_keys`. */
                                    sshKeys?: string[];
                                    /** @description All rights by sudo, without a password. Left out = false. */
                                    sudo?: boolean;
                                }[];
                                /** @description Files that are written. */
                                writeFiles?: {
                                    /** @description To the end of a file that exists, instead of replacing it. */
                                    append?: boolean;
                                    content: string;
                                    /**
                                     * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                                     * @enum {string}
                                     */
                                    encoding?: "text" | "base64";
                                    /** @description `user` or `user:group`. Left out = root. */
                                    owner?: string;
                                    /** @description Absolute. */
                                    path: string;
                                    /** @description Octal, as chmod takes it. Left out = 0644. */
                                    permissions?: string;
                                }[];
                            };
                            /** @description vCPUs in all. */
                            cores?: number;
                            /** @description Goes into the VM's notes on Proxmox. */
                            description?: string;
                            /** @description Size of the boot disk. */
                            diskGiB?: number;
                            /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                            hardware?: {
                                /** @description The agent's device; the guest needs the agent itself as well. */
                                agent?: boolean;
                                /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                                balloonMiB?: number;
                                /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                                bootOrder?: string[];
                                /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                                cpuType?: string;
                                /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                                disk?: {
                                    /**
                                     * @description How the disk is attached. Left out, as the system has it best.
                                     * @enum {string}
                                     */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /**
                                     * @description Proxmox's word for how writes are cached. Left out = `none`.
                                     * @enum {string}
                                     */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    /** @description Freed space goes back to the storage. */
                                    discard?: boolean;
                                    /**
                                     * @description Only where the storage keeps files.
                                     * @enum {string}
                                     */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    /** @description A thread of its own. With the buses scsi and virtio. */
                                    iothread?: boolean;
                                    /** @description The guest sees an SSD. Not with the bus virtio. */
                                    ssd?: boolean;
                                };
                                /** @description Beside the boot disk. */
                                disks?: {
                                    /**
                                     * @description How the disk is attached. Left out, as the system has it best.
                                     * @enum {string}
                                     */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /**
                                     * @description Proxmox's word for how writes are cached. Left out = `none`.
                                     * @enum {string}
                                     */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    /** @description Freed space goes back to the storage. */
                                    discard?: boolean;
                                    /**
                                     * @description Only where the storage keeps files.
                                     * @enum {string}
                                     */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    /** @description A thread of its own. With the buses scsi and virtio. */
                                    iothread?: boolean;
                                    sizeGiB: number;
                                    /** @description The guest sees an SSD. Not with the bus virtio. */
                                    ssd?: boolean;
                                    storage?: string;
                                }[];
                                /**
                                 * @description Proxmox's word for the graphics device.
                                 * @enum {string}
                                 */
                                display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                                /**
                                 * @description Left out, as the system needs it.
                                 * @enum {string}
                                 */
                                firmware?: "bios" | "uefi";
                                /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                                machine?: string;
                                /**
                                 * @description Proxmox's word: `virtio-scsi-single` …
                                 * @enum {string}
                                 */
                                scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                                /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                                secureBoot?: boolean;
                                /** @description A serial port, for a console of text. */
                                serialConsole?: boolean;
                                /** @description Cores are spread over them evenly. */
                                sockets?: number;
                                /** @description A pointer that is where one's own is. */
                                tablet?: boolean;
                                /** @description TPM 2.0. */
                                tpm?: boolean;
                            };
                            /** @description Memory of each VM. */
                            memoryMiB?: number;
                            /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                            networks?: {
                                /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                                bridge?: string;
                                /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                                firewall?: boolean;
                                /** @description Of `ip`. */
                                gateway?: string;
                                /** @description Of `ip6`. Left out, the router announces itself. */
                                gateway6?: string;
                                /** @description Address for cloud-init; left out, the template's own setting stays. */
                                ip?: string;
                                /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                                ip6?: string;
                                /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                                mac?: string;
                                /**
                                 * @description Left out = `virtio`, or as the template has it.
                                 * @enum {string}
                                 */
                                model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                                /** @description Addresses of DNS servers, IPv4 or IPv6. */
                                nameservers?: string[];
                                /** @description Megabytes per second at most. */
                                rateMBps?: number;
                                /** @description Domains that are tried for short names. */
                                searchDomains?: string[];
                                /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                                vlan?: number;
                            }[];
                            /** @description Another node. Left out, the VMs are placed again as the deployment says. */
                            node?: string;
                            /** @description Starts with its node. */
                            onBoot?: boolean;
                            /** @description Left out = true. */
                            start?: boolean;
                            /** @description Target of full clones. Linked clones live on the template's storage. */
                            storage?: string;
                            /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                            tags?: string[];
                            /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                            validate?: {
                                /** @description How long the agent may take to answer after the start. */
                                agentTimeoutSeconds?: number;
                                /** @description TCP ports that must answer on the VM's address. */
                                ports?: number[];
                            };
                        };
                        /** @description `hash` of the plan that was read: nothing starts but that one. */
                        planHash?: string;
                        /** @description Ids of VMs of this deployment (`vms[].id`), not VMIDs. */
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                            /** @description What happened and why, in one or two sentences. */
                            detail: string;
                            /** @description Single fields that are not as they must be. */
                            errors?: {
                                message: string;
                                /** @description Of the field, dotted: `request.vms.0.name`. */
                                path: string;
                            }[];
                            /** @description What to do. */
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            /** @description Proxmox's own words, where it was Proxmox that said no. */
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            /** @description Also in the header `X-Request-Id`, in the log and in the audit log. */
                            requestId: string;
                            /** @description The HTTP status again. */
                            status: number;
                            /** @description What happened, in a few words. */
                            title: string;
                            /** @description Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do. */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Settings that replace those of the request for these VMs; what is left out stays as it is. With `validate` alone a VM goes on with what there is of it. With anything else it is made anew under the same VMID, and what there is of it, if it carries the stamp, is destroyed first. An address pattern counts over these VMs. */
                        changes?: {
                            /** @description Parts of the first boot; those left out stay, as does the administrator password of Windows. */
                            cloudInit?: {
                                /** @description Installs and starts the QEMU guest agent. Left out = true. */
                                agent?: boolean;
                                /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                                commands?: (string | string[])[];
                                /** @description The user that the image brings (debian, ubuntu, cloud-user …): kept, kept with keys and a password, or not made. Left out = `keep` without `users`, else `none`. */
                                defaultUser?: ("keep" | "none") | {
                                    /** @description In plain words; it is hashed before it is stored. */
                                    password?: string;
                                    /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                                    passwordHash?: string;
                                    /** @description Public keys, a line each as in `authorized_keys`. */
                                    sshKeys?: string[];
                                };
                                /**
                                 * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                                 * @enum {string}
                                 */
                                delivery?: "auto" | "native" | "seed" | "snippet";
                                /** @description Makes the full name out of the host name. */
                                domain?: string;
                                /** @description With dots it is the full name. Left out = the VM's name. */
                                hostname?: string;
                                /**
                                 * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                                 * @enum {string}
                                 */
                                inherited?: "clear" | "keep";
                                locale?: string;
                                /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                                openssh?: boolean;
                                /** @description Packages that are installed. */
                                packages?: string[];
                                /** @description Refreshes the package lists. Left out = where packages are installed. */
                                packageUpdate?: boolean;
                                /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                                packageUpgrade?: boolean;
                                /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                                sshPasswordLogin?: boolean;
                                timezone?: string;
                                /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                                userData?: {
                                    /** @description With its first line: `#cloud-config`. */
                                    document: string;
                                    /**
                                     * @description In place of the generated document, or merged into it.
                                     * @enum {string}
                                     */
                                    mode: "replace" | "extend";
                                };
                                /** @description Users that are made. */
                                users?: {
                                    /** @description The full name. */
                                    gecos?: string;
                                    /** @description Groups besides the user's own; those that do not exist are made. */
                                    groups?: string[];
                                    name: string;
                                    /** @description In plain words; it is hashed before it is stored. */
                                    password?: string;
                                    /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                                    passwordHash?: string;
                                    /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                                    shell?: string;
                                    /** @description Public keys, a line each as in `authorized_keys`. */
                                    sshKeys?: string[];
                                    /** @description All rights by sudo, without a password. Left out = false. */
                                    sudo?: boolean;
                                }[];
                                /** @description Files that are written. */
                                writeFiles?: {
                                    /** @description To the end of a file that exists, instead of replacing it. */
                                    append?: boolean;
                                    content: string;
                                    /**
                                     * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                                     * @enum {string}
                                     */
                                    encoding?: "text" | "base64";
                                    /** @description `user` or `user:group`. Left out = root. */
                                    owner?: string;
                                    /** @description Absolute. */
                                    path: string;
                                    /** @description Octal, as chmod takes it. Left out = 0644. */
                                    permissions?: string;
                                }[];
                            };
                            /** @description vCPUs in all. */
                            cores?: number;
                            /** @description Goes into the VM's notes on Proxmox. */
                            description?: string;
                            /** @description Size of the boot disk. */
                            diskGiB?: number;
                            /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                            hardware?: {
                                /** @description The agent's device; the guest needs the agent itself as well. */
                                agent?: boolean;
                                /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                                balloonMiB?: number;
                                /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                                bootOrder?: string[];
                                /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                                cpuType?: string;
                                /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                                disk?: {
                                    /**
                                     * @description How the disk is attached. Left out, as the system has it best.
                                     * @enum {string}
                                     */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /**
                                     * @description Proxmox's word for how writes are cached. Left out = `none`.
                                     * @enum {string}
                                     */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    /** @description Freed space goes back to the storage. */
                                    discard?: boolean;
                                    /**
                                     * @description Only where the storage keeps files.
                                     * @enum {string}
                                     */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    /** @description A thread of its own. With the buses scsi and virtio. */
                                    iothread?: boolean;
                                    /** @description The guest sees an SSD. Not with the bus virtio. */
                                    ssd?: boolean;
                                };
                                /** @description Beside the boot disk. */
                                disks?: {
                                    /**
                                     * @description How the disk is attached. Left out, as the system has it best.
                                     * @enum {string}
                                     */
                                    bus?: "scsi" | "virtio" | "sata" | "ide";
                                    /**
                                     * @description Proxmox's word for how writes are cached. Left out = `none`.
                                     * @enum {string}
                                     */
                                    cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                                    /** @description Freed space goes back to the storage. */
                                    discard?: boolean;
                                    /**
                                     * @description Only where the storage keeps files.
                                     * @enum {string}
                                     */
                                    format?: "raw" | "qcow2" | "vmdk";
                                    /** @description A thread of its own. With the buses scsi and virtio. */
                                    iothread?: boolean;
                                    sizeGiB: number;
                                    /** @description The guest sees an SSD. Not with the bus virtio. */
                                    ssd?: boolean;
                                    storage?: string;
                                }[];
                                /**
                                 * @description Proxmox's word for the graphics device.
                                 * @enum {string}
                                 */
                                display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                                /**
                                 * @description Left out, as the system needs it.
                                 * @enum {string}
                                 */
                                firmware?: "bios" | "uefi";
                                /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                                machine?: string;
                                /**
                                 * @description Proxmox's word: `virtio-scsi-single` …
                                 * @enum {string}
                                 */
                                scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                                /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                                secureBoot?: boolean;
                                /** @description A serial port, for a console of text. */
                                serialConsole?: boolean;
                                /** @description Cores are spread over them evenly. */
                                sockets?: number;
                                /** @description A pointer that is where one's own is. */
                                tablet?: boolean;
                                /** @description TPM 2.0. */
                                tpm?: boolean;
                            };
                            /** @description Memory of each VM. */
                            memoryMiB?: number;
                            /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                            networks?: {
                                /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                                bridge?: string;
                                /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                                firewall?: boolean;
                                /** @description Of `ip`. */
                                gateway?: string;
                                /** @description Of `ip6`. Left out, the router announces itself. */
                                gateway6?: string;
                                /** @description Address for cloud-init; left out, the template's own setting stays. */
                                ip?: string;
                                /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                                ip6?: string;
                                /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                                mac?: string;
                                /**
                                 * @description Left out = `virtio`, or as the template has it.
                                 * @enum {string}
                                 */
                                model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                                /** @description Addresses of DNS servers, IPv4 or IPv6. */
                                nameservers?: string[];
                                /** @description Megabytes per second at most. */
                                rateMBps?: number;
                                /** @description Domains that are tried for short names. */
                                searchDomains?: string[];
                                /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                                vlan?: number;
                            }[];
                            /** @description Another node. Left out, the VMs are placed again as the deployment says. */
                            node?: string;
                            /** @description Starts with its node. */
                            onBoot?: boolean;
                            /** @description Left out = true. */
                            start?: boolean;
                            /** @description Target of full clones. Linked clones live on the template's storage. */
                            storage?: string;
                            /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                            tags?: string[];
                            /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                            validate?: {
                                /** @description How long the agent may take to answer after the start. */
                                agentTimeoutSeconds?: number;
                                /** @description TCP ports that must answer on the VM's address. */
                                ports?: number[];
                            };
                        };
                        /** @description Ids of VMs of this deployment (`vms[].id`), not VMIDs. */
                        vms?: string[];
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description `hash` of the plan that was read: nothing starts but that one. */
                        planHash?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                            /** @description What happened and why, in one or two sentences. */
                            detail: string;
                            /** @description Single fields that are not as they must be. */
                            errors?: {
                                message: string;
                                /** @description Of the field, dotted: `request.vms.0.name`. */
                                path: string;
                            }[];
                            /** @description What to do. */
                            hint?: string;
                            plan: components["schemas"]["Plan"];
                            /** @description Proxmox's own words, where it was Proxmox that said no. */
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            /** @description Also in the header `X-Request-Id`, in the log and in the audit log. */
                            requestId: string;
                            /** @description The HTTP status again. */
                            status: number;
                            /** @description What happened, in a few words. */
                            title: string;
                            /** @description Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Whose rights were looked at; null where nobody was signed in. */
                            account: string | null;
                            checkedAt: string;
                            /** @description The cluster's name, or the host. */
                            cluster: string;
                            findings: {
                                /** @description To be copied: a command for a shell as root on a node of the cluster (`node`), one for this machine (`here`), or a line for `.env` (`env`). */
                                commands: {
                                    text: string;
                                    /** @enum {string} */
                                    where: "node" | "here" | "env";
                                }[];
                                /** @description A few words where it is fine, else sentences: what was found, and what follows from it. */
                                found: string;
                                /** @description The same at every run: `certificate pve1:8006`, `feature console`. */
                                id: string;
                                /** @enum {string} */
                                level: "ok" | "info" | "warn" | "fail";
                                /** @description What to do. */
                                remedy: string | null;
                                /** @description What it is about, in two or three words: `pve1, VM 9002`. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Whose rights were looked at; null where nobody was signed in. */
                            account: string | null;
                            checkedAt: string;
                            /** @description The cluster's name, or the host. */
                            cluster: string;
                            findings: {
                                /** @description To be copied: a command for a shell as root on a node of the cluster (`node`), one for this machine (`here`), or a line for `.env` (`env`). */
                                commands: {
                                    text: string;
                                    /** @enum {string} */
                                    where: "node" | "here" | "env";
                                }[];
                                /** @description A few words where it is fine, else sentences: what was found, and what follows from it. */
                                found: string;
                                /** @description The same at every run: `certificate pve1:8006`, `feature console`. */
                                id: string;
                                /** @enum {string} */
                                level: "ok" | "info" | "warn" | "fail";
                                /** @description What to do. */
                                remedy: string | null;
                                /** @description What it is about, in two or three words: `pve1, VM 9002`. */
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
        /**
         * Follow all deployments that you may see: their heads, without VMs and steps
         * @description Events `deployment`, each with the new head: for a list that stays up to date.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The last event that the reader has; the header `Last-Event-ID` counts before it. */
                    lastEventId?: string;
                };
                header?: {
                    /** @description The last event that the reader has. */
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
                /** @description The answer */
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
                    /** @description `iso` for installers, `import` for disk images. */
                    content?: "iso" | "import";
                    /** @description Read the storages now; else the answer may be 5 s old */
                    fresh?: "true" | "false";
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            images: components["schemas"]["Image"][];
                            /** @description Storages that did not answer */
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
                    /** @description Also where VMs or deployments use it. */
                    force?: "true" | "false";
                    node?: string;
                };
                header?: never;
                path: {
                    /** @description Percent-encoded: `local%3Aiso%2Fdebian-13.iso`. */
                    volid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                    /** @description Percent-encoded: `local%3Aiso%2Fdebian-13.iso`. */
                    volid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description False where not every VM could be looked at. */
                            complete: boolean;
                            /** @description Running deployments that install from it. */
                            deployments: {
                                id: string;
                                name: string | null;
                            }[];
                            /** @description VMs and templates with it in a drive. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            entries: components["schemas"]["CatalogueEntry"][];
                            /** @description What is wrong with the file */
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
                /** @description The answer */
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
                        /** @description In hexadecimal digits; Proxmox compares and keeps nothing that differs. */
                        checksum?: string;
                        /**
                         * @description `iso` for installers, `import` for disk images.
                         * @enum {string}
                         */
                        content: "iso" | "import";
                        /** @description What it is to be called in the storage. */
                        fileName: string;
                        node: string;
                        storage: string;
                        /** Format: uri */
                        url: string;
                        /** @description Whether Proxmox verifies the certificate of the address. Left out = true. */
                        verifyCertificates?: boolean;
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /** @description Whether Proxmox verifies the certificate of the address. Left out = true. */
                        verifyCertificates?: boolean;
                    };
                };
            };
            responses: {
                /** @description The answer */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            targets: {
                                availableGiB: number | null;
                                /**
                                 * @description `iso` for installers, `import` for disk images.
                                 * @enum {string}
                                 */
                                content: "iso" | "import";
                                /** @description The same for deletions */
                                delete: string | null;
                                /** @description The same for downloads by Proxmox */
                                download: string | null;
                                node: string;
                                shared: boolean;
                                storage: string;
                                /** @description Why you cannot upload here; null where you can */
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
                /** @description The answer */
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
                    /** @description Proxmox's id of the task, percent-encoded. */
                    upid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description Proxmox's id of the task, percent-encoded. */
                    upid: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
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
                    /** @description Left out = sha256 */
                    algorithm?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
                    /** @description In hexadecimal digits; Proxmox compares and keeps nothing that differs. */
                    checksum?: string;
                    /** @description `iso` for installers, `import` for disk images. */
                    content: "iso" | "import";
                    /** @description What it is to be called in the storage. */
                    fileName: string;
                    node: string;
                    /** @description In the place of a file of this name */
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
                /** @description Taken on; the work goes on behind the answer */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            isos: components["schemas"]["Image"][];
                            /** @description Storages that did not answer */
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
                /** @description The answer */
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
                /** @description The answer */
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
        /**
         * What a request would do, call by call; changes nothing
         * @description The plan has every VM with its VMID, its node and the calls to Proxmox that will be made, what it takes of memory and storage, the privileges that it needs, warnings, and blockers: reasons why it cannot be deployed, each with its field. Its `hash` names exactly this plan. Only a request that is no request is an error; one that cannot be deployed is a plan with blockers.
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
                    "application/json": components["schemas"]["DeploymentRequest"];
                };
            };
            responses: {
                /** @description The answer */
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
                /** @description The answer */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checkedAt: string;
                            clusterName: string | null;
                            connected: boolean;
                            /** @description The built-in simulated cluster. */
                            demo: boolean;
                            /** @description Since when there is no answer; null while connected. */
                            failingSince: string | null;
                            /** @description What to do, where it is not well. */
                            hint: string | null;
                            /** @description `pve1.lab.example:8006`, the node that answered last or was asked last. */
                            host: string;
                            latencyMs: number | null;
                            /** @description What is so: `Connected to …`, or why not. */
                            message: string;
                            nodes: number | null;
                            nodesOnline: number | null;
                            quorate: boolean | null;
                            /**
                             * @description What vouches for the certificate.
                             * @enum {string}
                             */
                            tls: "system-ca" | "ca-file" | "fingerprint" | "off";
                            /** @description False only where PROXMOX_VERIFY_SSL=false. */
                            tlsVerified: boolean;
                            /** @description A certificate that nobody vouches for: what to compare and what to write into `.env`. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                /** @description What is so, and where it is not well, what to do. */
                                message: string;
                                /** @enum {string} */
                                name: "database" | "proxmox";
                                ok: boolean;
                            }[];
                            ready: boolean;
                        };
                    };
                };
                /** @description The answer */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                /** @description What is so, and where it is not well, what to do. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            connection: {
                                checkedAt: string;
                                connected: boolean;
                                /** @description The built-in simulated cluster. */
                                demo: boolean;
                                /** @description Since when there is no answer; null while connected. */
                                failingSince: string | null;
                                /** @description What to do, where it is not well. */
                                hint: string | null;
                                /** @description `pve1.lab.example:8006`, the node that answered last or was asked last. */
                                host: string;
                                latencyMs: number | null;
                                /** @description What is so: `Connected to …`, or why not. */
                                message: string;
                                /**
                                 * @description What vouches for the certificate.
                                 * @enum {string}
                                 */
                                tls: "system-ca" | "ca-file" | "fingerprint" | "off";
                                /** @description False only where PROXMOX_VERIFY_SSL=false. */
                                tlsVerified: boolean;
                                /** @description A certificate that nobody vouches for: what to compare and what to write into `.env`. */
                                untrustedCertificate: {
                                    fingerprint: string;
                                    host: string;
                                    line: string;
                                } | null;
                            };
                            /** @description Empty while Proxmox does not answer; `connection` says why. */
                            realms: {
                                comment: string | null;
                                default: boolean;
                                realm: string;
                                /** @description Kind of second factor that the whole realm asks for; an account may have its own. */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description When the sign-in ends unless it is used before; null for a token. */
                            expiresAt: string | null;
                            /**
                             * @description A cookie from `POST /session`, or an API token on the call itself.
                             * @enum {string}
                             */
                            method: "session" | "token";
                            /** @description `name@realm`; with an API token `name@realm!token`. */
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
                        /** @description Second factor, where the account has one: six digits of an authenticator, or a recovery key. */
                        otp?: string;
                        password: string;
                        /** @description Left out where the user name has it. */
                        realm?: string;
                        /** @description With or without `@realm`. */
                        username: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description When the sign-in ends unless it is used before; null for a token. */
                            expiresAt: string | null;
                            /**
                             * @description A cookie from `POST /session`, or an API token on the call itself.
                             * @enum {string}
                             */
                            method: "session" | "token";
                            /** @description `name@realm`; with an API token `name@realm!token`. */
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
                            /** @description What happened and why, in one or two sentences. */
                            detail: string;
                            /** @description Single fields that are not as they must be. */
                            errors?: {
                                message: string;
                                /** @description Of the field, dotted: `request.vms.0.name`. */
                                path: string;
                            }[];
                            factors?: string[];
                            /** @description What to do. */
                            hint?: string;
                            /** @description Proxmox's own words, where it was Proxmox that said no. */
                            proxmox?: {
                                errors?: {
                                    [key: string]: string;
                                };
                                message: string;
                                status: number;
                            };
                            /** @description Also in the header `X-Request-Id`, in the log and in the audit log. */
                            requestId: string;
                            /** @description The HTTP status again. */
                            status: number;
                            /** @description What happened, in a few words. */
                            title: string;
                            /** @description Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do. */
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
                /** @description Signed out */
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
                /** @description The answer */
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
                        /** @description Lines of an authorized_keys file */
                        keys: string;
                        /** @description For a single key, instead of its comment */
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            added: components["schemas"]["SshKey"][];
                            /** @description Keys that were there already, by their fingerprint. */
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
                /** @description Made; `Location` has its address */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            added: components["schemas"]["SshKey"][];
                            /** @description Keys that were there already, by their fingerprint. */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                    /** @description Only storages that can hold it: `images`, `iso`, `import`, … */
                    content?: string;
                    node?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            finishedAt: string | null;
                            log: string[];
                            /** @description Why it failed, in Proxmox's words. */
                            message: string | null;
                            node: string;
                            startedAt: string;
                            /**
                             * @description `unknown`: it was killed, or its log is gone.
                             * @enum {string}
                             */
                            status: "running" | "ok" | "warnings" | "failed" | "unknown";
                            /** @description Proxmox's word: `qmstart`, `qmclone`, `qmconfig` … */
                            type: string;
                            /** @description Proxmox's id of the task. */
                            upid: string;
                            /** @description Who started it. */
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
                /** @description The answer */
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
                /** @description The answer */
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
                /** @description The answer */
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
                                    /** @description What to do; null where nothing is to be done. */
                                    fix: {
                                        command: string | null;
                                        text: string;
                                    } | null;
                                    /** @enum {string} */
                                    status: "good" | "note" | "warning" | "bad";
                                    title: string;
                                }[];
                                /** @description VMs whose disks are layers over those of the template; null where that could not be told. */
                                linkedClones: {
                                    name: string | null;
                                    node: string;
                                    vmid: number;
                                }[] | null;
                                /**
                                 * @description The worst of the checks.
                                 * @enum {string}
                                 */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                /** @description The answer */
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
                        /** @description Five minutes to a week */
                        intervalMinutes: number;
                        name?: string;
                        /** @description What is checked each time. Left out, what is checked of every VM. */
                        order?: {
                            /** @description Checks besides those of every VM: ports, HTTP, commands. */
                            checks?: ({
                                /** @enum {string} */
                                kind: "tcp";
                                /** @description Must accept a connection */
                                port: number;
                            } | {
                                /** @description The Host header. Left out, the address */
                                host?: string;
                                /** @enum {string} */
                                kind: "http";
                                /** @description Left out, / */
                                path?: string;
                                /** @description Left out, 80, or 443 with `tls` */
                                port?: number;
                                /** @description Left out, any from 200 to 399. Redirects are not followed */
                                status?: number;
                                /** @description HTTPS. Whose certificate it is is not checked: the address is a number */
                                tls?: boolean;
                            } | {
                                /** @description Program and arguments, run in the guest by its agent. There is no shell around it */
                                command: string[];
                                /** @description Left out, 0 */
                                exitCode?: number;
                                /** @enum {string} */
                                kind: "command";
                            })[];
                            /**
                             * @description Left out, as the VM is configured
                             * @enum {string}
                             */
                            osType?: "linux" | "windows";
                            /** @description How long what does not pass yet is tried again */
                            patienceSeconds?: number;
                            /** @description In place of the one for its system: 22 for Linux, 3389 for Windows */
                            ports?: number[];
                        };
                        /** @description VMs by their VMIDs, or those of a deployment. */
                        target: {
                            vmids: number[];
                        } | {
                            deploymentId: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Made; `Location` has its address */
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
                    /** @description As its list and its answers have it. */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Ended */
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
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmList"];
                    };
                };
                /** @description Nothing has changed */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Its exact name, as a confirmation. */
                        name: string;
                        /**
                         * @description Cuts the power of one that runs; left out, one that runs is refused.
                         * @default false
                         */
                        stop?: boolean;
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Cores of each socket. */
                        cores?: number;
                        /** @description Of the config that was seen. */
                        digest?: string;
                        /** @description Memory in all. */
                        memoryMiB?: number;
                        /** @description Proxmox refuses to delete it or its disks. */
                        protection?: boolean;
                        sockets?: number;
                        /** @description Starts when its node does. */
                        startsWithNode?: boolean;
                        /** @description All that it is to have; those left out go. */
                        tags?: string[];
                    };
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the config as it is now. */
                            digest: string | null;
                            pending: {
                                key: string;
                                /** @description As it will be; null where the key goes away. */
                                pending: string | null;
                                /** @description As the VM runs now. */
                                value: string | null;
                            }[];
                            /** @description Whether something waits for a restart. */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string | null;
                            addresses: string[];
                            hostName: string | null;
                            /** @description Why it tells nothing; null where it does. */
                            silent: string | null;
                            /** @description `Ubuntu 24.04.3 LTS` */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Which part of cloud-init. */
                    document: "user" | "network" | "meta";
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                    /** @description `vnc`: the screen. `serial`: the serial port, as text. */
                    type?: "vnc" | "serial";
                };
                header?: never;
                path: {
                    /** @description Of a VM that you may see. */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description In all, not how much is added. */
                        sizeGiB: number;
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description How far back. */
                    range?: "hour" | "day" | "week";
                };
                header?: never;
                path: {
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The answer */
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
                            /** @description Bytes per second. */
                            networkIn: (number | null)[];
                            networkOut: (number | null)[];
                            /** @enum {string} */
                            range: "hour" | "day" | "week";
                            /** @description In seconds since 1970. */
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
                    /** @description Of a VM that you may see. */
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
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Of a VM that you may see. */
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
                        /**
                         * @description Keeps the memory of a running VM too.
                         * @default false
                         */
                        withMemory?: boolean;
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Of the snapshot. */
                    name: string;
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description Of the snapshot. */
                    name: string;
                    /** @description Of a VM that you may see. */
                    vmid: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Whether it runs afterwards.
                         * @default false
                         */
                        start?: boolean;
                    } | null;
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /** @description Checks besides those of every VM: ports, HTTP, commands. */
                        checks?: ({
                            /** @enum {string} */
                            kind: "tcp";
                            /** @description Must accept a connection */
                            port: number;
                        } | {
                            /** @description The Host header. Left out, the address */
                            host?: string;
                            /** @enum {string} */
                            kind: "http";
                            /** @description Left out, / */
                            path?: string;
                            /** @description Left out, 80, or 443 with `tls` */
                            port?: number;
                            /** @description Left out, any from 200 to 399. Redirects are not followed */
                            status?: number;
                            /** @description HTTPS. Whose certificate it is is not checked: the address is a number */
                            tls?: boolean;
                        } | {
                            /** @description Program and arguments, run in the guest by its agent. There is no shell around it */
                            command: string[];
                            /** @description Left out, 0 */
                            exitCode?: number;
                            /** @enum {string} */
                            kind: "command";
                        })[];
                        /**
                         * @description Left out, as the VM is configured
                         * @enum {string}
                         */
                        osType?: "linux" | "windows";
                        /** @description How long what does not pass yet is tried again */
                        patienceSeconds?: number;
                        /** @description In place of the one for its system: 22 for Linux, 3389 for Windows */
                        ports?: number[];
                        /** @description How long the answer waits for the outcome. Left out, 10 */
                        waitSeconds?: number;
                    } | null;
                };
            };
            responses: {
                /** @description The answer */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VmValidation"];
                    };
                };
                /** @description Taken on; the work goes on behind the answer */
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
                    /** @description How many at most. */
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
                /** @description The answer */
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
                /** @description The answer */
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
                        /**
                         * @description Cuts the power of those that run; left out, those that run are refused.
                         * @default false
                         */
                        stop?: boolean;
                        /** @description Each with its exact name, as a confirmation. */
                        vms: {
                            name: string;
                            vmid: number;
                        }[];
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /** @description VMIDs on Proxmox. */
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /** @description VMIDs on Proxmox. */
                        vmids: number[];
                        /**
                         * @description Keeps the memory of a running VM too.
                         * @default false
                         */
                        withMemory?: boolean;
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /**
                         * @description Tags that each gets.
                         * @default []
                         */
                        add?: string[];
                        /**
                         * @description Tags that each loses.
                         * @default []
                         */
                        remove?: string[];
                        /** @description VMIDs on Proxmox. */
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
                        /** @description VMIDs on Proxmox. */
                        vmids: number[];
                    };
                };
            };
            responses: {
                /** @description Taken on; the work goes on behind the answer */
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
            /** @description Whether the caller may change and delete it. */
            mine: boolean;
            name: string;
            /** @description Names or patterns of its first rows. */
            names: string[];
            /** @description `name@realm` of who saved it; null for one that comes with the deployer. */
            owner: string | null;
            request: components["schemas"]["BlueprintRequest"];
            /** @description Everybody who is signed in sees it. */
            shared: boolean;
            source: {
                /**
                 * @description `linked` shares the disk of the template and takes seconds; `full` copies it.
                 * @enum {string}
                 */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                /** @description VMID of the template. */
                vmid?: number;
            } | {
                /** @description The ISO with VirtIO drivers, for Windows. */
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /**
                 * @description Which system it installs: it chooses the hardware.
                 * @enum {string}
                 */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description Windows installs itself with these answers. Passwords and the product key are asked for again. */
                unattended?: {
                    /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                    commands?: string[];
                    /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                    keyboard?: string;
                    /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                    language?: string;
                    /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                    remoteDesktop?: boolean;
                    /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                    timeZone?: string;
                    /** @description One more account. */
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                /** @description The installer: `local:iso/debian-13.iso`. */
                volid?: string;
            } | {
                /** @description The VMs become templates and are not started. */
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /**
                 * @description Left out = `linux`.
                 * @enum {string}
                 */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description The disk image that is imported: `local:import/noble.qcow2`. */
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
            /** @description Whether the caller may change and delete it. */
            mine: boolean;
            name: string;
            /** @description Names or patterns of its first rows. */
            names: string[];
            /** @description `name@realm` of who saved it; null for one that comes with the deployer. */
            owner: string | null;
            /** @description Everybody who is signed in sees it. */
            shared: boolean;
            source: {
                /**
                 * @description `linked` shares the disk of the template and takes seconds; `full` copies it.
                 * @enum {string}
                 */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                /** @description VMID of the template. */
                vmid?: number;
            } | {
                /** @description The ISO with VirtIO drivers, for Windows. */
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /**
                 * @description Which system it installs: it chooses the hardware.
                 * @enum {string}
                 */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description Windows installs itself with these answers. Passwords and the product key are asked for again. */
                unattended?: {
                    /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                    commands?: string[];
                    /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                    keyboard?: string;
                    /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                    language?: string;
                    /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                    remoteDesktop?: boolean;
                    /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                    timeZone?: string;
                    /** @description One more account. */
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                /** @description The installer: `local:iso/debian-13.iso`. */
                volid?: string;
            } | {
                /** @description The VMs become templates and are not started. */
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /**
                 * @description Left out = `linux`.
                 * @enum {string}
                 */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description The disk image that is imported: `local:import/noble.qcow2`. */
                volid?: string;
            };
            updatedAt: string | null;
            vmCount: number;
        };
        BlueprintRequest: {
            /** @description Settings of all VMs; a row's own win. */
            defaults?: {
                /** @description What the guest sets up at its first boot, without passwords. */
                cloudInit?: {
                    /** @description Installs and starts the QEMU guest agent. Left out = true. */
                    agent?: boolean;
                    /**
                     * @description Whoever deploys is asked for the administrator's password.
                     * @constant
                     */
                    askAdminPassword?: true;
                    /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                    commands?: (string | string[])[];
                    /** @description The user that the image brings: kept, kept with keys and a password, or not made. */
                    defaultUser?: ("keep" | "none") | {
                        /** @constant */
                        askPassword?: true;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                    };
                    /**
                     * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                     * @enum {string}
                     */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    /** @description Makes the full name out of the host name. */
                    domain?: string;
                    /** @description With dots it is the full name. Left out = the VM's name. */
                    hostname?: string;
                    /**
                     * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                     * @enum {string}
                     */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                    openssh?: boolean;
                    /** @description Packages that are installed. */
                    packages?: string[];
                    /** @description Refreshes the package lists. Left out = where packages are installed. */
                    packageUpdate?: boolean;
                    /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                    packageUpgrade?: boolean;
                    /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                    userData?: {
                        /** @description With its first line: `#cloud-config`. */
                        document: string;
                        /**
                         * @description In place of the generated document, or merged into it.
                         * @enum {string}
                         */
                        mode: "replace" | "extend";
                    };
                    /** @description Users that are made. `askPassword`: whoever deploys is asked for one. */
                    users?: {
                        /** @constant */
                        askPassword?: true;
                        /** @description The full name. */
                        gecos?: string;
                        /** @description Groups besides the user's own; those that do not exist are made. */
                        groups?: string[];
                        name: string;
                        /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                        shell?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                        /** @description All rights by sudo, without a password. Left out = false. */
                        sudo?: boolean;
                    }[];
                    /** @description Files that are written. */
                    writeFiles?: {
                        /** @description To the end of a file that exists, instead of replacing it. */
                        append?: boolean;
                        content: string;
                        /**
                         * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                         * @enum {string}
                         */
                        encoding?: "text" | "base64";
                        /** @description `user` or `user:group`. Left out = root. */
                        owner?: string;
                        /** @description Absolute. */
                        path: string;
                        /** @description Octal, as chmod takes it. Left out = 0644. */
                        permissions?: string;
                    }[];
                };
                /** @description vCPUs in all. */
                cores?: number;
                /** @description Goes into the VM's notes on Proxmox. */
                description?: string;
                /** @description Size of the boot disk. */
                diskGiB?: number;
                /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                hardware?: {
                    /** @description The agent's device; the guest needs the agent itself as well. */
                    agent?: boolean;
                    /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                    balloonMiB?: number;
                    /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                    bootOrder?: string[];
                    /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                    cpuType?: string;
                    /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                    disk?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                    };
                    /** @description Beside the boot disk. */
                    disks?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        sizeGiB: number;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /**
                     * @description Proxmox's word for the graphics device.
                     * @enum {string}
                     */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /**
                     * @description Left out, as the system needs it.
                     * @enum {string}
                     */
                    firmware?: "bios" | "uefi";
                    /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                    machine?: string;
                    /**
                     * @description Proxmox's word: `virtio-scsi-single` …
                     * @enum {string}
                     */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                    secureBoot?: boolean;
                    /** @description A serial port, for a console of text. */
                    serialConsole?: boolean;
                    /** @description Cores are spread over them evenly. */
                    sockets?: number;
                    /** @description A pointer that is where one's own is. */
                    tablet?: boolean;
                    /** @description TPM 2.0. */
                    tpm?: boolean;
                };
                /** @description Memory of each VM. */
                memoryMiB?: number;
                /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                networks?: {
                    /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                    bridge?: string;
                    /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                    firewall?: boolean;
                    /** @description Of `ip`. */
                    gateway?: string;
                    /** @description Of `ip6`. Left out, the router announces itself. */
                    gateway6?: string;
                    /** @description Address for cloud-init; left out, the template's own setting stays. */
                    ip?: string;
                    /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                    ip6?: string;
                    /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                    mac?: string;
                    /**
                     * @description Left out = `virtio`, or as the template has it.
                     * @enum {string}
                     */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    /** @description Addresses of DNS servers, IPv4 or IPv6. */
                    nameservers?: string[];
                    /** @description Megabytes per second at most. */
                    rateMBps?: number;
                    /** @description Domains that are tried for short names. */
                    searchDomains?: string[];
                    /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                    vlan?: number;
                }[];
                /** @description Starts with its node. */
                onBoot?: boolean;
                /** @description Left out = true. */
                start?: boolean;
                /** @description Target of full clones. Linked clones live on the template's storage. */
                storage?: string;
                /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                tags?: string[];
                /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                validate?: {
                    /** @description How long the agent may take to answer after the start. */
                    agentTimeoutSeconds?: number;
                    /** @description TCP ports that must answer on the VM's address. */
                    ports?: number[];
                };
            };
            /** @description Of the deployment, for people. */
            name?: string;
            /** @description Which node each VM goes to: `spread` over all, `pack` onto few, or one by name. Left out = `spread`. */
            placement?: {
                /** @enum {string} */
                strategy: "spread" | "pack";
            } | {
                node: string;
            };
            /** @description Pool of Proxmox that the VMs go into. Who may audit it sees the deployment. */
            pool?: string;
            /** @description What the VMs are made from. A template may be left open, or given by its `name`. */
            source: {
                /**
                 * @description `linked` shares the disk of the template and takes seconds; `full` copies it.
                 * @enum {string}
                 */
                clone?: "linked" | "full";
                /** @constant */
                kind: "template";
                name?: string;
                /** @description VMID of the template. */
                vmid?: number;
            } | {
                /** @description The ISO with VirtIO drivers, for Windows. */
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /**
                 * @description Which system it installs: it chooses the hardware.
                 * @enum {string}
                 */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description Windows installs itself with these answers. Passwords and the product key are asked for again. */
                unattended?: {
                    /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                    commands?: string[];
                    /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                    keyboard?: string;
                    /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                    language?: string;
                    /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                    remoteDesktop?: boolean;
                    /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                    timeZone?: string;
                    /** @description One more account. */
                    user?: {
                        administrator?: boolean;
                        name: string;
                    };
                };
                /** @description The installer: `local:iso/debian-13.iso`. */
                volid?: string;
            } | {
                /** @description The VMs become templates and are not started. */
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /**
                 * @description Left out = `linux`.
                 * @enum {string}
                 */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description The disk image that is imported: `local:import/noble.qcow2`. */
                volid?: string;
            };
            /** @description The VMs, one row for each or one for several by a pattern. */
            vms: {
                /** @description What the guest sets up at its first boot, without passwords. */
                cloudInit?: {
                    /** @description Installs and starts the QEMU guest agent. Left out = true. */
                    agent?: boolean;
                    /**
                     * @description Whoever deploys is asked for the administrator's password.
                     * @constant
                     */
                    askAdminPassword?: true;
                    /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                    commands?: (string | string[])[];
                    /** @description The user that the image brings: kept, kept with keys and a password, or not made. */
                    defaultUser?: ("keep" | "none") | {
                        /** @constant */
                        askPassword?: true;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                    };
                    /**
                     * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                     * @enum {string}
                     */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    /** @description Makes the full name out of the host name. */
                    domain?: string;
                    /** @description With dots it is the full name. Left out = the VM's name. */
                    hostname?: string;
                    /**
                     * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                     * @enum {string}
                     */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                    openssh?: boolean;
                    /** @description Packages that are installed. */
                    packages?: string[];
                    /** @description Refreshes the package lists. Left out = where packages are installed. */
                    packageUpdate?: boolean;
                    /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                    packageUpgrade?: boolean;
                    /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                    userData?: {
                        /** @description With its first line: `#cloud-config`. */
                        document: string;
                        /**
                         * @description In place of the generated document, or merged into it.
                         * @enum {string}
                         */
                        mode: "replace" | "extend";
                    };
                    /** @description Users that are made. `askPassword`: whoever deploys is asked for one. */
                    users?: {
                        /** @constant */
                        askPassword?: true;
                        /** @description The full name. */
                        gecos?: string;
                        /** @description Groups besides the user's own; those that do not exist are made. */
                        groups?: string[];
                        name: string;
                        /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                        shell?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                        /** @description All rights by sudo, without a password. Left out = false. */
                        sudo?: boolean;
                    }[];
                    /** @description Files that are written. */
                    writeFiles?: {
                        /** @description To the end of a file that exists, instead of replacing it. */
                        append?: boolean;
                        content: string;
                        /**
                         * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                         * @enum {string}
                         */
                        encoding?: "text" | "base64";
                        /** @description `user` or `user:group`. Left out = root. */
                        owner?: string;
                        /** @description Absolute. */
                        path: string;
                        /** @description Octal, as chmod takes it. Left out = 0644. */
                        permissions?: string;
                    }[];
                };
                /** @description vCPUs in all. */
                cores?: number;
                /** @description How many VMs `{n}` in the name stands for; with a range such as `{01..10}` it may be left out. */
                count?: number;
                /** @description Goes into the VM's notes on Proxmox. */
                description?: string;
                /** @description Size of the boot disk. */
                diskGiB?: number;
                /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                hardware?: {
                    /** @description The agent's device; the guest needs the agent itself as well. */
                    agent?: boolean;
                    /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                    balloonMiB?: number;
                    /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                    bootOrder?: string[];
                    /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                    cpuType?: string;
                    /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                    disk?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                    };
                    /** @description Beside the boot disk. */
                    disks?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        sizeGiB: number;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /**
                     * @description Proxmox's word for the graphics device.
                     * @enum {string}
                     */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /**
                     * @description Left out, as the system needs it.
                     * @enum {string}
                     */
                    firmware?: "bios" | "uefi";
                    /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                    machine?: string;
                    /**
                     * @description Proxmox's word: `virtio-scsi-single` …
                     * @enum {string}
                     */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                    secureBoot?: boolean;
                    /** @description A serial port, for a console of text. */
                    serialConsole?: boolean;
                    /** @description Cores are spread over them evenly. */
                    sockets?: number;
                    /** @description A pointer that is where one's own is. */
                    tablet?: boolean;
                    /** @description TPM 2.0. */
                    tpm?: boolean;
                };
                /** @description Memory of each VM. */
                memoryMiB?: number;
                /** @description A name, or a pattern that makes several VMs: `web-{01..10}`. */
                name: string;
                /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                networks?: {
                    /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                    bridge?: string;
                    /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                    firewall?: boolean;
                    /** @description Of `ip`. */
                    gateway?: string;
                    /** @description Of `ip6`. Left out, the router announces itself. */
                    gateway6?: string;
                    /** @description Address for cloud-init; left out, the template's own setting stays. */
                    ip?: string;
                    /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                    ip6?: string;
                    /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                    mac?: string;
                    /**
                     * @description Left out = `virtio`, or as the template has it.
                     * @enum {string}
                     */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    /** @description Addresses of DNS servers, IPv4 or IPv6. */
                    nameservers?: string[];
                    /** @description Megabytes per second at most. */
                    rateMBps?: number;
                    /** @description Domains that are tried for short names. */
                    searchDomains?: string[];
                    /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                    vlan?: number;
                }[];
                /** @description Where the VMs of this row go. Left out, `placement` decides. */
                node?: string;
                /** @description Starts with its node. */
                onBoot?: boolean;
                /** @description Left out = true. */
                start?: boolean;
                /** @description Target of full clones. Linked clones live on the template's storage. */
                storage?: string;
                /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                tags?: string[];
                /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                validate?: {
                    /** @description How long the agent may take to answer after the start. */
                    agentTimeoutSeconds?: number;
                    /** @description TCP ports that must answer on the VM's address. */
                    ports?: number[];
                };
            }[];
        };
        BulkAction: {
            /** @description What is done with each: `start`, `snapshot`, `delete` … */
            action: string;
            createdAt: string;
            createdBy: string;
            /** @description Null while it runs. */
            finishedAt: string | null;
            id: string;
            /** @description One for each VM. */
            items: {
                /** @description Why it failed or was skipped. */
                message: string | null;
                name: string | null;
                node: string | null;
                /** @enum {string} */
                status: "queued" | "running" | "ok" | "failed" | "skipped";
                /** @description Of its task, once it has begun. */
                upid: string | null;
                vmid: number;
            }[];
        };
        Call: {
            /** @description False for a call that only reads; such a call may be repeated until the answer is there. */
            changes: boolean;
            /** @enum {string} */
            method: "GET" | "POST" | "PUT" | "DELETE";
            /** @description As they are sent; secrets are masked. */
            params: {
                [key: string]: string | number | boolean;
            };
            /** @description Below `/api2/json`. */
            path: string;
        };
        CatalogueEntry: {
            /** @enum {string} */
            algorithm?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
            checksum?: string;
            /** @description The publisher's list of checksums. */
            checksumsUrl?: string | null;
            fileName: string;
            id: string;
            /** @enum {string} */
            kind: "image" | "iso" | "drivers";
            name: string;
            /** @description What to know before it is used. */
            note?: string;
            osType: ("linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other") | null;
            /**
             * Format: uri
             * @description Where the publisher has it.
             */
            url: string;
        };
        DeployedVm: {
            /** @description Somebody cancelled it, or the whole deployment; `running` until what there is of it is removed. */
            cancelRequested: boolean;
            /** @description What retries changed for it, against the request of the deployment. */
            changes: {
                cloudInit?: {
                    /** @description Installs and starts the QEMU guest agent. Left out = true. */
                    agent?: boolean;
                    /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                    commands?: (string | string[])[];
                    defaultUser?: ("keep" | "none") | {
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        passwordHash?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                    };
                    /**
                     * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                     * @enum {string}
                     */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    /** @description Makes the full name out of the host name. */
                    domain?: string;
                    /** @description With dots it is the full name. Left out = the VM's name. */
                    hostname?: string;
                    /**
                     * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                     * @enum {string}
                     */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                    openssh?: boolean;
                    /** @description Packages that are installed. */
                    packages?: string[];
                    /** @description Refreshes the package lists. Left out = where packages are installed. */
                    packageUpdate?: boolean;
                    /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                    packageUpgrade?: boolean;
                    /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                    userData?: {
                        /** @description With its first line: `#cloud-config`. */
                        document: string;
                        /**
                         * @description In place of the generated document, or merged into it.
                         * @enum {string}
                         */
                        mode: "replace" | "extend";
                    };
                    users?: {
                        /** @description The full name. */
                        gecos?: string;
                        /** @description Groups besides the user's own; those that do not exist are made. */
                        groups?: string[];
                        name: string;
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        passwordHash?: string;
                        /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                        shell?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                        /** @description All rights by sudo, without a password. Left out = false. */
                        sudo?: boolean;
                    }[];
                    /** @description Files that are written. */
                    writeFiles?: {
                        /** @description To the end of a file that exists, instead of replacing it. */
                        append?: boolean;
                        content: string;
                        /**
                         * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                         * @enum {string}
                         */
                        encoding?: "text" | "base64";
                        /** @description `user` or `user:group`. Left out = root. */
                        owner?: string;
                        /** @description Absolute. */
                        path: string;
                        /** @description Octal, as chmod takes it. Left out = 0644. */
                        permissions?: string;
                    }[];
                };
                /** @description vCPUs in all. */
                cores?: number;
                /** @description Goes into the VM's notes on Proxmox. */
                description?: string;
                /** @description Size of the boot disk. */
                diskGiB?: number;
                /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                hardware?: {
                    /** @description The agent's device; the guest needs the agent itself as well. */
                    agent?: boolean;
                    /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                    balloonMiB?: number;
                    /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                    bootOrder?: string[];
                    /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                    cpuType?: string;
                    /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                    disk?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                    };
                    /** @description Beside the boot disk. */
                    disks?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        sizeGiB: number;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /**
                     * @description Proxmox's word for the graphics device.
                     * @enum {string}
                     */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /**
                     * @description Left out, as the system needs it.
                     * @enum {string}
                     */
                    firmware?: "bios" | "uefi";
                    /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                    machine?: string;
                    /**
                     * @description Proxmox's word: `virtio-scsi-single` …
                     * @enum {string}
                     */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                    secureBoot?: boolean;
                    /** @description A serial port, for a console of text. */
                    serialConsole?: boolean;
                    /** @description Cores are spread over them evenly. */
                    sockets?: number;
                    /** @description A pointer that is where one's own is. */
                    tablet?: boolean;
                    /** @description TPM 2.0. */
                    tpm?: boolean;
                };
                /** @description Memory of each VM. */
                memoryMiB?: number;
                /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                networks?: {
                    /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                    bridge?: string;
                    /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                    firewall?: boolean;
                    /** @description Of `ip`. */
                    gateway?: string;
                    /** @description Of `ip6`. Left out, the router announces itself. */
                    gateway6?: string;
                    /** @description Address for cloud-init; left out, the template's own setting stays. */
                    ip?: string;
                    /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                    ip6?: string;
                    /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                    mac?: string;
                    /**
                     * @description Left out = `virtio`, or as the template has it.
                     * @enum {string}
                     */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    /** @description Addresses of DNS servers, IPv4 or IPv6. */
                    nameservers?: string[];
                    /** @description Megabytes per second at most. */
                    rateMBps?: number;
                    /** @description Domains that are tried for short names. */
                    searchDomains?: string[];
                    /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                    vlan?: number;
                }[];
                /** @description Another node. Left out, the VMs are placed again as the deployment says. */
                node?: string;
                /** @description Starts with its node. */
                onBoot?: boolean;
                /** @description Left out = true. */
                start?: boolean;
                /** @description Target of full clones. Linked clones live on the template's storage. */
                storage?: string;
                /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                tags?: string[];
                /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                validate?: {
                    /** @description How long the agent may take to answer after the start. */
                    agentTimeoutSeconds?: number;
                    /** @description TCP ports that must answer on the VM's address. */
                    ports?: number[];
                };
            } | null;
            /** @description What tries before the last did, oldest first. Left out where there was none. */
            earlier?: {
                finishedAt: string;
                /** @enum {string} */
                kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                startedAt: string;
                /** @enum {string} */
                status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
                /** @description In words. */
                title: string;
                /** @description Times in which it did nothing, and why. */
                waits: {
                    from: string;
                    /** @description Null while it lasts. */
                    until: string | null;
                    /** @description `Waiting for other clones on ceph-vm`. */
                    why: string | null;
                }[];
            }[];
            /** @description Why it failed. */
            error: components["schemas"]["Failure"] | null;
            finishedAt: string | null;
            /** @description Of the VM within deployments; `vmid` is the one on Proxmox. */
            id: string;
            /** @description Once it is known. */
            ip: string | null;
            name: string;
            node: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            /** @description In the order in which they run. */
            steps: components["schemas"]["Step"][];
            /** @description What was found at the end; null before, and where nothing was to be checked. */
            validation: components["schemas"]["Validation"] | null;
            vmid: number;
        };
        Deployment: {
            /** @description Somebody cancelled it. */
            cancelRequested: boolean;
            createdAt: string;
            /** @description Who began it: `mira@pve`, or an API token `mira@pve!ci`. */
            createdBy: string;
            finishedAt: string | null;
            /** @description `d-` and eight characters. */
            id: string;
            /** @description Id of the newest event that this answer already contains; hand it to the event stream as `Last-Event-ID`. */
            lastEventId: string;
            /** @description As the request has it. */
            name: string | null;
            /** @description Of the plan that was carried out. */
            planHash: string;
            /** @description As it was asked for; passwords are masked. */
            request: {
                defaults?: {
                    cloudInit?: {
                        /** @description Of a Windows guest. Plain, because Cloudbase-Init takes no hash; the deployer keeps it encrypted. */
                        adminPassword?: string;
                        /** @description Installs and starts the QEMU guest agent. Left out = true. */
                        agent?: boolean;
                        /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                        };
                        /**
                         * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                         * @enum {string}
                         */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        /** @description Makes the full name out of the host name. */
                        domain?: string;
                        /** @description With dots it is the full name. Left out = the VM's name. */
                        hostname?: string;
                        /**
                         * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                         * @enum {string}
                         */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                        openssh?: boolean;
                        /** @description Packages that are installed. */
                        packages?: string[];
                        /** @description Refreshes the package lists. Left out = where packages are installed. */
                        packageUpdate?: boolean;
                        /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                        packageUpgrade?: boolean;
                        /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                        userData?: {
                            /** @description With its first line: `#cloud-config`. */
                            document: string;
                            /**
                             * @description In place of the generated document, or merged into it.
                             * @enum {string}
                             */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            /** @description The full name. */
                            gecos?: string;
                            /** @description Groups besides the user's own; those that do not exist are made. */
                            groups?: string[];
                            name: string;
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                            shell?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                            /** @description All rights by sudo, without a password. Left out = false. */
                            sudo?: boolean;
                        }[];
                        /** @description Files that are written. */
                        writeFiles?: {
                            /** @description To the end of a file that exists, instead of replacing it. */
                            append?: boolean;
                            content: string;
                            /**
                             * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                             * @enum {string}
                             */
                            encoding?: "text" | "base64";
                            /** @description `user` or `user:group`. Left out = root. */
                            owner?: string;
                            /** @description Absolute. */
                            path: string;
                            /** @description Octal, as chmod takes it. Left out = 0644. */
                            permissions?: string;
                        }[];
                    };
                    /** @description vCPUs in all. */
                    cores?: number;
                    /** @description Goes into the VM's notes on Proxmox. */
                    description?: string;
                    /** @description Size of the boot disk. */
                    diskGiB?: number;
                    /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                    hardware?: {
                        /** @description The agent's device; the guest needs the agent itself as well. */
                        agent?: boolean;
                        /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                        balloonMiB?: number;
                        /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                        bootOrder?: string[];
                        /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                        cpuType?: string;
                        /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                        disk?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                        };
                        /** @description Beside the boot disk. */
                        disks?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            sizeGiB: number;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /**
                         * @description Proxmox's word for the graphics device.
                         * @enum {string}
                         */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /**
                         * @description Left out, as the system needs it.
                         * @enum {string}
                         */
                        firmware?: "bios" | "uefi";
                        /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                        machine?: string;
                        /**
                         * @description Proxmox's word: `virtio-scsi-single` …
                         * @enum {string}
                         */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                        secureBoot?: boolean;
                        /** @description A serial port, for a console of text. */
                        serialConsole?: boolean;
                        /** @description Cores are spread over them evenly. */
                        sockets?: number;
                        /** @description A pointer that is where one's own is. */
                        tablet?: boolean;
                        /** @description TPM 2.0. */
                        tpm?: boolean;
                    };
                    /** @description Memory of each VM. */
                    memoryMiB?: number;
                    /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                    networks?: {
                        /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                        bridge?: string;
                        /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                        firewall?: boolean;
                        /** @description Of `ip`. */
                        gateway?: string;
                        /** @description Of `ip6`. Left out, the router announces itself. */
                        gateway6?: string;
                        /** @description Address for cloud-init; left out, the template's own setting stays. */
                        ip?: string;
                        /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                        ip6?: string;
                        /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                        mac?: string;
                        /**
                         * @description Left out = `virtio`, or as the template has it.
                         * @enum {string}
                         */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        /** @description Addresses of DNS servers, IPv4 or IPv6. */
                        nameservers?: string[];
                        /** @description Megabytes per second at most. */
                        rateMBps?: number;
                        /** @description Domains that are tried for short names. */
                        searchDomains?: string[];
                        /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                        vlan?: number;
                    }[];
                    /** @description Starts with its node. */
                    onBoot?: boolean;
                    /** @description Left out = true. */
                    start?: boolean;
                    /** @description Target of full clones. Linked clones live on the template's storage. */
                    storage?: string;
                    /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                    tags?: string[];
                    /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                    validate?: {
                        /** @description How long the agent may take to answer after the start. */
                        agentTimeoutSeconds?: number;
                        /** @description TCP ports that must answer on the VM's address. */
                        ports?: number[];
                    };
                };
                /** @description Of the deployment, for people. */
                name?: string;
                /** @description Which node each VM goes to: `spread` over all, `pack` onto few, or one by name. Left out = `spread`. */
                placement?: {
                    /** @enum {string} */
                    strategy: "spread" | "pack";
                } | {
                    node: string;
                };
                /** @description Pool of Proxmox that the VMs go into. Who may audit it sees the deployment. */
                pool?: string;
                source: {
                    /**
                     * @description `linked` shares the disk of the template and takes seconds; `full` copies it.
                     * @enum {string}
                     */
                    clone: "linked" | "full";
                    /** @constant */
                    kind: "template";
                    /** @description VMID of the template. */
                    vmid: number;
                } | {
                    /** @description The ISO with VirtIO drivers, for Windows. */
                    driversVolid?: string;
                    /** @constant */
                    kind: "iso";
                    /**
                     * @description Which system it installs: it chooses the hardware.
                     * @enum {string}
                     */
                    osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                    unattended?: {
                        administratorPassword: string;
                        /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                        commands?: string[];
                        /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                        edition: {
                            index: number;
                        } | {
                            name: string;
                        };
                        /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                        keyboard?: string;
                        /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                        language?: string;
                        productKey?: string;
                        /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                        remoteDesktop?: boolean;
                        /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                        timeZone?: string;
                        user?: {
                            administrator?: boolean;
                            name: string;
                            password: string;
                        };
                    };
                    /** @description The installer: `local:iso/debian-13.iso`. */
                    volid: string;
                } | {
                    /** @description The VMs become templates and are not started. */
                    convertToTemplate?: boolean;
                    /** @constant */
                    kind: "image";
                    /**
                     * @description Left out = `linux`.
                     * @enum {string}
                     */
                    osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                    /** @description The disk image that is imported: `local:import/noble.qcow2`. */
                    volid: string;
                };
                vms: {
                    cloudInit?: {
                        /** @description Of a Windows guest. Plain, because Cloudbase-Init takes no hash; the deployer keeps it encrypted. */
                        adminPassword?: string;
                        /** @description Installs and starts the QEMU guest agent. Left out = true. */
                        agent?: boolean;
                        /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                        };
                        /**
                         * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                         * @enum {string}
                         */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        /** @description Makes the full name out of the host name. */
                        domain?: string;
                        /** @description With dots it is the full name. Left out = the VM's name. */
                        hostname?: string;
                        /**
                         * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                         * @enum {string}
                         */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                        openssh?: boolean;
                        /** @description Packages that are installed. */
                        packages?: string[];
                        /** @description Refreshes the package lists. Left out = where packages are installed. */
                        packageUpdate?: boolean;
                        /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                        packageUpgrade?: boolean;
                        /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                        userData?: {
                            /** @description With its first line: `#cloud-config`. */
                            document: string;
                            /**
                             * @description In place of the generated document, or merged into it.
                             * @enum {string}
                             */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            /** @description The full name. */
                            gecos?: string;
                            /** @description Groups besides the user's own; those that do not exist are made. */
                            groups?: string[];
                            name: string;
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                            shell?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                            /** @description All rights by sudo, without a password. Left out = false. */
                            sudo?: boolean;
                        }[];
                        /** @description Files that are written. */
                        writeFiles?: {
                            /** @description To the end of a file that exists, instead of replacing it. */
                            append?: boolean;
                            content: string;
                            /**
                             * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                             * @enum {string}
                             */
                            encoding?: "text" | "base64";
                            /** @description `user` or `user:group`. Left out = root. */
                            owner?: string;
                            /** @description Absolute. */
                            path: string;
                            /** @description Octal, as chmod takes it. Left out = 0644. */
                            permissions?: string;
                        }[];
                    };
                    /** @description vCPUs in all. */
                    cores?: number;
                    /** @description How many VMs `{n}` in the name stands for; with a range such as `{01..10}` it may be left out. */
                    count?: number;
                    /** @description Goes into the VM's notes on Proxmox. */
                    description?: string;
                    /** @description Size of the boot disk. */
                    diskGiB?: number;
                    /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                    hardware?: {
                        /** @description The agent's device; the guest needs the agent itself as well. */
                        agent?: boolean;
                        /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                        balloonMiB?: number;
                        /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                        bootOrder?: string[];
                        /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                        cpuType?: string;
                        /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                        disk?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                        };
                        /** @description Beside the boot disk. */
                        disks?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            sizeGiB: number;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /**
                         * @description Proxmox's word for the graphics device.
                         * @enum {string}
                         */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /**
                         * @description Left out, as the system needs it.
                         * @enum {string}
                         */
                        firmware?: "bios" | "uefi";
                        /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                        machine?: string;
                        /**
                         * @description Proxmox's word: `virtio-scsi-single` …
                         * @enum {string}
                         */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                        secureBoot?: boolean;
                        /** @description A serial port, for a console of text. */
                        serialConsole?: boolean;
                        /** @description Cores are spread over them evenly. */
                        sockets?: number;
                        /** @description A pointer that is where one's own is. */
                        tablet?: boolean;
                        /** @description TPM 2.0. */
                        tpm?: boolean;
                    };
                    /** @description Memory of each VM. */
                    memoryMiB?: number;
                    /** @description A name, or a pattern that makes several VMs: `web-{01..10}`. */
                    name: string;
                    /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                    networks?: {
                        /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                        bridge?: string;
                        /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                        firewall?: boolean;
                        /** @description Of `ip`. */
                        gateway?: string;
                        /** @description Of `ip6`. Left out, the router announces itself. */
                        gateway6?: string;
                        /** @description Address for cloud-init; left out, the template's own setting stays. */
                        ip?: string;
                        /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                        ip6?: string;
                        /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                        mac?: string;
                        /**
                         * @description Left out = `virtio`, or as the template has it.
                         * @enum {string}
                         */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        /** @description Addresses of DNS servers, IPv4 or IPv6. */
                        nameservers?: string[];
                        /** @description Megabytes per second at most. */
                        rateMBps?: number;
                        /** @description Domains that are tried for short names. */
                        searchDomains?: string[];
                        /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                        vlan?: number;
                    }[];
                    /** @description Where the VMs of this row go. Left out, `placement` decides. */
                    node?: string;
                    /** @description Starts with its node. */
                    onBoot?: boolean;
                    /** @description Left out = true. */
                    start?: boolean;
                    /** @description Target of full clones. Linked clones live on the template's storage. */
                    storage?: string;
                    /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                    tags?: string[];
                    /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                    validate?: {
                        /** @description How long the agent may take to answer after the start. */
                        agentTimeoutSeconds?: number;
                        /** @description TCP ports that must answer on the VM's address. */
                        ports?: number[];
                    };
                    /** @description VMID of the row's first VM; the others count up from it. */
                    vmid?: number;
                }[];
            };
            /** @description For the list: `ubuntu-24.04 (9000), linked clones`. */
            sourceLabel: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            /** @description How many VMs are in which state. */
            summary: {
                cancelled: number;
                failed: number;
                queued: number;
                /** @description Those that wait for a sign-in count here. */
                running: number;
                succeeded: number;
                /** @description How many VMs; the others say how many are in each state. */
                total: number;
            };
            /** @description The newest deployment that undoes this one, whatever came of it. */
            undoneBy: string | null;
            /** @description The deployment whose VMs this one destroys; null for one that makes VMs. */
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
            /** @description With its steps where they are others than before: a retry planned it anew. */
            vm: {
                /** @description Somebody cancelled it, or the whole deployment; `running` until what there is of it is removed. */
                cancelRequested: boolean;
                /** @description What retries changed for it, against the request of the deployment. */
                changes: {
                    cloudInit?: {
                        /** @description Installs and starts the QEMU guest agent. Left out = true. */
                        agent?: boolean;
                        /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                        commands?: (string | string[])[];
                        defaultUser?: ("keep" | "none") | {
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                        };
                        /**
                         * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                         * @enum {string}
                         */
                        delivery?: "auto" | "native" | "seed" | "snippet";
                        /** @description Makes the full name out of the host name. */
                        domain?: string;
                        /** @description With dots it is the full name. Left out = the VM's name. */
                        hostname?: string;
                        /**
                         * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                         * @enum {string}
                         */
                        inherited?: "clear" | "keep";
                        locale?: string;
                        /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                        openssh?: boolean;
                        /** @description Packages that are installed. */
                        packages?: string[];
                        /** @description Refreshes the package lists. Left out = where packages are installed. */
                        packageUpdate?: boolean;
                        /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                        packageUpgrade?: boolean;
                        /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                        sshPasswordLogin?: boolean;
                        timezone?: string;
                        /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                        userData?: {
                            /** @description With its first line: `#cloud-config`. */
                            document: string;
                            /**
                             * @description In place of the generated document, or merged into it.
                             * @enum {string}
                             */
                            mode: "replace" | "extend";
                        };
                        users?: {
                            /** @description The full name. */
                            gecos?: string;
                            /** @description Groups besides the user's own; those that do not exist are made. */
                            groups?: string[];
                            name: string;
                            /** @description In plain words; it is hashed before it is stored. */
                            password?: string;
                            passwordHash?: string;
                            /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                            shell?: string;
                            /** @description Public keys, a line each as in `authorized_keys`. */
                            sshKeys?: string[];
                            /** @description All rights by sudo, without a password. Left out = false. */
                            sudo?: boolean;
                        }[];
                        /** @description Files that are written. */
                        writeFiles?: {
                            /** @description To the end of a file that exists, instead of replacing it. */
                            append?: boolean;
                            content: string;
                            /**
                             * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                             * @enum {string}
                             */
                            encoding?: "text" | "base64";
                            /** @description `user` or `user:group`. Left out = root. */
                            owner?: string;
                            /** @description Absolute. */
                            path: string;
                            /** @description Octal, as chmod takes it. Left out = 0644. */
                            permissions?: string;
                        }[];
                    };
                    /** @description vCPUs in all. */
                    cores?: number;
                    /** @description Goes into the VM's notes on Proxmox. */
                    description?: string;
                    /** @description Size of the boot disk. */
                    diskGiB?: number;
                    /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                    hardware?: {
                        /** @description The agent's device; the guest needs the agent itself as well. */
                        agent?: boolean;
                        /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                        balloonMiB?: number;
                        /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                        bootOrder?: string[];
                        /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                        cpuType?: string;
                        /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                        disk?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                        };
                        /** @description Beside the boot disk. */
                        disks?: {
                            /**
                             * @description How the disk is attached. Left out, as the system has it best.
                             * @enum {string}
                             */
                            bus?: "scsi" | "virtio" | "sata" | "ide";
                            /**
                             * @description Proxmox's word for how writes are cached. Left out = `none`.
                             * @enum {string}
                             */
                            cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                            /** @description Freed space goes back to the storage. */
                            discard?: boolean;
                            /**
                             * @description Only where the storage keeps files.
                             * @enum {string}
                             */
                            format?: "raw" | "qcow2" | "vmdk";
                            /** @description A thread of its own. With the buses scsi and virtio. */
                            iothread?: boolean;
                            sizeGiB: number;
                            /** @description The guest sees an SSD. Not with the bus virtio. */
                            ssd?: boolean;
                            storage?: string;
                        }[];
                        /**
                         * @description Proxmox's word for the graphics device.
                         * @enum {string}
                         */
                        display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                        /**
                         * @description Left out, as the system needs it.
                         * @enum {string}
                         */
                        firmware?: "bios" | "uefi";
                        /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                        machine?: string;
                        /**
                         * @description Proxmox's word: `virtio-scsi-single` …
                         * @enum {string}
                         */
                        scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                        /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                        secureBoot?: boolean;
                        /** @description A serial port, for a console of text. */
                        serialConsole?: boolean;
                        /** @description Cores are spread over them evenly. */
                        sockets?: number;
                        /** @description A pointer that is where one's own is. */
                        tablet?: boolean;
                        /** @description TPM 2.0. */
                        tpm?: boolean;
                    };
                    /** @description Memory of each VM. */
                    memoryMiB?: number;
                    /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                    networks?: {
                        /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                        bridge?: string;
                        /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                        firewall?: boolean;
                        /** @description Of `ip`. */
                        gateway?: string;
                        /** @description Of `ip6`. Left out, the router announces itself. */
                        gateway6?: string;
                        /** @description Address for cloud-init; left out, the template's own setting stays. */
                        ip?: string;
                        /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                        ip6?: string;
                        /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                        mac?: string;
                        /**
                         * @description Left out = `virtio`, or as the template has it.
                         * @enum {string}
                         */
                        model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                        /** @description Addresses of DNS servers, IPv4 or IPv6. */
                        nameservers?: string[];
                        /** @description Megabytes per second at most. */
                        rateMBps?: number;
                        /** @description Domains that are tried for short names. */
                        searchDomains?: string[];
                        /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                        vlan?: number;
                    }[];
                    /** @description Another node. Left out, the VMs are placed again as the deployment says. */
                    node?: string;
                    /** @description Starts with its node. */
                    onBoot?: boolean;
                    /** @description Left out = true. */
                    start?: boolean;
                    /** @description Target of full clones. Linked clones live on the template's storage. */
                    storage?: string;
                    /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                    tags?: string[];
                    /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                    validate?: {
                        /** @description How long the agent may take to answer after the start. */
                        agentTimeoutSeconds?: number;
                        /** @description TCP ports that must answer on the VM's address. */
                        ports?: number[];
                    };
                } | null;
                /** @description What tries before the last did, oldest first. Left out where there was none. */
                earlier?: {
                    finishedAt: string;
                    /** @enum {string} */
                    kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                    startedAt: string;
                    /** @enum {string} */
                    status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
                    /** @description In words. */
                    title: string;
                    /** @description Times in which it did nothing, and why. */
                    waits: {
                        from: string;
                        /** @description Null while it lasts. */
                        until: string | null;
                        /** @description `Waiting for other clones on ceph-vm`. */
                        why: string | null;
                    }[];
                }[];
                /** @description Why it failed. */
                error: components["schemas"]["Failure"] | null;
                finishedAt: string | null;
                /** @description Of the VM within deployments; `vmid` is the one on Proxmox. */
                id: string;
                /** @description Once it is known. */
                ip: string | null;
                name: string;
                node: string;
                startedAt: string | null;
                /** @enum {string} */
                status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
                /** @description In the order in which they run. */
                steps?: components["schemas"]["Step"][];
                /** @description What was found at the end; null before, and where nothing was to be checked. */
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
            /** @description Somebody cancelled it. */
            cancelRequested: boolean;
            createdAt: string;
            /** @description Who began it: `mira@pve`, or an API token `mira@pve!ci`. */
            createdBy: string;
            finishedAt: string | null;
            /** @description `d-` and eight characters. */
            id: string;
            /** @description As the request has it. */
            name: string | null;
            /** @description For the list: `ubuntu-24.04 (9000), linked clones`. */
            sourceLabel: string;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "needs-sign-in";
            /** @description How many VMs are in which state. */
            summary: {
                cancelled: number;
                failed: number;
                queued: number;
                /** @description Those that wait for a sign-in count here. */
                running: number;
                succeeded: number;
                /** @description How many VMs; the others say how many are in each state. */
                total: number;
            };
            /** @description The newest deployment that undoes this one, whatever came of it. */
            undoneBy: string | null;
            /** @description The deployment whose VMs this one destroys; null for one that makes VMs. */
            undoOf: string | null;
        };
        /**
         * @example {
         *       "name": "web tier",
         *       "source": {
         *         "kind": "template",
         *         "vmid": 9000,
         *         "clone": "linked"
         *       },
         *       "defaults": {
         *         "cores": 2,
         *         "memoryMiB": 2048,
         *         "networks": [
         *           {
         *             "bridge": "vmbr0",
         *             "ip": "dhcp"
         *           }
         *         ],
         *         "cloudInit": {
         *           "users": [
         *             {
         *               "name": "ops",
         *               "sudo": true
         *             }
         *           ],
         *           "packages": [
         *             "nginx"
         *           ]
         *         },
         *         "validate": {
         *           "ports": [
         *             80
         *           ]
         *         }
         *       },
         *       "vms": [
         *         {
         *           "name": "web-{01..03}"
         *         }
         *       ]
         *     }
         */
        DeploymentRequest: {
            /** @description Settings of all VMs; a row's own win. */
            defaults?: {
                /** @description What the guest sets up at its first boot. A row's settings win over the defaults', setting by setting here as well. */
                cloudInit?: {
                    /** @description Of a Windows guest. Plain, because Cloudbase-Init takes no hash; the deployer keeps it encrypted. */
                    adminPassword?: string;
                    /** @description Installs and starts the QEMU guest agent. Left out = true. */
                    agent?: boolean;
                    /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                    commands?: (string | string[])[];
                    /** @description The user that the image brings (debian, ubuntu, cloud-user …): kept, kept with keys and a password, or not made. Left out = `keep` without `users`, else `none`. */
                    defaultUser?: ("keep" | "none") | {
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                        passwordHash?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                    };
                    /**
                     * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                     * @enum {string}
                     */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    /** @description Makes the full name out of the host name. */
                    domain?: string;
                    /** @description With dots it is the full name. Left out = the VM's name. */
                    hostname?: string;
                    /**
                     * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                     * @enum {string}
                     */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                    openssh?: boolean;
                    /** @description Packages that are installed. */
                    packages?: string[];
                    /** @description Refreshes the package lists. Left out = where packages are installed. */
                    packageUpdate?: boolean;
                    /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                    packageUpgrade?: boolean;
                    /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                    userData?: {
                        /** @description With its first line: `#cloud-config`. */
                        document: string;
                        /**
                         * @description In place of the generated document, or merged into it.
                         * @enum {string}
                         */
                        mode: "replace" | "extend";
                    };
                    /** @description Users that are made. */
                    users?: {
                        /** @description The full name. */
                        gecos?: string;
                        /** @description Groups besides the user's own; those that do not exist are made. */
                        groups?: string[];
                        name: string;
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                        passwordHash?: string;
                        /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                        shell?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                        /** @description All rights by sudo, without a password. Left out = false. */
                        sudo?: boolean;
                    }[];
                    /** @description Files that are written. */
                    writeFiles?: {
                        /** @description To the end of a file that exists, instead of replacing it. */
                        append?: boolean;
                        content: string;
                        /**
                         * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                         * @enum {string}
                         */
                        encoding?: "text" | "base64";
                        /** @description `user` or `user:group`. Left out = root. */
                        owner?: string;
                        /** @description Absolute. */
                        path: string;
                        /** @description Octal, as chmod takes it. Left out = 0644. */
                        permissions?: string;
                    }[];
                };
                /** @description vCPUs in all. */
                cores?: number;
                /** @description Goes into the VM's notes on Proxmox. */
                description?: string;
                /** @description Size of the boot disk. */
                diskGiB?: number;
                /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                hardware?: {
                    /** @description The agent's device; the guest needs the agent itself as well. */
                    agent?: boolean;
                    /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                    balloonMiB?: number;
                    /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                    bootOrder?: string[];
                    /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                    cpuType?: string;
                    /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                    disk?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                    };
                    /** @description Beside the boot disk. */
                    disks?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        sizeGiB: number;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /**
                     * @description Proxmox's word for the graphics device.
                     * @enum {string}
                     */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /**
                     * @description Left out, as the system needs it.
                     * @enum {string}
                     */
                    firmware?: "bios" | "uefi";
                    /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                    machine?: string;
                    /**
                     * @description Proxmox's word: `virtio-scsi-single` …
                     * @enum {string}
                     */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                    secureBoot?: boolean;
                    /** @description A serial port, for a console of text. */
                    serialConsole?: boolean;
                    /** @description Cores are spread over them evenly. */
                    sockets?: number;
                    /** @description A pointer that is where one's own is. */
                    tablet?: boolean;
                    /** @description TPM 2.0. */
                    tpm?: boolean;
                };
                /** @description Memory of each VM. */
                memoryMiB?: number;
                /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                networks?: {
                    /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                    bridge?: string;
                    /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                    firewall?: boolean;
                    /** @description Of `ip`. */
                    gateway?: string;
                    /** @description Of `ip6`. Left out, the router announces itself. */
                    gateway6?: string;
                    /** @description Address for cloud-init; left out, the template's own setting stays. */
                    ip?: string;
                    /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                    ip6?: string;
                    /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                    mac?: string;
                    /**
                     * @description Left out = `virtio`, or as the template has it.
                     * @enum {string}
                     */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    /** @description Addresses of DNS servers, IPv4 or IPv6. */
                    nameservers?: string[];
                    /** @description Megabytes per second at most. */
                    rateMBps?: number;
                    /** @description Domains that are tried for short names. */
                    searchDomains?: string[];
                    /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                    vlan?: number;
                }[];
                /** @description Starts with its node. */
                onBoot?: boolean;
                /** @description Left out = true. */
                start?: boolean;
                /** @description Target of full clones. Linked clones live on the template's storage. */
                storage?: string;
                /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                tags?: string[];
                /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                validate?: {
                    /** @description How long the agent may take to answer after the start. */
                    agentTimeoutSeconds?: number;
                    /** @description TCP ports that must answer on the VM's address. */
                    ports?: number[];
                };
            };
            /** @description Of the deployment, for people. */
            name?: string;
            /** @description Which node each VM goes to: `spread` over all, `pack` onto few, or one by name. Left out = `spread`. */
            placement?: {
                /** @enum {string} */
                strategy: "spread" | "pack";
            } | {
                node: string;
            };
            /** @description Pool of Proxmox that the VMs go into. Who may audit it sees the deployment. */
            pool?: string;
            /** @description What the VMs are made from. */
            source: {
                /**
                 * @description `linked` shares the disk of the template and takes seconds; `full` copies it.
                 * @enum {string}
                 */
                clone: "linked" | "full";
                /** @constant */
                kind: "template";
                /** @description VMID of the template. */
                vmid: number;
            } | {
                /** @description The ISO with VirtIO drivers, for Windows. */
                driversVolid?: string;
                /** @constant */
                kind: "iso";
                /**
                 * @description Which system it installs: it chooses the hardware.
                 * @enum {string}
                 */
                osType: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description Windows installs itself with these answers. Left out, somebody sits at the console. */
                unattended?: {
                    /** @description It stands in the VM until setup has ended. */
                    administratorPassword: string;
                    /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                    commands?: string[];
                    /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                    edition: {
                        index: number;
                    } | {
                        name: string;
                    };
                    /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                    keyboard?: string;
                    /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                    language?: string;
                    /** @description Left out, Windows asks for one later. */
                    productKey?: string;
                    /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                    remoteDesktop?: boolean;
                    /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                    timeZone?: string;
                    /** @description One more account. */
                    user?: {
                        administrator?: boolean;
                        name: string;
                        password: string;
                    };
                };
                /** @description The installer: `local:iso/debian-13.iso`. */
                volid: string;
            } | {
                /** @description The VMs become templates and are not started. */
                convertToTemplate?: boolean;
                /** @constant */
                kind: "image";
                /**
                 * @description Left out = `linux`.
                 * @enum {string}
                 */
                osType?: "linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other";
                /** @description The disk image that is imported: `local:import/noble.qcow2`. */
                volid: string;
            };
            /** @description The VMs, one row for each or one for several by a pattern. */
            vms: {
                /** @description What the guest sets up at its first boot. A row's settings win over the defaults', setting by setting here as well. */
                cloudInit?: {
                    /** @description Of a Windows guest. Plain, because Cloudbase-Init takes no hash; the deployer keeps it encrypted. */
                    adminPassword?: string;
                    /** @description Installs and starts the QEMU guest agent. Left out = true. */
                    agent?: boolean;
                    /** @description Run once, in order, after everything else. A text is a line of sh, a list is a program with its arguments. */
                    commands?: (string | string[])[];
                    /** @description The user that the image brings (debian, ubuntu, cloud-user …): kept, kept with keys and a password, or not made. Left out = `keep` without `users`, else `none`. */
                    defaultUser?: ("keep" | "none") | {
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                        passwordHash?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                    };
                    /**
                     * @description How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node (`snippet`). Left out = `auto`: the first of them that can express the request.
                     * @enum {string}
                     */
                    delivery?: "auto" | "native" | "seed" | "snippet";
                    /** @description Makes the full name out of the host name. */
                    domain?: string;
                    /** @description With dots it is the full name. Left out = the VM's name. */
                    hostname?: string;
                    /**
                     * @description Cloud-init settings of the template that the request does not set. Left out = they are cleared.
                     * @enum {string}
                     */
                    inherited?: "clear" | "keep";
                    locale?: string;
                    /** @description Installs and starts the SSH server. Left out = true; false is for images that bring it and guests without internet. */
                    openssh?: boolean;
                    /** @description Packages that are installed. */
                    packages?: string[];
                    /** @description Refreshes the package lists. Left out = where packages are installed. */
                    packageUpdate?: boolean;
                    /** @description Upgrades all packages at the first boot, which takes minutes. Left out = false. */
                    packageUpgrade?: boolean;
                    /** @description Whether SSH takes passwords. Left out = only where a password is set here. */
                    sshPasswordLogin?: boolean;
                    timezone?: string;
                    /** @description A user-data document of one's own, which replaces what is generated or is merged into it and wins. */
                    userData?: {
                        /** @description With its first line: `#cloud-config`. */
                        document: string;
                        /**
                         * @description In place of the generated document, or merged into it.
                         * @enum {string}
                         */
                        mode: "replace" | "extend";
                    };
                    /** @description Users that are made. */
                    users?: {
                        /** @description The full name. */
                        gecos?: string;
                        /** @description Groups besides the user's own; those that do not exist are made. */
                        groups?: string[];
                        name: string;
                        /** @description In plain words; it is hashed before it is stored. */
                        password?: string;
                        /** @description Instead of `password`, for those who hash it themselves; a stored request has this one only. */
                        passwordHash?: string;
                        /** @description Left out = /bin/bash where the user is new; Alpine has only /bin/sh. */
                        shell?: string;
                        /** @description Public keys, a line each as in `authorized_keys`. */
                        sshKeys?: string[];
                        /** @description All rights by sudo, without a password. Left out = false. */
                        sudo?: boolean;
                    }[];
                    /** @description Files that are written. */
                    writeFiles?: {
                        /** @description To the end of a file that exists, instead of replacing it. */
                        append?: boolean;
                        content: string;
                        /**
                         * @description `base64`: the content is decoded first, for what is no text. Left out = text.
                         * @enum {string}
                         */
                        encoding?: "text" | "base64";
                        /** @description `user` or `user:group`. Left out = root. */
                        owner?: string;
                        /** @description Absolute. */
                        path: string;
                        /** @description Octal, as chmod takes it. Left out = 0644. */
                        permissions?: string;
                    }[];
                };
                /** @description vCPUs in all. */
                cores?: number;
                /** @description How many VMs `{n}` in the name stands for; with a range such as `{01..10}` it may be left out. */
                count?: number;
                /** @description Goes into the VM's notes on Proxmox. */
                description?: string;
                /** @description Size of the boot disk. */
                diskGiB?: number;
                /** @description Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by setting. What is left out comes from the profile of the system. */
                hardware?: {
                    /** @description The agent's device; the guest needs the agent itself as well. */
                    agent?: boolean;
                    /** @description The least memory that ballooning leaves to the VM; 0 turns ballooning off. */
                    balloonMiB?: number;
                    /** @description Devices in the order in which they are tried: `scsi0`, `ide2`, `net0`. */
                    bootOrder?: string[];
                    /** @description A model of the node's own list, `host`, or `custom-NAME`. */
                    cpuType?: string;
                    /** @description Of the boot disk, whose size and storage are `diskGiB` and `storage`. */
                    disk?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                    };
                    /** @description Beside the boot disk. */
                    disks?: {
                        /**
                         * @description How the disk is attached. Left out, as the system has it best.
                         * @enum {string}
                         */
                        bus?: "scsi" | "virtio" | "sata" | "ide";
                        /**
                         * @description Proxmox's word for how writes are cached. Left out = `none`.
                         * @enum {string}
                         */
                        cache?: "none" | "writeback" | "writethrough" | "directsync" | "unsafe";
                        /** @description Freed space goes back to the storage. */
                        discard?: boolean;
                        /**
                         * @description Only where the storage keeps files.
                         * @enum {string}
                         */
                        format?: "raw" | "qcow2" | "vmdk";
                        /** @description A thread of its own. With the buses scsi and virtio. */
                        iothread?: boolean;
                        sizeGiB: number;
                        /** @description The guest sees an SSD. Not with the bus virtio. */
                        ssd?: boolean;
                        storage?: string;
                    }[];
                    /**
                     * @description Proxmox's word for the graphics device.
                     * @enum {string}
                     */
                    display?: "std" | "virtio" | "qxl" | "vmware" | "serial0" | "none";
                    /**
                     * @description Left out, as the system needs it.
                     * @enum {string}
                     */
                    firmware?: "bios" | "uefi";
                    /** @description `q35`, `pc` (i440fx), or one of their versions: `pc-q35-9.0`. */
                    machine?: string;
                    /**
                     * @description Proxmox's word: `virtio-scsi-single` …
                     * @enum {string}
                     */
                    scsiController?: "virtio-scsi-single" | "virtio-scsi-pci" | "lsi" | "lsi53c810" | "megasas" | "pvscsi";
                    /** @description Microsoft's keys in the EFI disk. Only with UEFI. */
                    secureBoot?: boolean;
                    /** @description A serial port, for a console of text. */
                    serialConsole?: boolean;
                    /** @description Cores are spread over them evenly. */
                    sockets?: number;
                    /** @description A pointer that is where one's own is. */
                    tablet?: boolean;
                    /** @description TPM 2.0. */
                    tpm?: boolean;
                };
                /** @description Memory of each VM. */
                memoryMiB?: number;
                /** @description A name, or a pattern that makes several VMs: `web-{01..10}`. */
                name: string;
                /** @description Its NICs, net0 first. Left out, clones have those of the template. */
                networks?: {
                    /** @description Left out together with `vlan`, the NIC stays where the template has it. */
                    bridge?: string;
                    /** @description Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template has it. */
                    firewall?: boolean;
                    /** @description Of `ip`. */
                    gateway?: string;
                    /** @description Of `ip6`. Left out, the router announces itself. */
                    gateway6?: string;
                    /** @description Address for cloud-init; left out, the template's own setting stays. */
                    ip?: string;
                    /** @description IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a pattern. */
                    ip6?: string;
                    /** @description Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network. */
                    mac?: string;
                    /**
                     * @description Left out = `virtio`, or as the template has it.
                     * @enum {string}
                     */
                    model?: "virtio" | "e1000" | "e1000e" | "vmxnet3" | "rtl8139";
                    /** @description Addresses of DNS servers, IPv4 or IPv6. */
                    nameservers?: string[];
                    /** @description Megabytes per second at most. */
                    rateMBps?: number;
                    /** @description Domains that are tried for short names. */
                    searchDomains?: string[];
                    /** @description With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag. */
                    vlan?: number;
                }[];
                /** @description Where the VMs of this row go. Left out, `placement` decides. */
                node?: string;
                /** @description Starts with its node. */
                onBoot?: boolean;
                /** @description Left out = true. */
                start?: boolean;
                /** @description Target of full clones. Linked clones live on the template's storage. */
                storage?: string;
                /** @description Of Proxmox, beside the tag by which the deployment knows its VMs. */
                tags?: string[];
                /** @description Left out = nothing is checked; `{}` waits for the agent and the address. */
                validate?: {
                    /** @description How long the agent may take to answer after the start. */
                    agentTimeoutSeconds?: number;
                    /** @description TCP ports that must answer on the VM's address. */
                    ports?: number[];
                };
                /** @description VMID of the row's first VM; the others count up from it. */
                vmid?: number;
            }[];
        };
        Failure: {
            /** @description Why. */
            cause: string | null;
            /** @description Of the kind of failure; it stays the same while words change. */
            code: string;
            /** @description Proxmox's own words. */
            proxmox: string | null;
            /** @description What to do. */
            remedy: string | null;
            /** @description What happened, in a few words. */
            title: string;
        };
        Image: {
            /**
             * @description Proxmox's word for the content of the storage it lies in: `iso` or `import`.
             * @enum {string}
             */
            content: "iso" | "import";
            createdAt: string | null;
            /**
             * @description `drivers`: VirtIO drivers for Windows. `seed`: first-boot documents of a VM.
             * @enum {string}
             */
            kind: "iso" | "drivers" | "image" | "seed";
            /** @description The file's name. */
            name: string;
            /** @description Nodes that can use it. Files of one name and size on local storages of several nodes count as one. */
            nodes: string[];
            /** @description By its name; null where the name says nothing. */
            os: {
                name: string;
                osType: ("linux" | "windows-10" | "windows-11" | "windows-server-2016" | "windows-server-2019" | "windows-server-2022" | "windows-server-2025" | "other") | null;
            } | null;
            /** @description Preselected among its kind: the newest drivers. */
            preferred: boolean;
            /** @description Whether every node sees it. */
            shared: boolean;
            sizeBytes: number | null;
            storage: string;
            /** @description What a drive or an import refers to: `local:iso/debian-13.iso`. */
            volid: string;
        };
        Issue: {
            /** @description Of the kind of trouble; it stays the same while words change. */
            code: string;
            /** @description Path into the request, dotted: `defaults.diskGiB`, `vms.0.name`. */
            field?: string;
            /** @description One or two sentences: what is so, why, what to do. */
            message: string;
            /** @description Name of the VM that it concerns. */
            vm?: string;
        };
        Network: {
            active: boolean;
            comment: string | null;
            /**
             * @description `vnet`: of the software-defined network.
             * @enum {string}
             */
            kind: "bridge" | "OVSBridge" | "vnet";
            name: string;
            node: string;
            /** @description Of the software-defined network. Null for a vnet whose zone the caller may not see; others are in `localnetwork`. */
            zone: string | null;
        };
        Node: {
            /** @description Of its CPUs: `x86_64` or `aarch64`. */
            architecture: string;
            /** @description Figures are null where the caller lacks Sys.Audit on the node. */
            cores: number | null;
            /** @description Of all cores, 0 to 1. */
            cpuFraction: number | null;
            memoryMiB: number | null;
            memoryUsedMiB: number | null;
            name: string;
            /** @description False: nobody can reach it, and nothing is placed there. */
            online: boolean;
            uptimeSeconds: number | null;
        };
        Plan: {
            /** @description Why it cannot be deployed. Empty: it can. */
            blockers: components["schemas"]["Issue"][];
            /** @description What there is, and what the plan takes of it. */
            capacity: {
                nodes: {
                    /** @description In all; null where it is not known. */
                    memoryMiB: number | null;
                    /** @description For VMs that running deployments are still making. */
                    memoryPendingMiB: number;
                    /** @description What the VMs of the plan take. */
                    memoryPlannedMiB: number;
                    /** @description At the moment; null where it is not known. */
                    memoryUsedMiB: number | null;
                    node: string;
                    /** @description How many VMs of the plan go there. */
                    vms: number;
                }[];
                storages: {
                    /** @description At the moment; null where it is not known. */
                    availableGiB: number | null;
                    /** @description Null for a shared storage. */
                    node: string | null;
                    /** @description For VMs that running deployments are still making. */
                    pendingGiB: number;
                    /** @description Full clones count whole, linked ones with what their boot disk grows by. */
                    plannedGiB: number;
                    storage: string;
                    /** @description Null where it is not known. */
                    totalGiB: number | null;
                }[];
            };
            /** @description Send it as `planHash` with `POST /deployments`: nothing starts but this plan. */
            hash: string;
            /** @description Every privilege that the plan needs. */
            privileges: {
                /** @description Whether the caller holds it there. */
                granted: boolean;
                /** @description Of the access control list of Proxmox: `/vms/9000`. */
                path: string;
                /** @description Proxmox's word: `VM.Clone`. */
                privilege: string;
            }[];
            totals: {
                /** @description Calls that change something on Proxmox. */
                calls: number;
                cores: number;
                diskGiB: number;
                memoryMiB: number;
                vms: number;
            };
            vms: components["schemas"]["PlannedVm"][];
            /** @description What to know; it can be deployed all the same. */
            warnings: components["schemas"]["Issue"][];
            /** @description Whose account does the work: the caller's own, or the service account of the server, which knows it. */
            worker?: {
                serviceAccount: boolean;
                username: string;
            };
        };
        PlannedVm: {
            /** @description What it takes of storages: full clones their whole disks, linked ones what their boot disk grows by. */
            allocations: {
                node: string | null;
                sizeGiB: number;
                storage: string;
            }[];
            /** @description How it gets its first-boot configuration, and why so; null where the request has none. */
            cloudInit: {
                /** @enum {string} */
                delivery: "native" | "seed" | "snippet";
                reason: string;
            } | null;
            /** @description vCPUs in all: cores times sockets. */
            cores: number;
            /** @description All its disks together. */
            diskGiB: number;
            /** @description The address that the request sets for the first NIC, without prefix; null with DHCP or as the template has it. */
            ip: string | null;
            memoryMiB: number;
            name: string;
            node: string;
            /** @description Why this node, in words. */
            placementReason: string;
            /** @description Index of the row in the request that made it. */
            row: number;
            /** @description In the order in which they run. */
            steps: {
                /** @description Calls to Proxmox that will be made, in this order. */
                calls: components["schemas"]["Call"][];
                /** @description Unique within its VM: the kind, or `check-port-22`. */
                id: string;
                /**
                 * @description What is done.
                 * @enum {string}
                 */
                kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
                /** @description What the calls do not say: how long they are repeated, or what is done without a call (a port check). */
                note: string | null;
                /** @description What is scarce for this step and must be held while it runs, in this order; the limit for each kind is a setting. */
                slots: {
                    key: string;
                    /** @enum {string} */
                    kind: "clone-local" | "clone-shared" | "full-copy" | "start";
                }[];
                /** @description Everything that carrying it out needs. */
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
                    /** @description Set only where the VM shall live on another node than its template. */
                    targetNode: string | null;
                } | {
                    description: string;
                    /** @constant */
                    kind: "create";
                    name: string;
                    node: string;
                    pool: string | null;
                    /** @description Proxmox's own config keys, as they are sent: `scsi0: local-lvm:32,discard=on`. */
                    settings: {
                        [key: string]: string | number | boolean;
                    };
                } | {
                    /** @constant */
                    kind: "configure";
                    node: string;
                    /** @description Inherited keys that the request replaces. */
                    remove: string[];
                    /** @description Proxmox's own config keys, as they are sent. */
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
                    /** @description Of Windows setup, without the secrets: its files come onto the image when it is built. */
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
                            /** @description Run by cmd.exe as Administrator, in their order, when all else is done. */
                            commands?: string[];
                            /** @description What of the installer is installed: its index, or its name such as `Windows 11 Pro`. */
                            edition: {
                                index: number;
                            } | {
                                name: string;
                            };
                            /** @description A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's. */
                            keyboard?: string;
                            /** @description Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`. */
                            language?: string;
                            productKey?: string;
                            /** @description Remote Desktop with its rule in the firewall. Left out = true. */
                            remoteDesktop?: boolean;
                            /** @description In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`. */
                            timeZone?: string;
                            user?: {
                                administrator?: boolean;
                                name: string;
                                password: string;
                            };
                        };
                    };
                    /** @description By their names on the image. */
                    documents: {
                        [key: string]: string;
                    };
                    /** @description Carries deployment and VM, so that it is known again: `{deployment}-web-01.iso`. */
                    file: string;
                    /** @constant */
                    kind: "upload-seed";
                    /** @description Of the image. Left out = `cidata`, by which cloud-init finds it. */
                    label?: string;
                    node: string;
                    storage: string;
                } | {
                    /** @description For Windows setup, with passwords on it. */
                    answers?: boolean;
                    drive: string;
                    /** @constant */
                    kind: "attach-seed";
                    node: string;
                    /** @description Proxmox's own cloud-init drive, which goes: a guest reads one of them only. Null where there is none. */
                    replaces: string | null;
                    volume: string;
                } | {
                    /** @description By their names in the folder. */
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
                    /**
                     * @description Asked for what the step after it is to know, instead of pinged.
                     * @constant
                     */
                    interfaces?: true;
                    /** @constant */
                    kind: "wait-for-agent";
                    node: string;
                    timeoutSeconds: number;
                } | {
                    /** @description The address that the request set for the first NIC, without prefix; null with DHCP. */
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
                    /** @description For Windows setup, with passwords on it. */
                    answers?: boolean;
                    /** @description Whether the caller may remove the image. */
                    deletes: boolean;
                    drive: string;
                    /** @constant */
                    kind: "detach-seed";
                    node: string;
                    storage: string;
                    volume: string;
                } | {
                    /** @description A static address, where no agent is there to tell it. */
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
                /** @description In words: `Clone from ubuntu-24.04 (9000)`. */
                title: string;
            }[];
            /** @description Where its boot disk will be. */
            storage: string;
            vmid: number;
        };
        Pool: {
            comment: string | null;
            id: string;
        };
        Problem: {
            /** @description What happened and why, in one or two sentences. */
            detail: string;
            /** @description Single fields that are not as they must be. */
            errors?: {
                message: string;
                /** @description Of the field, dotted: `request.vms.0.name`. */
                path: string;
            }[];
            /** @description What to do. */
            hint?: string;
            /** @description Proxmox's own words, where it was Proxmox that said no. */
            proxmox?: {
                errors?: {
                    [key: string]: string;
                };
                message: string;
                status: number;
            };
            /** @description Also in the header `X-Request-Id`, in the log and in the audit log. */
            requestId: string;
            /** @description The HTTP status again. */
            status: number;
            /** @description What happened, in a few words. */
            title: string;
            /** @description Path that names the kind of problem: `/problems/not-permitted`. It never changes; words do. */
            type: string;
        };
        SshKey: {
            createdAt: string;
            /** @description As `ssh-keygen -l` prints it: `SHA256:…`. */
            fingerprint: string;
            id: string;
            /** @description The key's comment, unless the person gave another name. */
            name: string;
            /** @description The whole line, as it goes into the guest. */
            publicKey: string;
            /** @description `ssh-ed25519`, `ssh-rsa` … */
            type: string;
        };
        Step: {
            /** @description How often it was begun. */
            attempt: number;
            /** @description Method and path of its first call that changes something, else of its first: `POST /nodes/pve1/qemu/9000/clone`. */
            call: string | null;
            /** @description The current line: of the task log, of a retry, or the result (`10.0.0.5`, `open, 4 ms`). */
            detail: string | null;
            error: components["schemas"]["Failure"] | null;
            finishedAt: string | null;
            /** @description Unique within its VM. */
            id: string;
            /** @enum {string} */
            kind: "reserve-id" | "clone" | "create" | "configure" | "resize-disk" | "upload-seed" | "attach-seed" | "write-snippet" | "convert-to-template" | "start" | "send-keys" | "wait-for-agent" | "read-address" | "read-cloud-init" | "detach-seed" | "check-port" | "stop" | "destroy" | "delete-seed" | "delete-snippet";
            /** @description Last lines of the Proxmox task log, oldest first. */
            log: string[];
            /** @description 0 to 1, where Proxmox tells it. */
            progress: number | null;
            startedAt: string | null;
            /** @enum {string} */
            status: "pending" | "waiting" | "running" | "succeeded" | "failed" | "cancelled" | "skipped";
            /** @description In words. */
            title: string;
            /** @description Its task on Proxmox, where it has one. */
            upid: string | null;
            /** @description Times in which it did nothing, and why. */
            waits: {
                from: string;
                /** @description Null while it lasts. */
                until: string | null;
                /** @description `Waiting for other clones on ceph-vm`. */
                why: string | null;
            }[];
        };
        Storage: {
            /** @description Whether the node reaches it. */
            active: boolean;
            availableGiB: number | null;
            /** @description What may lie in it: `images`, `iso`, `import`, `snippets` … */
            content: string[];
            name: string;
            /** @description A shared storage has a row for each node that has it. */
            node: string;
            /** @description Every node sees the same files. */
            shared: boolean;
            totalGiB: number | null;
            /** @description Proxmox's word: `lvmthin`, `rbd`, `nfs` … */
            type: string;
        };
        Task: {
            finishedAt: string | null;
            /** @description Why it failed, in Proxmox's words. */
            message: string | null;
            node: string;
            startedAt: string;
            /**
             * @description `unknown`: it was killed, or its log is gone.
             * @enum {string}
             */
            status: "running" | "ok" | "warnings" | "failed" | "unknown";
            /** @description Proxmox's word: `qmstart`, `qmclone`, `qmconfig` … */
            type: string;
            /** @description Proxmox's id of the task. */
            upid: string;
            /** @description Who started it. */
            user: string;
        };
        Template: {
            agent: boolean;
            /** @description Volume ids of attached CD images; on a local storage they pin a clone to the template's node. */
            cdVolumes: string[];
            /** @description The drive key of Proxmox's own cloud-init drive, where there is one. */
            cloudInitDrive: string | null;
            /** @description Volume id of that drive: on a local storage it pins a clone to the template's node, as a CD image does. */
            cloudInitVolume: string | null;
            /** @description The same template on local storage of other nodes: one for each node. A VM on such a node is cloned from the copy there. */
            copies: {
                node: string;
                vmid: number;
            }[];
            cores: number;
            createdAt: string | null;
            description: string | null;
            disks: {
                boot: boolean;
                /** @description Proxmox's own key: scsi0, virtio0, efidisk0 … */
                key: string;
                sizeGiB: number;
                storage: string;
                volid: string;
            }[];
            /** @description Other keys of its config that clones inherit and the planner must know, as Proxmox writes them. None of them holds a secret: Proxmox shows asterisks for a password. */
            inherited: {
                [key: string]: string;
            };
            /** @description Whether linked clones are possible, and why not. */
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
                /** @description Whatever else the NIC has, in Proxmox's own words (`mtu=9000,queues=4`): kept as it is. Empty where there is nothing. */
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
            /** @description Why it failed, and what to do, in words; Proxmox's own in `proxmox`. */
            failure: {
                cause: string;
                proxmox: string;
                remedy: string;
                title: string;
            } | null;
            /** @description Of an upload only once its task has told it. */
            fileName: string | null;
            finishedAt: string | null;
            /** @description From 0 to 1; null where it is not known. */
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
                /** @description What was found, in words: `open, 4 ms`. */
                evidence: string;
                /** @enum {string} */
                name: "proxmox" | "agent" | "address" | "cloud-init" | "port";
                /** @description Whether it is as it must be. */
                passed: boolean;
                /** @description For `port`: the port. */
                port: number | null;
            }[];
            /**
             * @description `degraded`: part of it works.
             * @enum {string}
             */
            outcome: "healthy" | "degraded" | "unhealthy";
        };
        ValidationSchedule: {
            createdAt: string;
            id: string;
            intervalMinutes: number;
            lastRunAt: string | null;
            name: string | null;
            /** @description When it is due. */
            nextAt: string;
            /** @description What is checked each time. */
            order: {
                /** @description Checks besides those of every VM: ports, HTTP, commands. */
                checks?: ({
                    /** @constant */
                    kind: "tcp";
                    /** @description Must accept a connection */
                    port: number;
                } | {
                    /** @description The Host header. Left out, the address */
                    host?: string;
                    /** @constant */
                    kind: "http";
                    /** @description Left out, / */
                    path?: string;
                    /** @description Left out, 80, or 443 with `tls` */
                    port?: number;
                    /** @description Left out, any from 200 to 399. Redirects are not followed */
                    status?: number;
                    /** @description HTTPS. Whose certificate it is is not checked: the address is a number */
                    tls?: boolean;
                } | {
                    /** @description Program and arguments, run in the guest by its agent. There is no shell around it */
                    command: string[];
                    /** @description Left out, 0 */
                    exitCode?: number;
                    /** @constant */
                    kind: "command";
                })[];
                /**
                 * @description Left out, as the VM is configured
                 * @enum {string}
                 */
                osType?: "linux" | "windows";
                /** @description How long what does not pass yet is tried again */
                patienceSeconds?: number;
                /** @description In place of the one for its system: 22 for Linux, 3389 for Windows */
                ports?: number[];
            };
            owner: string;
            /** @description Why the last run did not come about: `Waiting for mira@pve to sign in`. */
            problem: string | null;
            /** @description Whose account does it. */
            runsAs: string;
            /** @description VMs by their VMIDs, or those of a deployment. */
            target: {
                vmids: number[];
            } | {
                deploymentId: string;
            };
        };
        Vm: {
            /** @description The last that was found. */
            address: string | null;
            /** @description Whether the guest agent is enabled in its config. */
            agent: boolean;
            /** @description Null without a cloud-init drive. */
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
            /** @description Whether VMs may be deleted here (`ENABLE_VM_DELETION`). */
            deletion: boolean;
            description: string;
            /** @description Send it back with a change: it is refused where somebody else changed the VM meanwhile. */
            digest: string | null;
            hardware: {
                /** @description Null: as much as the memory; 0: ballooning off. */
                balloonMiB: number | null;
                bios: string;
                cores: number;
                cpuType: string | null;
                display: string | null;
                drives: {
                    boot: boolean;
                    /** @description Proxmox's own key: scsi0, virtio0, efidisk0 … */
                    key: string;
                    /** @enum {string} */
                    kind: "disk" | "cd" | "cloud-init" | "efi" | "tpm" | "unused";
                    /** @description What else is set, in Proxmox's words. */
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
                    /** @description Whatever else the NIC has, in Proxmox's own words (`mtu=9000,queues=4`): kept as it is. Empty where there is nothing. */
                    options: string;
                    vlan: number | null;
                }[];
                scsiController: string | null;
                /** @description The serial ports: `serial0`. */
                serialPorts: string[];
                sockets: number;
            };
            /** @description Of its last validation. */
            health: ("healthy" | "degraded" | "unhealthy") | null;
            /** @description Managed by high availability: Proxmox may start and move it by itself. */
            highAvailability: boolean;
            lock: string | null;
            memoryUsedMiB: number | null;
            name: string;
            node: string;
            /** @description Where it comes from; null where no deployment here made it. */
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
            /** @description Proxmox's word: `l26`, `win11` … */
            osType: string | null;
            /** @description Changes that wait for a restart. */
            pending: {
                key: string;
                /** @description As it will be; null where the key goes away. */
                pending: string | null;
                /** @description As the VM runs now. */
                value: string | null;
            }[];
            pool: string | null;
            /** @description The caller's privileges on the VM, in Proxmox's words. */
            privileges: string[];
            /** @description Proxmox refuses to delete it or its disks. */
            protection: boolean;
            snapshots: {
                createdAt: string | null;
                /** @description Whether the VM goes on from it. */
                current: boolean;
                description: string;
                name: string;
                /** @description The one that it was made after. */
                parent: string | null;
                /** @description Whether the memory of the running VM is kept in it. */
                withMemory: boolean;
            }[];
            /** @description Starts when its node does. */
            startsWithNode: boolean;
            /** @enum {string} */
            state: "running" | "paused" | "stopped" | "unknown";
            tags: string[];
            /** @description Newest first; of others only with Sys.Audit on the node. */
            tasks: components["schemas"]["Task"][];
            uptimeSeconds: number | null;
            vmid: number;
        };
        VmList: {
            /** @description When Proxmox was asked. */
            asOf: string;
            /** @description Whether VMs may be deleted here (`ENABLE_VM_DELETION`). */
            deletion: boolean;
            vms: components["schemas"]["VmRow"][];
        };
        VmRow: {
            /** @description The last that a deployment, a validation or a look at the VM found; null where none of them did yet. */
            address: string | null;
            cores: number | null;
            /** @description Of all its cores, 0 to 1; null where it does not run. */
            cpuFraction: number | null;
            /** @description When a deployment made it; of others Proxmox does not tell. */
            createdAt: string | null;
            /** @description The deployment that made it. */
            deployment: {
                id: string;
                name: string | null;
            } | null;
            /** @description Of the boot disk. */
            diskGiB: number | null;
            /** @description Of its last validation. */
            health: ("healthy" | "degraded" | "unhealthy") | null;
            /** @description What works on it at the moment, in Proxmox's word: `clone`, `backup`, `snapshot` … */
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
            /** @description That was tried. */
            address: string | null;
            /** @description In the order in which they were made. */
            checks: {
                checkedAt: string;
                /** @description What was found, in one sentence. */
                evidence: string;
                /** @enum {string} */
                kind: "proxmox" | "agent" | "address" | "cloud-init" | "port" | "tcp" | "http" | "command";
                /** @description For people: `Agent`, `Port 22`, `GET :80/health`. */
                name: string;
                /** @enum {string} */
                state: "passed" | "failed" | "skipped";
                /** @description How often it was tried. */
                tries: number;
            }[];
            /** @description The deployment that made the VM, where this is its proof at the end. */
            deploymentId: string | null;
            /** @description Why it could not be carried out. */
            error: string | null;
            finishedAt: string | null;
            id: string;
            name: string | null;
            node: string;
            /** @description What was asked for. */
            order: {
                /** @description Checks besides those of every VM: ports, HTTP, commands. */
                checks?: ({
                    /** @constant */
                    kind: "tcp";
                    /** @description Must accept a connection */
                    port: number;
                } | {
                    /** @description The Host header. Left out, the address */
                    host?: string;
                    /** @constant */
                    kind: "http";
                    /** @description Left out, / */
                    path?: string;
                    /** @description Left out, 80, or 443 with `tls` */
                    port?: number;
                    /** @description Left out, any from 200 to 399. Redirects are not followed */
                    status?: number;
                    /** @description HTTPS. Whose certificate it is is not checked: the address is a number */
                    tls?: boolean;
                } | {
                    /** @description Program and arguments, run in the guest by its agent. There is no shell around it */
                    command: string[];
                    /** @description Left out, 0 */
                    exitCode?: number;
                    /** @constant */
                    kind: "command";
                })[];
                /**
                 * @description Left out, as the VM is configured
                 * @enum {string}
                 */
                osType?: "linux" | "windows";
                /** @description How long what does not pass yet is tried again */
                patienceSeconds?: number;
                /** @description In place of the one for its system: 22 for Linux, 3389 for Windows */
                ports?: number[];
            };
            /** @description Null while it runs, and where it could not be carried out: `error` says why. */
            outcome: ("healthy" | "degraded" | "unhealthy") | null;
            /** @description Who asked for it. */
            requestedBy: string;
            /** @description The schedule that asked for it. */
            scheduleId: string | null;
            startedAt: string;
            /**
             * @description `interrupted`: the server ended while it ran; its outcome is not known.
             * @enum {string}
             */
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
