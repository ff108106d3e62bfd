import { LockClosedIcon } from '@heroicons/react/16/solid'
import type { ComponentProps, ComponentType, MouseEvent, ReactNode, SVGProps } from 'react'
import { useId } from 'react'
import { cx } from './cx.ts'
import { Elapsed } from './Spinner.tsx'
import { StatusGlyph } from './StatusGlyph.tsx'
import { Tooltip } from './Tooltip.tsx'

export type Icon = ComponentType<SVGProps<SVGSVGElement>>
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-solid'
export type ButtonSize = 'sm' | 'md' | 'lg'

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent text-white shadow-[inset_0_1px_0_#ffffff26] hover:bg-accent-hi',
  secondary: 'border-edge bg-raised text-ink hover:border-field',
  ghost: 'border-transparent bg-transparent text-body hover:bg-raised hover:text-ink',
  danger: 'border-bad-line bg-bad-soft text-bad hover:border-bad',
  'danger-solid':
    'border-transparent bg-bad-solid text-white shadow-[inset_0_1px_0_#ffffff26] hover:brightness-110',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-11 px-3 text-xs sm:h-7 sm:gap-1 sm:px-2',
  md: 'h-11 px-3 text-sm sm:h-8',
  lg: 'h-11 px-4 text-md sm:h-10',
}

/** Looks of a button, for a link that acts as one (`<Link className={buttonClass()}>`). */
export const buttonClass = (
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'md',
  className?: string,
): string =>
  cx(
    'inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-[background-color,border-color,color,filter] active:translate-y-px',
    sizes[size],
    variants[variant],
    className,
  )

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: Icon | undefined
  /** What the button is doing right now ("Signing in"); it cannot be pressed meanwhile. */
  working?: string | false | undefined
  /** Why it cannot be pressed; it stays focusable and says so. `onBlocked` may lead to the cause. */
  blocked?: string | false | null | undefined
  onBlocked?: (() => void) | undefined
  /** Where the reason for `blocked` is shown elsewhere, only the lock is drawn here. */
  hideReason?: boolean | undefined
  children: ReactNode
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon: IconShape,
  working = false,
  blocked = false,
  onBlocked,
  hideReason = false,
  className,
  onClick,
  children,
  'aria-describedby': describedBy,
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const isBlocked = typeof blocked === 'string'
  const isWorking = typeof working === 'string'
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBlocked || isWorking) {
      event.preventDefault()
      if (isBlocked) onBlocked?.()
      return
    }
    onClick?.(event)
  }
  const button = (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={isBlocked || isWorking || undefined}
      aria-describedby={isBlocked ? cx(reasonId, describedBy) : describedBy}
      className={cx(
        buttonClass(isBlocked && variant !== 'ghost' ? 'secondary' : variant, size, className),
        isBlocked && 'text-muted! active:translate-y-0!',
        isWorking && 'active:translate-y-0!',
      )}
    >
      {isWorking ? (
        <>
          <StatusGlyph
            kind="running"
            className={variant === 'primary' ? 'text-white!' : undefined}
          />
          <span>
            {working}
            <Elapsed />
          </span>
        </>
      ) : (
        <>
          {isBlocked ? (
            <LockClosedIcon className="size-4 flex-none" aria-hidden />
          ) : (
            IconShape && <IconShape className="size-4 flex-none opacity-80" aria-hidden />
          )}
          {children}
        </>
      )}
    </button>
  )
  if (!isBlocked) return button
  return (
    <>
      {button}
      <span id={reasonId} className={hideReason ? 'sr-only' : 'text-xs text-bad'}>
        {blocked}
      </span>
    </>
  )
}

const iconSizes = {
  xs: 'size-6',
  sm: 'size-11 sm:size-7',
  md: 'size-11 sm:size-8',
} as const

/** A button that is only a picture; `label` is its name and its tooltip. */
export function IconButton({
  icon: IconShape,
  label,
  variant = 'ghost',
  size = 'md',
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children' | 'disabled'> & {
  icon: Icon
  label: string
  variant?: 'ghost' | 'secondary'
  size?: keyof typeof iconSizes
}) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(
          'inline-flex flex-none items-center justify-center rounded-md border transition-colors active:translate-y-px',
          iconSizes[size],
          variant === 'secondary'
            ? variants.secondary
            : 'border-transparent text-muted hover:bg-raised hover:text-ink',
          className,
        )}
      >
        <IconShape className="size-4" aria-hidden />
      </button>
    </Tooltip>
  )
}
