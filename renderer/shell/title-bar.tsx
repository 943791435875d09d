import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { usePreferences } from '../stores/preferences.ts';
import { SearchBox } from './search-box.tsx';

/** Name, search, and a plain word when the window runs in the runtime that is for evaluation only. */
export const TitleBar = () => {
  const { common, shell } = useMessages();
  const evaluation = usePreferences((state) => state.info?.evaluationRuntime ?? false);
  return (
    <header className="title-bar">
      <div className="title-name">
        <Icon name="logo" tone="brand" />
        <h1>{common.productName}</h1>
        {evaluation && (
          <span className="badge badge-warn" title={shell.evaluationRuntimeHint}>
            <Icon name="warning" size="small" />
            {shell.evaluationRuntime}
          </span>
        )}
      </div>
      <SearchBox />
    </header>
  );
};
