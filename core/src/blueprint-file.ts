/** Blueprints as text: YAML for people, JSON for programs. */
import { parse, stringify, YAMLError } from 'yaml'
import { BLUEPRINT_KIND, type BlueprintFile, type BlueprintView } from './blueprint.ts'

export const blueprintFormats = ['yaml', 'json'] as const
export type BlueprintFormat = (typeof blueprintFormats)[number]

/** What a file says of a blueprint. Who owns it and who sees it stays where it is. */
export function fileOf({
  name,
  description,
  request,
}: Pick<BlueprintView, 'name' | 'description' | 'request'>): BlueprintFile {
  return {
    kind: BLUEPRINT_KIND,
    version: 1,
    name,
    ...(description !== null && { description }),
    request,
  }
}

export function writeBlueprint(file: BlueprintFile, format: BlueprintFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(file, null, 2)}\n`
    case 'yaml':
      return stringify(file)
  }
}

export type ParsedText = { ok: true; value: unknown } | { ok: false; message: string }

/**
 * The value that a text in YAML or JSON stands for; whether it is a blueprint is for `blueprintFileSchema` to say. The
 * message names line and column.
 */
export function parseBlueprintText(text: string): ParsedText {
  try {
    return { ok: true, value: text.trimStart().startsWith('{') ? JSON.parse(text) : readYaml(text) }
  } catch (error) {
    // A mapping of YAML may start with a brace too.
    return error instanceof SyntaxError ? attemptYaml(text) : { ok: false, message: wordsOf(error) }
  }
}

function attemptYaml(text: string): ParsedText {
  try {
    return { ok: true, value: readYaml(text) }
  } catch (error) {
    return { ok: false, message: wordsOf(error) }
  }
}

const readYaml = (text: string): unknown => parse(text, { logLevel: 'error' })

/** The first line of the library's; the rest draws the place in the text. */
function wordsOf(error: unknown): string {
  if (error instanceof YAMLError) return `${error.message.split('\n')[0]?.replace(/:$/, '') ?? ''}.`
  return error instanceof Error ? error.message : String(error)
}
