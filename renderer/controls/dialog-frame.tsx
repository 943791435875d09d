import { Dialog, DialogSurface } from '@fluentui/react-components';
import { type ReactNode, useEffect, useId, useRef } from 'react';
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

/** A modal dialog with a fixed head and foot; what lies between scrolls by itself. */
export const DialogFrame = ({ title, facts, size, footer, children, onClose }: DialogFrameProps) => {
  const titleId = useId();
  const { common } = useMessages();
  const head = useRef<HTMLElement>(null);
  // After Fluent's own effect, which would begin at the cross that closes the dialog.
  useEffect(() => {
    const surface = head.current?.closest('.dialog');
    if (surface) focusBegin(surface);
  }, []);
  useEffect(() => {
    // The focused element may have gone: Escape then reaches the page, not the dialog.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.activeElement === document.body) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={`dialog dialog-${size}`} aria-labelledby={titleId}>
        <header ref={head} className="dialog-head">
          <div className="grow">
            <h2 id={titleId} className="dialog-title">
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
