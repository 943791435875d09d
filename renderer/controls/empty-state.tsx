import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/icon.tsx';
import './empty-state.css';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What would be here. */
  readonly text?: ReactNode;
  /** One action, or two of which one is the main one. */
  readonly children?: ReactNode;
}

/** A pane that has nothing to show says what would be here and how to get it. */
export const EmptyState = ({ icon, title, text, children }: EmptyStateProps) => (
  <div className="empty-state">
    <Icon name={icon} size="large" />
    <p className="strong">{title}</p>
    {text !== undefined && <div className="muted small">{text}</div>}
    {children !== undefined && <div className="empty-state-actions">{children}</div>}
  </div>
);
