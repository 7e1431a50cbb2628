/** The button of every surface: a native one, with a look and perhaps an icon. */
import type { ComponentChildren, JSX } from 'preact';

interface ButtonProps extends Omit<JSX.IntrinsicElements['button'], 'icon' | 'class'> {
  /** At most one primary button per surface. */
  look?: 'primary' | 'plain' | 'quiet';
  icon?: ComponentChildren;
  /** Shows only the icon; `children` are the button's accessible name. */
  iconOnly?: boolean;
}

export function Button({ look = 'plain', icon, iconOnly, children, ...rest }: ButtonProps) {
  const looks = `button ${look}${iconOnly ? ' icon-only' : ''}`;
  return (
    <button type="button" class={looks} {...rest}>
      {icon}
      {iconOnly ? <span class="visually-hidden">{children}</span> : children}
    </button>
  );
}
