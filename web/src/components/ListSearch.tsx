import { Kbd } from '../ui/Badge.tsx'
import { cx } from '../ui/cx.ts'
import { SearchInput } from '../ui/TextInput.tsx'

/** The search of a list, which / reaches; `label` says what is searched. Empty is undefined, as in the address. */
export function ListSearch({
  label,
  value = '',
  onChange,
  className,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
  className?: string | undefined
}) {
  return (
    <SearchInput
      label={label}
      keyHint={<Kbd>/</Kbd>}
      value={value}
      onChange={(text) => onChange(text === '' ? undefined : text)}
      className={cx('w-full sm:h-7!', className ?? 'sm:w-72')}
    />
  )
}
