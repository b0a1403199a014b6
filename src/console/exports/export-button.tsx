import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { mayExport, role as roles } from '../../domain/permissions.ts';
import type { ExportWhat } from '../../server/exports/wish.ts';
import { Button } from '../../ui/index.ts';
import { later } from '../../ui/later.tsx';
import type { Me } from '../api.ts';
import type { Client } from '../client.ts';

const ExportDialog = later(() => import('./dialog.tsx').then((file) => file.ExportDialog));

export interface ExportButtonProps {
  readonly client: Client;
  readonly me: Me;
  readonly place: Window;
  readonly what: ExportWhat;
  /** As the page's address has it, times as instants; empty: all. */
  readonly filter?: Readonly<Record<string, string>>;
  /** Of customers, projects and people that the filter names, by id. */
  readonly names?: Readonly<Record<string, string>>;
  /** How much of it the page shows, in words. */
  readonly count?: string | null;
  readonly look?: 'plain' | 'quiet';
  readonly children: ComponentChildren;
  /** The dialog was closed: something may have been asked for. */
  readonly onClosed?: () => void;
  readonly onSignedOut: () => void;
}

/** Leads to taking what the page shows along as a file; nothing where this member may not. */
export function ExportButton({ look = 'plain', children, onClosed, ...props }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const role = roles.safeParse(props.me.member.role);
  if (!role.success || !mayExport(role.data, props.what)) return null;
  return (
    <>
      <Button
        {...{ look }}
        icon="export"
        class="c-no-print"
        buttonRef={button}
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      {open && (
        <ExportDialog
          {...props}
          onClose={() => {
            setOpen(false);
            onClosed?.();
            button.current?.focus();
          }}
        />
      )}
    </>
  );
}
