import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './icons.tsx';
import { ariaKeys, keyLabel } from './keys.tsx';

export interface ButtonProps {
  readonly children?: ComponentChildren;
  /** primary: one a view. plain: bordered. quiet: words only. bad: quiet, for what cannot be taken back. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'bad';
  /** Printed on it as a key cap; the page itself listens for it (see `isKeys`). */
  readonly keys?: string;
  readonly icon?: IconName;
  /** Name of a button that shows an icon only. */
  readonly label?: string;
  readonly disabled?: boolean;
  /** Why it is disabled: never grey without saying why. */
  readonly why?: string;
  readonly submit?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly controls?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly class?: string;
}

/** A button; a disabled one stays focusable, so that its reason can be read. */
export function Button(props: ButtonProps) {
  const { look = 'plain', keys, icon, label, disabled, why, children } = props;
  const classes = ['u-button', `u-button-${look}`];
  if (!children) classes.push('u-button-icon');
  if (props.class) classes.push(props.class);
  return (
    <button
      ref={props.buttonRef ?? null}
      type={props.submit ? 'submit' : 'button'}
      class={classes.join(' ')}
      aria-label={label}
      title={why ?? (children ? undefined : label)}
      aria-disabled={disabled ? true : undefined}
      aria-description={disabled ? why : undefined}
      aria-keyshortcuts={keys && ariaKeys(keys)}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      aria-controls={props.controls}
      onClick={(event) => {
        if (disabled) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {icon && <Icon name={icon} size={children ? 14 : 16} />}
      {children && <span>{children}</span>}
      {keys && (
        // aria-keyshortcuts says it already: the name stays the word.
        <span class="u-key" aria-hidden="true">
          {keyLabel(keys)}
        </span>
      )}
    </button>
  );
}

export interface ButtonLinkProps {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly look?: 'primary' | 'plain' | 'quiet';
  readonly icon?: IconName;
  readonly download?: string;
}

/** Looks like a button, goes somewhere: a link to people, keyboards and middle clicks. */
export function ButtonLink({ href, children, look = 'plain', icon, download }: ButtonLinkProps) {
  return (
    <a class={`u-button u-button-${look}`} href={href} download={download}>
      {icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </a>
  );
}
