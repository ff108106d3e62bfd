/** Answers to the questions of Windows setup, as people give them. The computer's name is the VM's, its address the network's. */
import { z } from 'zod'

const password = z
  .string()
  .min(1)
  .max(127)
  .refine((text) => !/^\*+$/.test(text), 'Asterisks only stand for a password. Give it again')

export const unattendedSchema = z.strictObject({
  edition: z
    .union([
      z.strictObject({ index: z.int().min(1).max(100) }),
      z.strictObject({ name: z.string().min(1).max(200) }),
    ])
    .describe(
      'What of the installer is installed: its index, or its name such as `Windows 11 Pro`.',
    ),
  productKey: z
    .string()
    .regex(
      /^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$/,
      'Five groups of five letters and digits: XXXXX-XXXXX-…',
    )
    .optional()
    .describe('Left out, Windows asks for one later.'),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z]{4})?-[A-Z]{2}$/, 'A language such as en-US')
    .optional()
    .describe('Of setup and Windows, as the installer has it: `en-US`. Left out = `en-US`.'),
  keyboard: z
    .string()
    .regex(
      /^([a-z]{2,3}(-[A-Za-z]{4})?-[A-Z]{2}|[0-9a-fA-F]{4}:[0-9a-fA-F]{8})$/,
      'A language such as de-DE, or 0407:00000407',
    )
    .optional()
    .describe(
      "A language such as `de-DE`, or Windows' own word: `0407:00000407`. Left out = the language's.",
    ),
  timeZone: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe("In Windows' own words: `W. Europe Standard Time`. Left out = `UTC`."),
  administratorPassword: password.describe('It stands in the VM until setup has ended.'),
  user: z
    .strictObject({
      name: z
        .string()
        .min(1)
        .max(20)
        .regex(/^[^"/\\[\]:;|=,+*?<>@]+$/, 'A name without " / \\ [ ] : ; | = , + * ? < > @'),
      password,
      administrator: z.boolean().optional(),
    })
    .optional()
    .describe('One more account.'),
  remoteDesktop: z
    .boolean()
    .optional()
    .describe('Remote Desktop with its rule in the firewall. Left out = true.'),
  commands: z
    .array(z.string().min(1).max(1000))
    .max(50)
    .optional()
    .describe('Run by cmd.exe as Administrator, in their order, when all else is done.'),
})

export type Unattended = z.infer<typeof unattendedSchema>
