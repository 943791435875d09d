import { useAnnouncements } from '../stores/announcements.ts';

/** What is said aloud: verdicts and finished tasks when there is a pause, failures at once. */
export const LiveRegions = () => {
  const { polite, assertive } = useAnnouncements();
  return (
    <>
      <div className="visually-hidden" role="log" aria-live="polite" data-testid="announcements">
        <span key={polite.count}>{polite.text}</span>
      </div>
      <div className="visually-hidden" role="alert" aria-live="assertive">
        <span key={assertive.count}>{assertive.text}</span>
      </div>
    </>
  );
};
