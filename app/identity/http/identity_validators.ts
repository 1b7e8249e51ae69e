import vine from '@vinejs/vine'
import { color, line, text } from '#platform'
import { allPermissions, roles } from '../permissions.ts'
import { trackingPolicies } from '../workspaces/workspace_settings.ts'
import { LONGEST_PASSWORD } from '../accounts/passwords.ts'

const email = () => vine.string().trim().email().maxLength(254)
const fullName = () => line(120).minLength(1)
/** `08:30` */
const timeOfDay = () => vine.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const workspaceName = () => line(120).minLength(1)
/** What makes a password good is for `refuseWeakPassword` to say; here only that it is one. */
const password = () => vine.string().maxLength(LONGEST_PASSWORD)

export const signInValidator = vine.create({ email: vine.string().trim().maxLength(254), password: password() })

export const setupValidator = vine.create({
  workspace_name: workspaceName(),
  full_name: fullName(),
  email: email(),
  password: password(),
})

export const requestResetValidator = vine.create({ email: vine.string().trim().maxLength(254) })
export const resetValidator = vine.create({ password: password() })

export const updateMeValidator = vine.create({ full_name: fullName() })
export const changePasswordValidator = vine.create({ current_password: password(), password: password() })

export const openWorkspaceValidator = vine.create({ name: workspaceName() })

export const updateWorkspaceValidator = vine.create({
  name: workspaceName().optional(),
  timezone: vine.string().maxLength(64).optional(),
  locale: vine.string().maxLength(35).optional(),
  postal_address: text(500).nullable().optional(),
  default_from_name: line(120).nullable().optional(),
  default_from_email: email().nullable().optional(),
  tracking: vine.object({ opens: vine.boolean().optional(), clicks: vine.boolean().optional() }).optional(),
  tracking_policy: vine.enum(trackingPolicies).optional(),
  page_look: vine.object({ color: color(), color_dark: color().nullable().optional() }).nullable().optional(),
  import_rejects_days: vine.number().withoutDecimals().range([1, 3650]).optional(),
  legitimate_interest_b2b: vine
    .object({ is_on: vine.boolean({ strict: true }), assessment: text(2000).nullable().optional() })
    .optional(),
  bounces: vine
    .object({
      hard: vine.enum(['suppress', 'count'] as const).optional(),
      soft_times: vine.number().withoutDecimals().range([2, 20]).optional(),
      soft_days: vine.number().withoutDecimals().range([1, 365]).optional(),
      unknown: vine.enum(['count', 'ignore'] as const).optional(),
    })
    .optional(),
  proof: vine
    .object({ old_after_months: vine.number().withoutDecimals().range([6, 240]).nullable().optional() })
    .optional(),
  sunset: vine
    .object({
      days: vine.number().withoutDecimals().range([30, 1_095]).nullable().optional(),
      mails: vine.number().withoutDecimals().range([1, 50]).optional(),
      answer_days: vine.number().withoutDecimals().range([7, 90]).optional(),
      reminds: vine.boolean({ strict: true }).optional(),
      needs_approval: vine.boolean({ strict: true }).optional(),
    })
    .optional(),
  sending: vine
    .object({
      undo_seconds: vine.number().withoutDecimals().range([0, 600]).optional(),
      pilot: vine.enum(['auto', 'always', 'never'] as const).optional(),
      pilot_minutes: vine.number().withoutDecimals().range([1, 1_440]).optional(),
      late_hours: vine.number().withoutDecimals().range([1, 72]).optional(),
      quiet_hours: vine
        .object({
          from: timeOfDay(),
          to: timeOfDay().notSameAs('from'),
          days_off: vine
            .array(vine.number({ strict: true }).withoutDecimals().range([1, 7]))
            .distinct()
            .maxLength(6)
            .parse((value) => value ?? []),
        })
        .nullable()
        .optional(),
      frequency_cap: vine
        .object({
          mails: vine.number().withoutDecimals().range([1, 100]),
          days: vine.number().withoutDecimals().range([1, 90]),
        })
        .nullable()
        .optional(),
    })
    .optional(),
})

export const changeRoleValidator = vine.create({ role: vine.enum(roles) })

export const inviteValidator = vine.create({
  email: email(),
  role: vine.enum(['admin', 'editor', 'viewer'] as const),
})

export const acceptInvitationValidator = vine.create({
  full_name: fullName().optional(),
  password: password().optional(),
})

export const createTokenValidator = vine.create({
  name: line(120).minLength(1),
  scopes: vine.array(vine.enum(allPermissions)).minLength(1).distinct(),
  expires_in_days: vine.number().withoutDecimals().min(1).max(3650).optional(),
})

export const auditQueryValidator = vine.create({
  subject_type: vine.string().maxLength(60).optional(),
  subject_id: vine.string().maxLength(120).optional(),
  actor_id: vine
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  action: vine.string().maxLength(120).optional(),
  limit: vine.number().optional(),
  cursor: vine.string().optional(),
  count: vine.enum(['1']).optional(),
})
