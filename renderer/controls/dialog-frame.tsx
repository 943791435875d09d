import { Dialog, DialogSurface } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
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

/** A modal dialog with a fixed head and foot; what lies between scrolls by itself. */
export const DialogFrame = ({ title, facts, size, footer, children, onClose }: DialogFrameProps) => {
  const titleId = useId();
  const { common } = useMessages();
  return (
    <Dialog open modalType="alert" onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface className={`dialog dialog-${size}`} aria-labelledby={titleId}>
        <header className="dialog-head">
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
