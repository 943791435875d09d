import { create } from 'zustand';

export interface Announcement {
  readonly text: string;
  /** Grows with each announcement, so that the same text said twice is spoken twice. */
  readonly count: number;
}

interface AnnouncementsState {
  readonly polite: Announcement;
  readonly assertive: Announcement;
}

const silence: Announcement = { text: '', count: 0 };

export const useAnnouncements = create<AnnouncementsState>(() => ({ polite: silence, assertive: silence }));

/** Has a screen reader say something that is only seen otherwise; `assertive` interrupts, for failures. */
export const announce = (text: string, urgency: keyof AnnouncementsState = 'polite'): void =>
  useAnnouncements.setState((state) => ({ [urgency]: { text, count: state[urgency].count + 1 } }));
