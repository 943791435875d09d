import { Dialog, DialogSurface } from '@fluentui/react-components';
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import './dialog-frame.css';

export interface DialogFrameProps {
  readonly title: string;
  /** A line of facts under the title. */
  readonly facts?: ReactNode;
  readonly size: 'small' | 'medium' | 'large';
  readonly footer: ReactNode;
  readonly children: ReactNode;
  /** Escape and the cross. */
  readonly onClose: () => void;
}

const focusable = 'input:not(:disabled), button:not(:disabled), [tabindex="0"]';

/** Where the focus begins: at what is marked `data-initial-focus`, else at the first field or button after the head. */
const focusBegin = (surface: Element): void => {
  const begin =
    surface.querySelector('[data-initial-focus]') ??
    surface.querySelector('.dialog-content')?.querySelector(focusable) ??
    surface.querySelector('.dialog-foot')?.querySelector(focusable);
  if (begin instanceof HTMLElement) begin.focus();
};

/**
 * Keeps the focus in the dialog when the element that had it goes: the title takes it. Without that the focus would be
 * on the page, or given back to what was used before the dialog, and the keys of the dialog would no longer work.
 */
const useFocusKept = (heading: RefObject<HTMLElement | null>, onClose: () => void): void => {
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  });
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest('.dialog, [role="listbox"], [data-tabster-dummy]')) return;
      heading.current?.focus();
    };
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && document.activeElement === document.body) onClose();
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [heading, onClose]);
};

/** A modal dialog with a fixed head and foot; what lies between scrolls by itself. */
export const DialogFrame = ({ title, facts, size, footer, children, onClose }: DialogFrameProps) => {
  const titleId = useId();
  const { common } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  // After Fluent's own effect, which would begin at the cross that closes the dialog.
  useEffect(() => {
    const surface = heading.current?.closest('.dialog');
    if (surface) focusBegin(surface);
  }, []);
  useFocusKept(heading, onClose);
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={`dialog dialog-${size}`} aria-labelledby={titleId}>
        <header className="dialog-head">
          <div className="grow">
            <h2 id={titleId} ref={heading} tabIndex={-1} className="dialog-title">
              {title}
            </h2>
            {facts}
          </div>
          <button
            type="button"
            className="button button-subtle button-icon"
            aria-label={common.close}
            onClick={onClose}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="dialog-content">{children}</div>
        <footer className="dialog-foot">{footer}</footer>
      </DialogSurface>
    </Dialog>
  );
};
